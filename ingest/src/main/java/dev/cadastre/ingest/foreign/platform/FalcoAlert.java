package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Alerts of Falco in its JSON output. A rule about exfiltration or an outbound connection makes an
 * attempt to get data out; any other, the decision of a runtime policy. The alert's text names
 * users and command lines, so it stays with the original.
 */
public final class FalcoAlert implements ForeignFormat {
  private static final List<String> OUTWARD = List.of("exfil", "outbound", "egress", "upload");

  @Override
  public String name() {
    return "falco";
  }

  @Override
  public List<String> marks() {
    return List.of("\"output_fields\"", "\"rule\"", "\"priority\"");
  }

  @Override
  public List<String> members() {
    return List.of("output_fields");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("rule")
        && record.isText("priority")
        && record.isText("time")
        && record.isObject("output_fields");
  }

  @Override
  public Optional<Json.Obj> assembled(EnclosingLog carrier) {
    return FalcoAttributes.assembled(carrier);
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields fields = record.in("output_fields");
    String rule = record.text("rule").orElse("");
    to.event(isOutward(rule, record) ? "exfil.attempt" : "policy.decision.runtime");
    to.id(record.text("uuid").or(() -> record.text("time").map(time -> id(time, record))));
    to.time(record.text("time"));
    to.put(Names.AUDIT_ACTION, fields.text("evt.type"));
    // An alert tells that something happened, not that it was stopped.
    to.outcome("detected");
    to.put(Names.REASON_CODE, rule);
    to.put("falco.priority", record.text("priority"));
    to.put("falco.source", record.text("source"));
    to.put("host.name", record.text("hostname"));
    to.put("container.id", fields.text("container.id"));
    to.put("container.image.name", fields.text("container.image.repository"));
    to.put("k8s.namespace.name", fields.text("k8s.ns.name"));
    to.put("k8s.pod.name", fields.text("k8s.pod.name"));
    target(fields, to);
    actor(fields, to);
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  /** Files are left to the original: their paths name users, and connections name addresses. */
  private static void target(Fields fields, Mapping to) {
    Optional<String> pod = fields.text("k8s.pod.name");
    if (pod.isPresent()) {
      to.target(Optional.of("pod"), fields.text("k8s.ns.name").map(ns -> ns + "/" + pod.get()));
    } else {
      to.target(Optional.of("container"), fields.text("container.id"));
    }
  }

  private static void actor(Fields fields, Mapping to) {
    to.actor(
        "user",
        Fields.first(
            fields.text("user.name"),
            fields.text("user.loginname"),
            fields.text("ka.user.name"),
            fields.text("ct.user"),
            fields.text("user.uid")));
  }

  private static boolean isOutward(String rule, Fields record) {
    String lower = rule.toLowerCase(Locale.ROOT);
    return OUTWARD.stream().anyMatch(lower::contains)
        || record.texts("tags").stream().anyMatch(tag -> tag.contains("exfiltration"));
  }

  /** Only the newer Falco gives an id; the time counts nanoseconds. */
  private static String id(String time, Fields record) {
    return String.join(
        "/",
        time,
        record.text("hostname").orElse(""),
        record.text("output_fields", "evt.num").orElse(""),
        record.text("rule").orElse(""));
  }
}
