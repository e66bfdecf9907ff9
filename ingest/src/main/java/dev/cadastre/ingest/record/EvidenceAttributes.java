package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.location.Evidence;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Evidence of a location among the attributes of a record or a Resource. */
final class EvidenceAttributes {
  private static final String PREFIX = "ledger.location.evidence.";

  private EvidenceAttributes() {}

  /** The evidence that attributes carry, as it came. */
  static Optional<Evidence> of(List<KeyValue> attributes) {
    String type = "";
    Optional<byte[]> value = Optional.empty();
    Optional<byte[]> document = Optional.empty();
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().startsWith(PREFIX)) {
        switch (attribute.getKey()) {
          case Names.EVIDENCE_TYPE -> type = attribute.getValue().getStringValue();
          case Names.EVIDENCE_VALUE -> value = bytes(attribute.getValue());
          case Names.EVIDENCE_DOCUMENT -> document = bytes(attribute.getValue());
          default -> {}
        }
      }
    }
    return value.isPresent() && !type.isEmpty()
        ? Optional.of(new Evidence(type, value.get(), document))
        : Optional.empty();
  }

  private static Optional<byte[]> bytes(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Optional.of(value.getStringValue().getBytes(StandardCharsets.UTF_8));
      case BYTES_VALUE -> Optional.of(value.getBytesValue().toByteArray());
      default -> Optional.empty();
    };
  }

  /**
   * A record's attributes with its evidence in the vault instead of hashed: who wants evidence to
   * be checked again later sends it on a record, where it is kept once.
   */
  static Attributes disclosed(
      Attributes attributes, List<KeyValue> asCame, Disclosures disclosures) {
    Map<String, Value> open = new TreeMap<>(attributes.asMap());
    Attributes.Builder kept = Attributes.builder();
    attributes.sd().forEach(kept::sd);
    for (KeyValue one : asCame) {
      String name = one.getKey();
      boolean evidence = name.equals(Names.EVIDENCE_VALUE) || name.equals(Names.EVIDENCE_DOCUMENT);
      Optional<Value> value = evidence ? value(one.getValue()) : Optional.empty();
      if (value.isPresent() && open.remove(name) != null) {
        kept.sd(disclosures.take(name, name, AttributeMapper.fitting(value.get())));
      }
    }
    open.forEach(kept::put);
    return AttributeMapper.sound(kept);
  }

  private static Optional<Value> value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Optional.of(Value.of(value.getStringValue()));
      case BYTES_VALUE -> Optional.of(Value.of(value.getBytesValue().toByteArray()));
      default -> Optional.empty();
    };
  }
}
