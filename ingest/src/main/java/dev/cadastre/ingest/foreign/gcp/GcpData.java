package dev.cadastre.ingest.foreign.gcp;

import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of Google Cloud's audit logs tell of access to data, and what was done to it. */
final class GcpData {
  private static final Set<String> READS = Set.of("read", "list");

  /**
   * Whose configuration was read stands in the same log. These keep no data, or have data that the
   * method tells.
   */
  private static final Set<String> MOSTLY_CONFIGURATION =
      Set.of(
          "cloudresourcemanager.googleapis.com",
          "compute.googleapis.com",
          "container.googleapis.com",
          "iam.googleapis.com",
          "k8s.io",
          "serviceusage.googleapis.com",
          "storage.googleapis.com");

  private GcpData() {}

  /**
   * Data access logs say of each permission what it is needed for. Older ones do not, and then the
   * log that the record stands in decides.
   */
  static boolean isData(Fields record, Fields payload) {
    String service = payload.text("serviceName").orElse("");
    List<String> types = types(payload);
    return isObject(service, payload)
        || isClusterSecret(payload)
        || types.stream().anyMatch(type -> type.startsWith("DATA_"))
        || types.isEmpty() && isInDataLog(record) && !MOSTLY_CONFIGURATION.contains(service);
  }

  private static boolean isObject(String service, Fields payload) {
    return service.equals("storage.googleapis.com")
        && method(payload).toLowerCase(Locale.ROOT).startsWith("storage.objects.");
  }

  /** A secret of a cluster of GKE. */
  private static boolean isClusterSecret(Fields payload) {
    return method(payload).startsWith("io.k8s.core.v1.secrets.");
  }

  private static boolean isInDataLog(Fields record) {
    return record
        .text("logName")
        .filter(name -> name.endsWith("cloudaudit.googleapis.com%2Fdata_access"))
        .isPresent();
  }

  static String operation(Fields payload) {
    String named = OperationNames.dataOperation(GcpAudit.last(method(payload)));
    // Rows that were listed, and secrets, have been read.
    boolean contents = payload.isObject("metadata", "tableDataRead") || isClusterSecret(payload);
    if (contents && named.equals("list")) {
      return "read";
    }
    return named.equals("write") && reads(payload) ? "read" : named;
  }

  /** Queries, and jobs that run them, have names that do not tell whether they change anything. */
  private static boolean reads(Fields payload) {
    List<String> types = types(payload).stream().filter(type -> type.startsWith("DATA_")).toList();
    if (payload.isObject("metadata", "tableDataRead")) {
      return true;
    }
    if (!types.isEmpty()) {
      return types.stream().allMatch("DATA_READ"::equals);
    }
    List<String> permissions =
        payload.objects("authorizationInfo").stream()
            .flatMap(info -> info.text("permission").stream())
            .map(permission -> OperationNames.dataOperation(GcpAudit.last(permission)))
            .toList();
    String method = GcpAudit.last(method(payload));
    return permissions.isEmpty()
        ? method.startsWith("Execute") || method.startsWith("Run")
        : READS.containsAll(permissions);
  }

  private static List<String> types(Fields payload) {
    return payload.objects("authorizationInfo").stream()
        .flatMap(info -> info.text("permissionType").stream())
        .toList();
  }

  private static String method(Fields payload) {
    return payload.text("methodName").orElse("");
  }
}
