package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.Uris;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes audit events ({@code audit.k8s.io/v1 Event}). A call that admission refused, or that
 * carries an admission controller's annotations, is a policy decision; so is one that was not
 * authorised. Reading and writing secrets is access to data. One call has an event for each of its
 * stages; the last of them, which every call has, is the one that counts.
 */
public final class KubernetesAudit implements ForeignFormat {
  private static final Set<String> CHANGES =
      Set.of("create", "update", "patch", "delete", "deletecollection", "connect");

  /** What admission decided of access to data, which is the event. */
  private static final String ADMISSION = "k8s.admission.decision";

  private static final Set<String> LEVELS = Set.of("Metadata", "Request", "RequestResponse");
  private static final Set<String> STAGES =
      Set.of("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic");

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public List<String> marks() {
    return List.of("\"auditID\"", "\"verb\"");
  }

  @Override
  public List<String> members() {
    return List.of("auditID");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("auditID")
        && record.isText("verb")
        && (isTyped(record) || isOfAList(record));
  }

  private static boolean isTyped(Fields record) {
    return record.text("apiVersion").filter(v -> v.startsWith("audit.k8s.io/")).isPresent()
        && record.text("kind").filter("Event"::equals).isPresent();
  }

  /** API servers leave the type to the {@code EventList}; these they write in every event. */
  private static boolean isOfAList(Fields record) {
    return !record.has("apiVersion")
        && !record.has("kind")
        && record.text("level").filter(LEVELS::contains).isPresent()
        && record.text("stage").filter(STAGES::contains).isPresent()
        && record.isText("requestURI")
        && record.isObject("user");
  }

  @Override
  public void map(Fields record, Mapping to) {
    String stage = record.text("stage").orElse("");
    String verb = record.text("verb").orElse("");
    // One call has an event for each of its stages, all with the same auditID.
    to.id(record.text("auditID").map(id -> stage.isEmpty() ? id : id + "/" + stage));
    to.time(Fields.first(record.text("stageTimestamp"), record.text("requestReceivedTimestamp")));
    to.put(Names.AUDIT_ACTION, verb);
    Optional<String> object = object(record);
    to.target(record.text("objectRef", "resource"), object);
    actor(record.text("user", "username"), to);
    to.put(Names.ACTOR_VIA, record.text("impersonatedUser", "username").map(u -> "impersonation"));
    to.put("audit.source.ip", record.texts("sourceIPs").stream().findFirst());
    to.hide("user_agent.original", record.text("userAgent"));
    to.put("k8s.namespace.name", record.text("objectRef", "namespace"));
    subject(stage, verb, object, record, to);
    outcome(stage, record, to);
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  /** Nodes, service accounts and the control plane are no persons. */
  static void actor(Optional<String> user, Mapping to) {
    String name = user.orElse("");
    if (name.startsWith("system:serviceaccount:")) {
      to.actor("service_account", user);
    } else if (name.startsWith("system:") && !name.equals("system:anonymous")) {
      to.actor("system", user);
    } else {
      to.actor("user", user);
    }
  }

  private static Optional<String> object(Fields record) {
    Fields ref = record.in("objectRef");
    Optional<String> resource = ref.text("resource");
    if (resource.isEmpty()) {
      return record.text("requestURI").map(Uris::withoutQuery);
    }
    String group = ref.text("apiGroup").map(text -> text + "/").orElse("");
    String namespace = ref.text("namespace").map(text -> text + "/").orElse("");
    String name = ref.text("name").map(text -> "/" + text).orElse("");
    String part = ref.text("subresource").map(text -> "/" + text).orElse("");
    return Optional.of(group + namespace + resource.get() + name + part);
  }

  private static void subject(
      String stage, String verb, Optional<String> object, Fields record, Mapping to) {
    boolean secrets = record.text("objectRef", "resource").filter("secrets"::equals).isPresent();
    if (stage.equals("RequestReceived")) {
      to.other("kubernetes.request");
    } else if (stage.equals("ResponseStarted")) {
      to.other("kubernetes.started");
    } else if (isForbidden(record)) {
      to.event("policy.decision.authorization");
    } else if (secrets) {
      to.data(dataOperation(verb), object);
      to.put(Names.LOCATION_STORAGE, to.resourceRegion());
      if (isAdmission(verb, record)) {
        to.put(ADMISSION, isRefusedByAdmission(record) ? "refused" : "admitted");
      }
    } else if (isAdmission(verb, record)) {
      to.event("admission.decision");
    } else {
      to.other("kubernetes." + verb);
    }
  }

  private static String dataOperation(String verb) {
    return switch (verb) {
      case "get", "watch" -> "read";
      case "list" -> "list";
      case "delete", "deletecollection" -> "delete";
      default -> "write";
    };
  }

  private static boolean isForbidden(Fields record) {
    return isDecided("forbid", record);
  }

  private static boolean isDecided(String decision, Fields record) {
    return record
        .text("annotations", "authorization.k8s.io/decision")
        .filter(decision::equals)
        .isPresent();
  }

  private static boolean isAdmission(String verb, Fields record) {
    return isRefusedByAdmission(record)
        || CHANGES.contains(verb)
            && record.in("annotations").names().stream()
                .anyMatch(KubernetesAudit::isAdmissionAnnotation);
  }

  private static boolean isAdmissionAnnotation(String name) {
    return name.contains("admission.k8s.io/")
        || name.startsWith("pod-security.kubernetes.io/")
        || name.contains("kyverno")
        || name.contains("gatekeeper");
  }

  /**
   * Webhooks and policies say who they are. What is built in (quotas, limits, namespaces that end,
   * nodes' restrictions) does not, but only admission refuses changes that were authorised.
   */
  private static boolean isRefusedByAdmission(Fields record) {
    boolean refused =
        record.number("responseStatus", "code").filter(code -> code == 403).isPresent()
            && record.text("responseStatus", "reason").filter("Forbidden"::equals).isPresent();
    return policy(record).isPresent()
        || refused && isDecided("allow", record) && isAdmitted(record);
  }

  /** Admission is asked about changes and connections, not about reading an object. */
  private static boolean isAdmitted(Fields record) {
    return record.text("verb").filter(CHANGES::contains).isPresent()
        || record.text("objectRef", "subresource").isPresent();
  }

  /** The webhook or policy that refused, by the API server's own words. */
  private static Optional<String> policy(Fields record) {
    String message = message(record).orElse("");
    return Fields.first(
        quoted(message, "admission webhook \"", '"'),
        quoted(message, "ValidatingAdmissionPolicy '", '\''),
        quoted(message, "violates PodSecurity \"", '"').map(level -> "PodSecurity " + level));
  }

  /** What stands between {@code before} and the quote that ends it. */
  private static Optional<String> quoted(String message, String before, char end) {
    int at = message.indexOf(before);
    int from = at + before.length();
    int to = at < 0 ? -1 : message.indexOf(end, from);
    return to > from ? Optional.of(message.substring(from, to)) : Optional.empty();
  }

  private static Optional<String> message(Fields record) {
    return record.text("responseStatus", "message");
  }

  private static void outcome(String stage, Fields record, Mapping to) {
    long code = record.number("responseStatus", "code").orElse(0L);
    boolean refused =
        code == 401 || code == 403 || isForbidden(record) || isRefusedByAdmission(record);
    to.outcome(
        switch (stage) {
          case "RequestReceived" -> "requested";
          case "ResponseStarted" -> "started";
          case "Panic" -> "failure";
          default -> refused ? "denied" : code >= 400 ? "failure" : "success";
        });
    if (refused || code >= 400) {
      to.put(
          Names.REASON_CODE,
          Fields.first(
              policy(record),
              record.text("responseStatus", "reason"),
              Optional.of(Long.toString(code))));
      to.hide(Names.REASON_DETAIL, message(record));
    }
  }
}
