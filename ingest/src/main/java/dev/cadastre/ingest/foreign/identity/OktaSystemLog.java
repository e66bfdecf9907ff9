package dev.cadastre.ingest.foreign.identity;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Okta's System Log ("System Log API", LogEvent object), one event each or in the {@code events} of
 * an event hook. Sessions, authentications and what people authenticate with are sign-ins; support
 * staff of Okta who are let in are support access. Where a client was is made out from its address
 * and stays with the original.
 */
public final class OktaSystemLog implements ForeignFormat {
  private static final List<String> SIGN_INS =
      List.of(
          "user.session.",
          "user.authentication.",
          "user.mfa.",
          "user.credential.",
          "user.account.",
          "system.api_token.",
          "app.oauth2.",
          "policy.evaluate_sign_on");

  /** {@code user.session.impersonation.*} and {@code support.org.*}: Okta's own people. */
  private static final List<String> SUPPORT =
      List.of("user.session.impersonation.", "support.org.");

  private static final Set<String> MACHINES =
      Set.of("systemprincipal", "publicclientapp", "clientapp", "oauthclient", "appinstance");

  @Override
  public String name() {
    return "okta";
  }

  @Override
  public List<String> marks() {
    return List.of("\"eventType\"", "\"published\"", "\"actor\"", "\"outcome\"", "\"uuid\"");
  }

  @Override
  public List<String> members() {
    return List.of("eventType");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("eventType")
        && record.isText("published")
        && record.isText("uuid")
        && record.isObject("actor")
        && (record.isObject("outcome") || record.has("legacyEventType"));
  }

  @Override
  public void map(Fields record, Mapping to) {
    String type = record.text("eventType").orElse("");
    to.id(record.text("uuid"));
    to.time(record.text("published"));
    to.put(Names.AUDIT_ACTION, type);
    subject(type, to);
    actor(record, to);
    target(record, to);
    outcome(record, to);
    to.put("okta.severity", record.text("severity"));
  }

  private static void subject(String type, Mapping to) {
    if (SUPPORT.stream().anyMatch(type::startsWith)) {
      to.event("support.access.okta");
    } else if (SIGN_INS.stream().anyMatch(type::startsWith)) {
      to.event("sign.in.okta");
    } else {
      to.other("okta." + type);
    }
  }

  private static void actor(Fields record, Mapping to) {
    Fields actor = record.in("actor");
    String type = actor.text("type").orElse("").toLowerCase(Locale.ROOT);
    to.actor(
        MACHINES.contains(type) ? "application" : "user",
        MACHINES.contains(type)
            ? actor.text("id")
            : Fields.first(actor.text("alternateId"), actor.text("id")));
    to.put("audit.source.ip", record.text("client", "ipAddress"));
    to.hide("user_agent.original", record.text("client", "userAgent", "rawUserAgent"));
  }

  /** An application stands in the open, a user or whatever else is a person's does not. */
  private static void target(Fields record, Mapping to) {
    Stream<Fields> targets = record.objects("target").stream();
    Optional<Fields> app =
        targets
            .filter(one -> one.text("type").filter(type -> type.startsWith("App")).isPresent())
            .findFirst();
    app.ifPresentOrElse(
        one -> to.target(one.text("type"), one.text("id")),
        () ->
            record.objects("target").stream()
                .findFirst()
                .ifPresent(
                    one -> {
                      to.put(Names.AUDIT_TARGET_TYPE, one.text("type"));
                      to.hide(Names.AUDIT_TARGET_ID, one.text("id"));
                    }));
  }

  private static void outcome(Fields record, Mapping to) {
    String result = record.text("outcome", "result").orElse("").toUpperCase(Locale.ROOT);
    to.outcome(
        switch (result) {
          case "SUCCESS", "ALLOW" -> "success";
          case "DENY" -> "denied";
          case "FAILURE" -> "failure";
          case "CHALLENGE" -> "challenged";
          case "SKIPPED" -> "skipped";
          default -> "unknown";
        });
    to.put(Names.REASON_CODE, record.text("outcome", "reason"));
  }
}
