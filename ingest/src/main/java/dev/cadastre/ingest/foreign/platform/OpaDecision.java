package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Decision logs of Open Policy Agent ("Decision Logs", OPA's documentation), as it sends them or as
 * it writes them to its console; {@link OpaOutcome} says what they decided.
 */
public final class OpaDecision implements ForeignFormat {
  @Override
  public String name() {
    return "opa";
  }

  @Override
  public List<String> marks() {
    return List.of("\"decision_id\"", "\"labels\"");
  }

  @Override
  public List<String> members() {
    return List.of("decision_id");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("decision_id")
        && record.isObject("labels")
        && (record.isText("timestamp") || record.isText("time"))
        && (record.has("path") || record.has("query"));
  }

  @Override
  public void map(Fields record, Mapping to) {
    to.event("policy.decision");
    to.id(record.text("decision_id"));
    to.time(Fields.first(record.text("timestamp"), record.text("time")));
    to.put(Names.AUDIT_ACTION, "evaluate");
    to.target(Optional.of("policy"), Fields.first(record.text("path"), record.text("query")));
    to.put(Names.POLICY_REVISION, revisions(record));
    to.put("opa.version", record.text("labels", "version"));
    actor(record, to);
    outcome(record, to);
    to.put(
        Names.LOCATION_PROCESSING,
        Fields.first(record.text("labels", "region"), to.resourceRegion()));
  }

  private static Optional<String> revisions(Fields record) {
    StringJoiner revisions = new StringJoiner(" ");
    Fields bundles = record.in("bundles");
    for (String name : bundles.names()) {
      bundles.text(name, "revision").ifPresent(text -> revisions.add(name + "@" + text));
    }
    return Fields.first(
        Optional.of(revisions.toString()).filter(text -> !text.isEmpty()), record.text("revision"));
  }

  private static void actor(Fields record, Mapping to) {
    Fields input = record.in("input");
    Optional<String> admitted = input.text("request", "userInfo", "username");
    if (admitted.isPresent()) {
      KubernetesAudit.actor(admitted, to);
    } else {
      to.actor(
          "user",
          Fields.first(
              input.text("user"),
              input.text("user", "name"),
              input.text("user", "id"),
              input.text("subject"),
              input.text("subject", "user")));
    }
    to.put("audit.source.ip", record.text("requested_by"));
  }

  private static void outcome(Fields record, Mapping to) {
    Optional<Json> result = record.value("result");
    if (record.isObject("error") || record.isText("error")) {
      to.outcome("failure");
      to.put(Names.REASON_CODE, record.text("error", "code"));
    } else {
      to.outcome(OpaOutcome.of(record));
    }
    to.hide(Names.REASON_DETAIL, reason(Fields.of(result)));
  }

  private static Optional<String> reason(Fields result) {
    return Fields.first(
        result.text("reason"),
        result.text("message"),
        result.text("response", "status", "message"),
        result.text("response", "status", "reason"),
        result.texts("deny").stream().findFirst(),
        result.texts("violations").stream().findFirst());
  }
}
