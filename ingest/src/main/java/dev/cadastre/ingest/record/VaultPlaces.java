package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.wire.Log;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where key vaults are whose records do not say it, as the operator does: a record of Azure's names
 * its vault, and its region only where the pipeline that carries it adds that. Said by the
 * operator, such a place is a claim.
 *
 * @param byName places by the vaults' names
 */
public record VaultPlaces(Map<String, String> byName) {
  /** Nothing is known of vaults. */
  public static final VaultPlaces NONE = new VaultPlaces(Map.of());

  private static final String FORMAT = "azure-keyvault";
  private static final String RESOURCE = "cloud.resource_id";

  public VaultPlaces {
    byName =
        byName.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    one -> one.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  /** The record with the place of its vault, if it is a vault's that does not say where that is. */
  TranslatedRecord placed(TranslatedRecord told) {
    if (byName.isEmpty() || !told.foreign() || !(told.record() instanceof Log log)) {
      return told;
    }
    boolean silent =
        log.string(Names.SOURCE_FORMAT).filter(FORMAT::equals).isPresent()
            && log.string(Names.LOCATION_PROCESSING).isEmpty();
    Optional<String> place = silent ? log.string(RESOURCE).flatMap(this::place) : Optional.empty();
    return place.isEmpty()
        ? told
        : new TranslatedRecord(
            Log.of(placed(log.message(), place.get())), told.hidden(), told.origin());
  }

  private Optional<String> place(String resourceId) {
    String vault = resourceId.substring(resourceId.lastIndexOf('/') + 1);
    return Optional.ofNullable(byName.get(vault.toLowerCase(Locale.ROOT)));
  }

  private static LogRecord placed(LogRecord record, String place) {
    LogRecord.Builder placed = record.toBuilder();
    placed.addAttributes(attribute(Names.LOCATION_PROCESSING, place));
    if (record.getEventName().startsWith("key.")) {
      placed.addAttributes(attribute(Names.KEY_REGION, place));
    } else if (record.getEventName().startsWith("data.")) {
      placed.addAttributes(attribute(Names.LOCATION_STORAGE, place));
    }
    return placed.build();
  }

  private static KeyValue attribute(String name, String text) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(text))
        .build();
  }
}
