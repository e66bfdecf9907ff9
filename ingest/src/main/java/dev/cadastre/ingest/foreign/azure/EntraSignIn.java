package dev.cadastre.ingest.foreign.azure;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sign-ins of Microsoft Entra ("Sign-in log schema in Azure Monitor"), of people and of service
 * principals. Where somebody signed in from is made out from an address, so it is private with the
 * rest of the record and names no place.
 */
public final class EntraSignIn implements ForeignFormat {
  /** Conditional access let nobody pass. */
  private static final long BLOCKED = 53003;

  @Override
  public String name() {
    return "entra-sign-in";
  }

  @Override
  public List<String> marks() {
    return List.of("\"category\"", "\"properties\"", "\"appId\"", "SignInLogs\"");
  }

  @Override
  public List<String> members() {
    return List.of("category");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("time")
        && record.text("category").filter(name -> name.endsWith("SignInLogs")).isPresent()
        && record.isObject("properties")
        && record.has("resultType");
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields properties = record.in("properties");
    to.event("sign.in.entra");
    to.id(
        Fields.first(
            properties.text("id"),
            record.text("correlationId").map(id -> record.text("time").orElse("") + "/" + id)));
    to.time(record.text("time"));
    to.put(Names.AUDIT_ACTION, Fields.first(record.text("operationName"), record.text("category")));
    to.target(
        Optional.of("resource"),
        Fields.first(properties.text("resourceId"), properties.text("resourceDisplayName")));
    actor(record, properties, to);
    outcome(record, properties, to);
    to.put("entra.conditional_access", properties.text("conditionalAccessStatus"));
    to.put("entra.authentication", properties.text("authenticationRequirement"));
  }

  private static void actor(Fields record, Fields properties, Mapping to) {
    String category = record.text("category").orElse("").toLowerCase(Locale.ROOT);
    boolean machine =
        category.startsWith("serviceprincipal") || category.startsWith("managedidentity");
    if (machine) {
      to.actor(
          "application",
          Fields.first(properties.text("servicePrincipalId"), properties.text("appId")));
    } else {
      to.actor(
          "user",
          Fields.first(
              properties.text("userPrincipalName"),
              properties.text("userId"),
              record.text("identity")));
      to.put(Names.ACTOR_VIA, properties.text("appId"));
    }
    to.put(
        "audit.source.ip",
        Fields.first(record.text("callerIpAddress"), properties.text("ipAddress")));
    to.hide("user_agent.original", properties.text("userAgent"));
  }

  private static void outcome(Fields record, Fields properties, Mapping to) {
    long code =
        record.number("resultType").or(() -> properties.number("status", "errorCode")).orElse(0L);
    boolean stopped =
        code == BLOCKED
            || properties.text("conditionalAccessStatus").filter("failure"::equals).isPresent();
    to.outcome(code == 0 ? "success" : stopped ? "denied" : "failure");
    if (code != 0) {
      to.put("error.type", Long.toString(code));
      to.put(Names.REASON_CODE, Long.toString(code));
      to.hide(
          Names.REASON_DETAIL,
          Fields.first(
              record.text("resultDescription"), properties.text("status", "failureReason")));
    }
  }
}
