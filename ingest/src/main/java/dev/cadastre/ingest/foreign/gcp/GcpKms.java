package dev.cadastre.ingest.foreign.gcp;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an audit log of Cloud KMS did to which key, and to which of its versions: the others go on
 * as before.
 */
final class GcpKms {
  private static final Set<String> USES =
      Set.of(
          "encrypt",
          "decrypt",
          "rawencrypt",
          "rawdecrypt",
          "asymmetricsign",
          "asymmetricdecrypt",
          "macsign",
          "macverify",
          "decapsulate");

  private static final Map<String, String> ACTS =
      Map.ofEntries(
          Map.entry("createcryptokey", "create"),
          Map.entry("createcryptokeyversion", "create_version"),
          Map.entry("updatecryptokeyprimaryversion", "rotate"),
          Map.entry("destroycryptokeyversion", "destroy"),
          Map.entry("restorecryptokeyversion", "restore"),
          Map.entry("importcryptokeyversion", "import"),
          Map.entry("updatecryptokey", "update"),
          Map.entry("setiampolicy", "put_policy"));

  /** Codes of Key Access Justifications, whichever field of the payload carries them. */
  private static final Set<String> JUSTIFICATIONS =
      Set.of(
          "REASON_UNSPECIFIED",
          "CUSTOMER_INITIATED_SUPPORT",
          "GOOGLE_INITIATED_SERVICE",
          "THIRD_PARTY_DATA_REQUEST",
          "GOOGLE_INITIATED_REVIEW",
          "CUSTOMER_INITIATED_ACCESS",
          "GOOGLE_INITIATED_SYSTEM_OPERATION",
          "REASON_NOT_EXPECTED",
          "MODIFIED_CUSTOMER_INITIATED_ACCESS",
          "MODIFIED_GOOGLE_INITIATED_SYSTEM_OPERATION",
          "GOOGLE_RESPONSE_TO_PRODUCTION_ALERT",
          "CUSTOMER_AUTHORIZED_WORKFLOW_SERVICING");

  private static final String SERVICE_ACCOUNT = "serviceAccount:";
  private static final String VERSIONS = "/cryptoKeyVersions/";

  /** Names of google.rpc.Code. */
  private static final List<String> STATUS =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  private GcpKms() {}

  static void map(Fields record, Fields payload, List<String> locations, Mapping to) {
    String method = GcpAudit.last(payload.text("methodName").orElse(""));
    String word = method.toLowerCase(Locale.ROOT);
    Optional<String> name =
        payload.text("resourceName").filter(text -> text.contains("/keyRings/"));
    boolean use = USES.contains(word);
    if (use) {
      to.keyUse(OperationNames.snake(method));
    } else if (word.startsWith("get") || word.startsWith("list") || word.startsWith("generate")) {
      to.other("cloudkms." + method);
    } else {
      to.keyLifecycle(act(method, payload));
    }
    to.put(Names.KEY_ID, name.map(GcpKms::withoutVersion));
    bindings(payload, to);
    to.put(Names.KEY_VERSION, version(record, name));
    to.put(Names.KEY_PROVIDER, "gcp");
    Optional<String> label = record.text("resource", "labels", "location");
    to.putAll(Names.KEY_REGION, label.isPresent() ? label.stream().toList() : locations);
    protection(payload, to);
  }

  /** Service accounts and other machines that a change of a key's bindings adds and removes. */
  private static void bindings(Fields payload, Mapping to) {
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (Fields delta : payload.objects("serviceData", "policyDelta", "bindingDeltas")) {
      boolean adds = delta.text("action").filter("ADD"::equals).isPresent();
      delta
          .text("member")
          .filter(member -> delta.text("role").filter(GcpKms::isOfUse).isPresent())
          .filter(member -> member.startsWith(SERVICE_ACCOUNT))
          .map(member -> member.substring(SERVICE_ACCOUNT.length()))
          .ifPresent(adds ? added::add : removed::add);
    }
    // Who gets another role for one that goes may use the key still.
    removed.removeAll(added);
    to.putAll(Names.KEY_GRANTED_TO, added);
    to.putAll(Names.KEY_WITHDRAWN_FROM, removed);
  }

  /** Roles of Cloud KMS that let somebody use a key, such as {@code cryptoKeyDecrypter}. */
  private static boolean isOfUse(String role) {
    String word = role.toLowerCase(Locale.ROOT);
    return word.startsWith("roles/cloudkms.") && (word.contains("crypt") || word.contains("sign"));
  }

  private static String act(String method, Fields payload) {
    String word = method.toLowerCase(Locale.ROOT);
    if (word.equals("updatecryptokeyversion")) {
      return switch (payload.text("request", "cryptoKeyVersion", "state").orElse("")) {
        case "ENABLED" -> "enable";
        case "DISABLED" -> "disable";
        default -> "update";
      };
    }
    String known = ACTS.get(word);
    return known == null ? OperationNames.snake(method) : known;
  }

  private static String withoutVersion(String name) {
    int at = name.indexOf(VERSIONS);
    return at < 0 ? name : name.substring(0, at);
  }

  private static Optional<String> version(Fields record, Optional<String> name) {
    return Fields.first(
        name.filter(text -> text.contains(VERSIONS))
            .map(text -> text.substring(text.indexOf(VERSIONS) + VERSIONS.length())),
        record.text("resource", "labels", "crypto_key_version_id"));
  }

  private static void protection(Fields payload, Mapping to) {
    String level =
        Fields.first(
                payload.text("request", "cryptoKey", "versionTemplate", "protectionLevel"),
                payload.text("response", "protectionLevel"),
                payload.text("response", "versionTemplate", "protectionLevel"))
            .orElse("");
    switch (level) {
      case "EXTERNAL", "EXTERNAL_VPC" -> to.put(Names.KEY_CUSTODY, "customer-held");
      case "SOFTWARE", "HSM", "HSM_SINGLE_TENANT" -> to.put(Names.KEY_CUSTODY, "customer-managed");
      default -> {
        // Most records do not say.
      }
    }
  }

  /** The justification of an access, or else why it failed. */
  static void justification(Fields payload, Mapping to) {
    Optional<String> justification =
        Fields.first(
            code(payload.value("metadata"), 0),
            code(payload.value("requestMetadata"), 0),
            code(payload.value("request"), 0));
    to.put(Names.KEY_JUSTIFICATION, justification);
    to.put(
        Names.REASON_CODE,
        Fields.first(
            justification,
            payload.number("status", "code").filter(code -> code != 0).map(GcpKms::statusName)));
  }

  private static Optional<String> code(Optional<Json> value, int depth) {
    if (value.isEmpty() || depth > 8) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Str str) {
      return Optional.of(str.value()).filter(JUSTIFICATIONS::contains);
    }
    for (Json member : members(value.get())) {
      Optional<String> found = code(Optional.of(member), depth + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Iterable<Json> members(Json value) {
    if (value instanceof Json.Obj obj) {
      return obj.members().values();
    }
    return value instanceof Json.Arr arr ? arr.items() : List.of();
  }

  static String statusName(long code) {
    return code >= 0 && code < STATUS.size() ? STATUS.get((int) code) : Long.toString(code);
  }
}
