package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.aws.AwsKms;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Events of the Open Cybersecurity Schema Framework (schema.ocsf.io). Of its classes, Datastore
 * Activity (6005) is access to data or the use of a key, API Activity (6003) an inference, a call
 * of a key service or something else, and findings (2xxx) are incidents.
 */
public final class Ocsf implements ForeignFormat {
  private static final long API_ACTIVITY = 6003;
  private static final long DATASTORE_ACTIVITY = 6005;
  private static final List<String> DATASTORE =
      List.of(
          "unknown", "read", "update", "connect", "query", "write", "create", "delete", "list",
          "encrypt", "decrypt");

  @Override
  public String name() {
    return "ocsf";
  }

  @Override
  public List<String> marks() {
    return List.of("\"class_uid\"", "\"metadata\"", "\"activity_id\"");
  }

  @Override
  public List<String> members() {
    return List.of("class_uid");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.number("class_uid").filter(uid -> uid >= 0).isPresent()
        && record.number("activity_id").isPresent()
        && record.isObject("metadata")
        && (record.number("time").isPresent() || record.isText("time_dt"));
  }

  @Override
  public void map(Fields record, Mapping to) {
    to.id(record.text("metadata", "uid"));
    to.time(record.text("time_dt"));
    if (to.timeNs() == 0) {
      to.timeMs(record.number("time"));
    }
    Optional<String> region = region(record);
    to.put(Names.CLOUD_PROVIDER, provider(record));
    to.put("cloud.account.id", record.text("cloud", "account", "uid"));
    to.put("ocsf.class_uid", record.text("class_uid"));
    to.put(
        Names.AUDIT_ACTION,
        Fields.first(record.text("api", "operation"), record.text("activity_name")));
    Optional<Fields> resource = record.objects("resources").stream().findFirst();
    Optional<String> target = target(record, resource);
    to.target(resource.flatMap(one -> one.text("type")), target);
    actor(record, to);
    outcome(record, to);
    subject(record, target, region, to);
    to.put(Names.LOCATION_PROCESSING, region);
    to.put(Names.SERVER_ADDRESS, record.text("dst_endpoint", "hostname"));
  }

  private static Optional<String> region(Fields record) {
    return Fields.first(
        record.text("cloud", "region"),
        record.objects("resources").stream().flatMap(r -> r.text("region").stream()).findFirst());
  }

  private static Optional<String> provider(Fields record) {
    return record.text("cloud", "provider").map(text -> text.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> target(Fields record, Optional<Fields> resource) {
    return Fields.first(
        resource.flatMap(one -> Fields.first(one.text("uid"), one.text("name"))),
        record.text("databucket", "uid"),
        record.text("databucket", "name"),
        record.text("database", "uid"),
        record.text("database", "name"),
        record.text("table", "uid"),
        record.text("table", "name"));
  }

  private static void subject(
      Fields record, Optional<String> target, Optional<String> region, Mapping to) {
    long type = record.number("class_uid").orElse(0L);
    long activity = record.number("activity_id").orElse(0L);
    boolean ai =
        record.isObject("ai_model")
            || record.texts("metadata", "profiles").contains("ai_operation");
    if (ai && (type == API_ACTIVITY || type == DATASTORE_ACTIVITY)) {
      to.event("inference");
      to.put(
          "gen_ai.request.model",
          Fields.first(record.text("ai_model", "name"), record.text("ai_model", "uid")));
      to.put("gen_ai.provider.name", record.text("ai_model", "ai_provider"));
      to.put(Names.INFERENCE_REGION_ACTUAL, region);
    } else if (type == DATASTORE_ACTIVITY) {
      datastore(activity, target, region, to);
    } else if (type == API_ACTIVITY) {
      api(record, target, region, to);
    } else if (type >= 2000 && type < 3000) {
      to.event("incident.finding");
    } else {
      to.other("ocsf." + type);
    }
  }

  private static void datastore(
      long activity, Optional<String> target, Optional<String> region, Mapping to) {
    String operation =
        activity > 0 && activity < DATASTORE.size() ? DATASTORE.get((int) activity) : "other";
    if (operation.equals("encrypt") || operation.equals("decrypt")) {
      to.keyUse(operation);
      key(target, region, to);
    } else {
      to.data(operation, target);
      to.put(Names.LOCATION_STORAGE, region);
    }
  }

  private static void api(
      Fields record, Optional<String> target, Optional<String> region, Mapping to) {
    String service = record.text("api", "service", "name").orElse("").toLowerCase(Locale.ROOT);
    String operation = record.text("api", "operation").orElse("");
    if (service.startsWith("kms.")) {
      AwsKms.kind(operation, record.number("activity_id").filter(id -> id == 2).isPresent(), to);
      key(target.filter(id -> id.contains(":key/")), region, to);
    } else {
      to.other("ocsf." + API_ACTIVITY);
    }
  }

  private static void key(Optional<String> target, Optional<String> region, Mapping to) {
    to.put(Names.KEY_ID, target);
    to.put(Names.KEY_REGION, region);
  }

  /** Types 0 to 2 and 99 of a user may be people, 3 is the system, 4 a service. */
  private static void actor(Fields record, Mapping to) {
    Fields user = record.in("actor", "user");
    Optional<String> service = record.text("actor", "invoked_by");
    long type = user.number("type_id").orElse(0L);
    Optional<String> who =
        Fields.first(user.text("uid"), user.text("name"), user.text("email_addr"));
    if (type == 3 || type == 4) {
      to.actor(type == 3 ? "system" : "service", who);
    } else if (who.isEmpty() && service.isPresent()) {
      to.actor("service", service);
    } else {
      to.actor("user", who);
    }
    to.put(Names.ACTOR_VIA, service);
    to.put(
        Names.ACTOR_ROLE,
        Fields.first(
            record.text("actor", "session", "issuer"), record.text("actor", "idp", "name")));
    to.put("audit.source.ip", record.text("src_endpoint", "ip"));
    to.hide("user_agent.original", record.text("http_request", "user_agent"));
  }

  private static void outcome(Fields record, Mapping to) {
    long status = record.number("status_id").orElse(0L);
    Optional<String> error =
        Fields.first(record.text("api", "response", "error"), record.text("status_code"));
    boolean denied =
        record.number("action_id").filter(id -> id == 2).isPresent()
            || error.filter(text -> text.toLowerCase(Locale.ROOT).contains("denied")).isPresent();
    to.outcome(denied ? "denied" : status == 2 ? "failure" : status == 1 ? "success" : "unknown");
    if (denied || status == 2) {
      to.put("error.type", error);
      to.put(Names.REASON_CODE, error);
      to.hide(
          Names.REASON_DETAIL,
          Fields.first(
              record.text("api", "response", "error_message"), record.text("status_detail")));
    }
  }
}
