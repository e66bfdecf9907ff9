package dev.cadastre.ingest.foreign.azure;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import dev.cadastre.ingest.foreign.format.ObjectNames;
import dev.cadastre.ingest.foreign.format.OperationNames;
import dev.cadastre.ingest.foreign.format.Uris;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Azure Key Vault and Managed HSM resource logs ("Azure Key Vault logging", Azure Monitor's common
 * schema of resource logs). They have no id of their own; the id given here is made of what makes a
 * record one: time, operation, correlation id and request.
 */
public final class AzureKeyVault implements ForeignFormat {
  private static final String PROVIDER = "/PROVIDERS/MICROSOFT.KEYVAULT/";

  private static final Set<String> USES =
      Set.of(
          "KeyDecrypt", "KeyEncrypt", "KeyWrap", "KeyUnwrap", "KeySign", "KeyVerify", "KeyRelease");

  private static final Map<String, String> ACTS =
      Map.ofEntries(
          Map.entry("KeyCreate", "create"),
          Map.entry("KeyImport", "import"),
          Map.entry("KeyDelete", "delete"),
          Map.entry("KeyPurge", "destroy"),
          Map.entry("KeyRecover", "restore"),
          Map.entry("KeyRestore", "restore"),
          Map.entry("KeyBackup", "backup"),
          Map.entry("KeyUpdate", "update"),
          Map.entry("KeyRotate", "rotate"),
          Map.entry("KeyRotateIfDue", "rotate"));

  @Override
  public String name() {
    return "azure-keyvault";
  }

  @Override
  public List<String> marks() {
    return List.of("\"operationName\"", "\"category\"", "\"resourceId\"");
  }

  @Override
  public List<String> members() {
    return List.of("operationName", "operation.name");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("operationName")
        && record.isText("time")
        && record.isText("category")
        && record.text("resourceId").filter(AzureKeyVault::isKeyVault).isPresent();
  }

  static boolean isKeyVault(String resourceId) {
    return resourceId.toUpperCase(Locale.ROOT).contains(PROVIDER);
  }

  @Override
  public Optional<Json.Obj> assembled(EnclosingLog carrier) {
    return AzureAttributes.assembled(carrier);
  }

  @Override
  public void map(Fields record, Mapping to) {
    String operation = record.text("operationName").orElse("");
    Fields properties = record.in("properties");
    id(record, to);
    to.time(record.text("time"));
    to.put(Names.CLOUD_PROVIDER, "azure");
    to.put(Names.AUDIT_ACTION, operation);
    actor(record, to);
    outcome(record, to);
    Optional<String> object = Fields.first(properties.text("id"), request(record));
    to.put("cloud.resource_id", record.text("resourceId"));
    to.target(Optional.of("key vault object").filter(type -> object.isPresent()), object);
    subject(operation, object, record, to);
    to.put(Names.LOCATION_PROCESSING, location(record, to));
    to.put("tls.protocol.version", properties.text("tlsVersion"));
  }

  private static void subject(
      String operation, Optional<String> object, Fields record, Mapping to) {
    if (operation.startsWith("Secret")) {
      to.data(secretOperation(operation.substring("Secret".length())), object);
      to.put(Names.LOCATION_STORAGE, location(record, to));
      return;
    }
    if (!operation.startsWith("Key") || isRead(operation) || operation.contains("EventGrid")) {
      to.other("keyvault." + operation);
      return;
    }
    if (USES.contains(operation)) {
      to.keyUse(OperationNames.snake(operation.substring("Key".length())));
    } else {
      String known = ACTS.get(operation);
      to.keyLifecycle(
          known == null ? OperationNames.snake(operation.substring("Key".length())) : known);
    }
    object.map(KeyVaultName::of).ifPresent(name -> name.put(to));
    to.put(Names.KEY_PROVIDER, "azure");
    to.put(Names.KEY_REGION, location(record, to));
    to.put(Names.KEY_ALGORITHM, record.text("properties", "algorithm"));
  }

  /** Many records do not say where their vault is; then whoever brings them may. */
  private static Optional<String> location(Fields record, Mapping to) {
    return record.text("location").or(to::resourceRegion);
  }

  private static boolean isRead(String operation) {
    return operation.startsWith("KeyGet") || operation.startsWith("KeyList");
  }

  private static String secretOperation(String operation) {
    return switch (operation) {
      case "Set", "Update", "Restore", "Recover" -> "write";
      case "Backup" -> "read";
      default -> OperationNames.dataOperation(operation);
    };
  }

  /** What was asked for. A Managed HSM says it, and some more, beside the properties. */
  private static Optional<String> request(Fields record) {
    return property(record, "requestUri").map(Uris::withoutQuery);
  }

  private static Optional<String> property(Fields record, String name) {
    return Fields.first(record.text("properties", name), record.text(name));
  }

  private static void id(Fields record, Mapping to) {
    Optional<String> own = property(record, "eventDataId");
    String parts =
        String.join(
            "/",
            record.text("time").orElse(""),
            record.text("operationName").orElse(""),
            record.text("correlationId").orElse(""),
            request(record).map(ObjectNames::open).orElse(""));
    to.id(Optional.of(own.orElse(parts)));
  }

  /** An application that acts for itself has no user principal name. */
  private static void actor(Fields record, Mapping to) {
    Fields claims =
        record.isObject("identity", "claim")
            ? record.in("identity", "claim")
            : record.in("identity", "claims");
    Optional<String> user = claim(claims, "/claims/upn", "upn", "unique_name", "/claims/name");
    Optional<String> application = claim(claims, "appid", "azp");
    if (user.isEmpty() && application.isPresent()) {
      to.actor("application", application);
    } else {
      to.actor("user", Fields.first(user, claim(claims, "/claims/objectidentifier", "oid")));
      to.put(Names.ACTOR_VIA, application);
    }
    to.put("audit.source.ip", record.text("callerIpAddress"));
    to.hide("user_agent.original", property(record, "clientInfo"));
  }

  private static Optional<String> claim(Fields claims, String... ends) {
    for (String end : ends) {
      for (String name : claims.names()) {
        boolean same = end.startsWith("/") ? name.endsWith(end) : name.equals(end);
        if (same && claims.text(name).isPresent()) {
          return claims.text(name);
        }
      }
    }
    return Optional.empty();
  }

  private static void outcome(Fields record, Mapping to) {
    long status =
        record
            .number("properties", "httpStatusCode")
            .or(() -> record.number("httpStatusCode"))
            .orElse(0L);
    String signature = record.text("resultSignature").orElse("");
    // Clients ask first without a token, to be told where to get one: 401 refuses nobody.
    boolean denied = status == 403 || signature.equalsIgnoreCase("Forbidden");
    boolean failed =
        status >= 400
            || signature.equalsIgnoreCase("Unauthorized")
            || record
                .text("resultType")
                .filter(type -> !type.equalsIgnoreCase("Success"))
                .isPresent();
    to.outcome(denied ? "denied" : failed ? "failure" : "success");
    if (denied || failed) {
      Optional<String> why =
          Fields.first(record.text("resultSignature"), record.text("resultType"));
      to.put("error.type", why);
      to.put(Names.REASON_CODE, why);
      to.hide(Names.REASON_DETAIL, record.text("resultDescription"));
    }
  }
}
