package dev.cadastre.ingest.foreign.azure;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azure's activity log ("Azure Activity Log event schema"), as it is streamed to event hubs and
 * storage accounts, and as the portal and the REST API give it. It tells of what holds keys and
 * data: vaults, access to them, snapshots, replicas and exports. Each operation is told at its
 * start and at its end; the end counts.
 */
public final class AzureActivity implements ForeignFormat {
  private static final Set<String> CATEGORIES =
      Set.of("administrative", "write", "delete", "action", "policy", "security");
  private static final Set<String> BEGINNINGS =
      Set.of("start", "started", "accept", "accepted", "active", "begin");
  private static final Set<String> GOOD = Set.of("success", "succeeded");
  private static final Set<String> REFUSED =
      Set.of("forbidden", "unauthorized", "authorizationfailed", "denied");

  /** A vault or a managed HSM and its name, in a resource's id. */
  private static final Pattern STORE =
      Pattern.compile(
          "/providers/microsoft\\.keyvault/(vaults|managedhsms|deletedvaults|deletedmanagedhsms)/([a-z0-9-]+)");

  private static final Pattern KEY = Pattern.compile("/keys/([a-z0-9-]+)");

  /** The region in the id of a vault that was deleted. */
  private static final Pattern REGION =
      Pattern.compile("/providers/microsoft\\.keyvault/locations/([a-z0-9]+)/");

  @Override
  public String name() {
    return "azure-activity";
  }

  @Override
  public List<String> marks() {
    return List.of("\"operationName\"", "\"category\"", "\"resourceId\"", "uthorization\"");
  }

  @Override
  public List<String> members() {
    return List.of("operationName");
  }

  @Override
  public boolean recognises(Fields record) {
    boolean authorised =
        record.isObject("identity", "authorization") || record.isObject("authorization");
    return authorised
        && record.isText("resourceId")
        && (record.isText("time") || record.isText("eventTimestamp"))
        && operation(record).contains("/")
        && CATEGORIES.contains(named(record, "category"));
  }

  @Override
  public void map(Fields record, Mapping to) {
    String operation = operation(record);
    id(record, operation, to);
    to.time(Fields.first(record.text("time"), record.text("eventTimestamp")));
    to.put(Names.CLOUD_PROVIDER, "azure");
    to.put(Names.AUDIT_ACTION, operation);
    to.put("cloud.resource_id", record.text("resourceId"));
    to.target(type(operation), record.text("resourceId"));
    actor(record, to);
    String result = result(record);
    outcome(result, record, to);
    if (BEGINNINGS.contains(result)) {
      to.other("azure.request");
    } else {
      subject(operation, record, to);
    }
    to.put(Names.LOCATION_PROCESSING, place(record).or(to::resourceRegion));
  }

  private static void subject(String operation, Fields record, Mapping to) {
    String resource = record.text("resourceId").orElse("").toLowerCase(Locale.ROOT);
    Optional<String> act =
        VaultActivity.act(operation).or(() -> VaultActivity.access(operation, resource));
    if (act.isPresent()) {
      to.keyLifecycle(act.get());
      to.put(Names.KEY_ID, key(resource));
      to.put(Names.KEY_PROVIDER, "azure");
      to.put(Names.KEY_REGION, place(record).or(to::resourceRegion));
      return;
    }
    switch (VaultActivity.transfer(operation)) {
      case COPY -> {
        to.event("backup.azure");
        to.put(Names.LOCATION_BACKUP, place(record));
        to.put(Names.DATA_OBJECT_ID, record.text("resourceId"));
      }
      case REPLICA -> {
        to.event("replica.azure");
        to.putAll(Names.LOCATION_STORAGE, places(record));
        to.put(Names.DATA_OBJECT_ID, record.text("resourceId"));
      }
      case EXPORT -> {
        to.data("export", record.text("resourceId"));
        to.put(Names.LOCATION_STORAGE, place(record));
      }
      case NONE -> to.other("azure." + operation);
    }
  }

  /** The vault's address, with the key's name if the act is about one of its keys. */
  private static Optional<String> key(String resource) {
    Matcher store = STORE.matcher(resource);
    if (!store.find()) {
      return Optional.empty();
    }
    String domain = store.group(1).contains("hsm") ? "managedhsm" : "vault";
    Matcher key = KEY.matcher(resource);
    String of = key.find(store.end()) ? "/keys/" + key.group(1) : "";
    return Optional.of("https://" + store.group(2) + "." + domain + ".azure.net" + of);
  }

  /** Where the resource is: what the record says, or what the answer to the call did. */
  private static Optional<String> place(Fields record) {
    return places(record).stream().findFirst();
  }

  private static List<String> places(Fields record) {
    List<String> answered = record.allTexts("properties", "responseBody", "location");
    if (!answered.isEmpty()) {
      return answered;
    }
    String resource = record.text("resourceId").orElse("").toLowerCase(Locale.ROOT);
    Matcher deleted = REGION.matcher(resource);
    Optional<String> purged = deleted.find() ? Optional.of(deleted.group(1)) : Optional.empty();
    return record.text("location").or(() -> purged).stream().toList();
  }

  /** {@code microsoft.keyvault/vaults} of {@code microsoft.keyvault/vaults/delete}. */
  private static Optional<String> type(String operation) {
    int end = operation.lastIndexOf('/');
    return Optional.of(operation.substring(0, Math.max(0, end)));
  }

  private static String operation(Fields record) {
    return named(record, "operationName");
  }

  /** A text, or the {@code value} that the portal puts beside a translation. */
  private static String named(Fields record, String name) {
    return Fields.first(record.text(name), record.text(name, "value"))
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  private static String result(Fields record) {
    String type = named(record, "resultType");
    return type.isEmpty() ? named(record, "status") : type;
  }

  /** The streamed form has no id: time, operation, correlation id and stage make it one. */
  private static void id(Fields record, String operation, Mapping to) {
    Optional<String> own =
        Fields.first(record.text("eventDataId"), record.text("properties", "eventDataId"));
    String parts =
        String.join(
            "/",
            record.text("time").orElse(""),
            operation,
            record.text("correlationId").orElse(""),
            result(record));
    to.id(Optional.of(own.orElse(parts)));
  }

  private static void outcome(String result, Fields record, Mapping to) {
    String signature =
        Fields.first(record.text("resultSignature"), record.text("subStatus", "value"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    String code = record.text("properties", "statusCode").orElse("").toLowerCase(Locale.ROOT);
    boolean denied =
        REFUSED.stream().anyMatch(word -> signature.contains(word) || code.contains(word));
    if (BEGINNINGS.contains(result)) {
      to.outcome("requested");
      return;
    }
    boolean good = GOOD.contains(result) && !denied;
    to.outcome(denied ? "denied" : good ? "success" : "failure");
    if (!good) {
      Optional<String> why =
          Fields.first(record.text("properties", "statusCode"), record.text("resultSignature"));
      to.put("error.type", why);
      to.put(Names.REASON_CODE, why);
      to.hide(Names.REASON_DETAIL, record.text("properties", "statusMessage"));
    }
  }

  /** An application that acts for itself is a service principal, or has no user's name. */
  private static void actor(Fields record, Mapping to) {
    Fields of = record.isObject("identity") ? record.in("identity") : record;
    Fields claims = of.in("claims");
    Optional<String> application = claims.text("appid");
    boolean service =
        of.text("authorization", "evidence", "principalType")
            .filter("ServicePrincipal"::equalsIgnoreCase)
            .isPresent();
    Optional<String> person =
        Fields.first(
            record.text("caller"),
            claims.text("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"),
            claims.text("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"),
            claims.text("name"),
            claims.text("http://schemas.microsoft.com/identity/claims/objectidentifier"));
    if (service || person.isEmpty()) {
      to.actor("application", application);
    } else {
      to.actor("user", person);
      to.put(Names.ACTOR_VIA, application);
    }
    to.put(Names.ACTOR_ROLE, of.text("authorization", "evidence", "role"));
    to.put(
        "audit.source.ip",
        Fields.first(
            record.text("callerIpAddress"), record.text("httpRequest", "clientIpAddress")));
  }
}
