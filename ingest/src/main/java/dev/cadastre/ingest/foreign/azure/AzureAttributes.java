package dev.cadastre.ingest.foreign.azure;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Key Vault record as the Collector takes it apart: its {@code azureeventhub} receiver writes a
 * map as the body, its {@code azure_encoding} extension attributes. Both put the vault on the
 * Resource.
 */
final class AzureAttributes {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "azure.operation.name", "operationName",
          "azure.category", "category",
          "azure.correlation_id", "correlationId",
          "azure.result.type", "resultType",
          "azure.result.signature", "resultSignature",
          "azure.result.description", "resultDescription",
          "azure.identity", "identity",
          "network.peer.address", "callerIpAddress",
          "cloud.region", "location");

  private static final Map<String, String> BODY =
      Map.of(
          "operation.name", "operationName",
          "category", "category",
          "correlation.id", "correlationId",
          "result.type", "resultType",
          "result.signature", "resultSignature",
          "result.description", "resultDescription",
          "identity", "identity",
          "network.peer.address", "callerIpAddress",
          "properties", "properties",
          "cloud.region", "location");

  private AzureAttributes() {}

  static Optional<Json.Obj> assembled(EnclosingLog carrier) {
    Optional<String> vault =
        carrier.resource().string("cloud.resource_id").filter(AzureKeyVault::isKeyVault);
    boolean inBody = carrier.body().isText("operation.name");
    boolean inAttributes = carrier.attributes().isText("azure.operation.name");
    if (vault.isEmpty() || !inBody && !inAttributes) {
      return Optional.empty();
    }
    SortedMap<String, Json> record = new TreeMap<>();
    record.put("resourceId", Json.of(vault.get()));
    if (inBody) {
      moveAll(carrier.body(), BODY, record);
    } else {
      moveAll(carrier.attributes(), ATTRIBUTES, record);
      // The extension spreads the members of "properties" among the attributes.
      record.put("properties", new Json.Obj(new TreeMap<>(carrier.attributes().members())));
    }
    return Optional.of(new Json.Obj(record));
  }

  private static void moveAll(
      Fields from, Map<String, String> names, SortedMap<String, Json> record) {
    names.forEach((name, member) -> from.value(name).ifPresent(v -> record.put(member, v)));
  }
}
