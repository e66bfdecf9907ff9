package dev.cadastre.ingest.foreign;

import dev.cadastre.proof.event.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes audit events ({@code audit.k8s.io/v1 Event}). A call that an admission controller
 * refused, or that carries an admission controller's annotations, is a policy decision; so is one
 * that was not authorised. Reading and writing secrets is access to data.
 */
final class KubernetesAudit implements ForeignFormat {
  private static final Set<String> CHANGES =
      Set.of("create", "update", "patch", "delete", "deletecollection", "connect");

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public List<String> marks() {
    return List.of("audit.k8s.io/", "\"auditID\"");
  }

  @Override
  public List<String> members() {
    return List.of("auditID");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.text("apiVersion").filter(v -> v.startsWith("audit.k8s.io/")).isPresent()
        && record.text("kind").filter("Event"::equals).isPresent()
        && record.isText("auditID")
        && record.isText("verb");
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
    } else if (isForbidden(record)) {
      to.event("policy.decision.authorization");
    } else if (isAdmission(verb, record)) {
      to.event("admission.decision");
    } else if (secrets) {
      to.data(Words.dataOperation(verb), object);
      to.put(Names.LOCATION_STORAGE, to.resourceRegion());
    } else {
      to.other("kubernetes." + verb);
    }
  }

  private static boolean isForbidden(Fields record) {
    return record
        .text("annotations", "authorization.k8s.io/decision")
        .filter("forbid"::equals)
        .isPresent();
  }

  private static boolean isAdmission(String verb, Fields record) {
    return CHANGES.contains(verb)
        && (message(record).filter(KubernetesAudit::refusedByAdmission).isPresent()
            || record.in("annotations").names().stream()
                .anyMatch(KubernetesAudit::isAdmissionAnnotation));
  }

  private static boolean isAdmissionAnnotation(String name) {
    return name.contains("admission.k8s.io/")
        || name.startsWith("pod-security.kubernetes.io/")
        || name.contains("kyverno")
        || name.contains("gatekeeper");
  }

  private static boolean refusedByAdmission(String message) {
    return message.contains("admission webhook ")
        || message.contains("ValidatingAdmissionPolicy ")
        || message.contains("violates PodSecurity ");
  }

  private static Optional<String> message(Fields record) {
    return record.text("responseStatus", "message");
  }

  private static void outcome(String stage, Fields record, Mapping to) {
    long code = record.number("responseStatus", "code").orElse(0L);
    boolean refused =
        code == 401
            || code == 403
            || isForbidden(record)
            || message(record).filter(KubernetesAudit::refusedByAdmission).isPresent();
    if (stage.equals("RequestReceived")) {
      to.outcome("requested");
    } else if (stage.equals("Panic")) {
      to.outcome("failure");
    } else {
      to.outcome(refused ? "denied" : code >= 400 ? "failure" : "success");
    }
    if (refused || code >= 400) {
      to.put(
          Names.REASON_CODE,
          Fields.first(
              message(record).flatMap(KubernetesAudit::webhook),
              record.text("responseStatus", "reason"),
              Optional.of(Long.toString(code))));
      to.hide(Names.REASON_DETAIL, message(record));
    }
  }

  /** Who refused: {@code admission webhook "NAME" denied the request: …}. */
  private static Optional<String> webhook(String message) {
    int from = message.indexOf('"');
    int to = message.indexOf('"', from + 1);
    return refusedByAdmission(message) && from >= 0 && to > from
        ? Optional.of(message.substring(from + 1, to))
        : Optional.empty();
  }
}
