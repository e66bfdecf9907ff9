package dev.cadastre.ingest.foreign.gcp;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Google Cloud audit logs: a Cloud Logging {@code LogEntry} whose payload is a {@code
 * google.cloud.audit.AuditLog} or, for Access Transparency, a {@code TransparencyLog}; or that
 * payload alone, as a Collector may deliver it.
 */
public final class GcpAudit implements ForeignFormat {
  private static final String AUDIT_LOG = "type.googleapis.com/google.cloud.audit.AuditLog";
  private static final String TRANSPARENCY = "type.googleapis.com/google.cloud.audit.Transparency";
  private static final String TYPE = "@type";

  @Override
  public String name() {
    return "gcp";
  }

  @Override
  public List<String> marks() {
    return List.of("google.cloud.audit.", "\"@type\"");
  }

  @Override
  public List<String> members() {
    return List.of("protoPayload", "jsonPayload", TYPE);
  }

  @Override
  public boolean recognises(Fields record) {
    Fields payload = payload(record);
    return isAudit(payload) && payload.isText("methodName") || isTransparency(payload);
  }

  private static boolean isAudit(Fields payload) {
    return payload.text(TYPE).filter(AUDIT_LOG::equals).isPresent();
  }

  private static boolean isTransparency(Fields payload) {
    return payload.text(TYPE).filter(type -> type.startsWith(TRANSPARENCY)).isPresent();
  }

  private static Fields payload(Fields record) {
    if (record.isObject("protoPayload")) {
      return record.in("protoPayload");
    }
    return record.isObject("jsonPayload") ? record.in("jsonPayload") : record;
  }

  @Override
  public Optional<Json.Obj> assembled(EnclosingLog carrier) {
    return GcpAttributes.assembled(carrier.attributes());
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields payload = payload(record);
    to.id(record.text("insertId"));
    to.time(record.text("timestamp"));
    to.put(Names.CLOUD_PROVIDER, "gcp");
    to.put("cloud.account.id", record.text("resource", "labels", "project_id"));
    if (isTransparency(payload)) {
      GcpTransparency.map(payload, to);
      return;
    }
    Optional<String> name = payload.text("resourceName");
    to.put(Names.AUDIT_ACTION, payload.text("methodName"));
    to.target(record.text("resource", "type"), name);
    actor(payload, to);
    outcome(payload, to);
    List<String> locations = locations(record, payload);
    subject(record, payload, locations, to);
    to.putAll(Names.LOCATION_PROCESSING, locations);
  }

  /**
   * Every place that the record names for the resource. That one of them is {@code global} says
   * nothing where another is given.
   */
  private static List<String> locations(Fields record, Fields payload) {
    Set<String> all = new LinkedHashSet<>(payload.allTexts("resourceLocation", "currentLocations"));
    for (String label : List.of("location", "region", "zone")) {
      all.addAll(record.allTexts("resource", "labels", label));
    }
    if (all.isEmpty()) {
      payload.text("resourceName").flatMap(GcpAudit::location).ifPresent(all::add);
    }
    if (all.size() > 1) {
      all.remove("global");
    }
    return List.copyOf(all);
  }

  private static void subject(Fields record, Fields payload, List<String> locations, Mapping to) {
    String service = payload.text("serviceName").orElse("");
    String method = payload.text("methodName").orElse("");
    if (service.equals("cloudkms.googleapis.com")) {
      GcpKms.map(record, payload, locations, to);
    } else if (service.equals("aiplatform.googleapis.com")
        && method.contains("PredictionService.")) {
      to.event("inference." + OperationNames.snake(last(method)));
      to.put(Names.GEN_AI_OPERATION, "chat");
      to.put("gen_ai.provider.name", "gcp.vertex_ai");
      to.put("gen_ai.request.model", payload.text("resourceName").map(GcpAudit::lastSegment));
      to.putAll(Names.INFERENCE_REGION_ACTUAL, locations);
    } else if (GcpData.isData(record, payload)) {
      to.data(GcpData.operation(payload), payload.text("resourceName"));
      to.putAll(Names.LOCATION_STORAGE, locations);
    } else {
      to.other(service + "." + last(method));
    }
    GcpKms.justification(payload, to);
  }

  private static void actor(Fields payload, Mapping to) {
    Fields who = payload.in("authenticationInfo");
    Optional<String> email = who.text("principalEmail");
    boolean machine =
        email
            .filter(text -> text.endsWith("gserviceaccount.com") || text.startsWith("system:"))
            .isPresent();
    to.actor(
        machine ? "service_account" : "user", Fields.first(email, who.text("principalSubject")));
    to.put(Names.ACTOR_VIA, delegate(who));
    to.put("audit.source.ip", payload.text("requestMetadata", "callerIp"));
    to.hide("user_agent.original", payload.text("requestMetadata", "callerSuppliedUserAgent"));
  }

  /** The first party that acted for the principal, if that was a service account. */
  private static Optional<String> delegate(Fields who) {
    return who.objects("serviceAccountDelegationInfo").stream()
        .flatMap(info -> info.text("firstPartyPrincipal", "principalEmail").stream())
        .filter(email -> email.endsWith("gserviceaccount.com"))
        .findFirst();
  }

  private static void outcome(Fields payload, Mapping to) {
    long code = payload.number("status", "code").orElse(0L);
    boolean refused =
        code == 7
            || payload.objects("authorizationInfo").stream().anyMatch(i -> i.isFalse("granted"));
    to.outcome(refused ? "denied" : code == 0 ? "success" : "failure");
    if (code != 0) {
      to.put("error.type", GcpKms.statusName(code));
    } else if (refused) {
      to.put("error.type", "PERMISSION_DENIED");
    }
    to.hide(Names.REASON_DETAIL, payload.text("status", "message"));
  }

  static String last(String method) {
    return method.substring(method.lastIndexOf('.') + 1);
  }

  private static String lastSegment(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** {@code europe-west3} of {@code projects/p/locations/europe-west3/…}. */
  private static Optional<String> location(String name) {
    int at = name.indexOf("/locations/");
    if (at < 0) {
      return Optional.empty();
    }
    String rest = name.substring(at + "/locations/".length());
    int end = rest.indexOf('/');
    return Optional.of(end < 0 ? rest : rest.substring(0, end)).filter(text -> !text.isBlank());
  }
}
