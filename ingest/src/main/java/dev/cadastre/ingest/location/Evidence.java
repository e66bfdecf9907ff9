package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Evidence as a sender attached it. Does not copy its arrays, which nobody may change.
 *
 * @param type what the sender calls it
 * @param value the evidence itself: a text's UTF-8, or bytes
 * @param document what {@code value} signs, where the sender sends it beside
 */
public record Evidence(String type, byte[] value, Optional<byte[]> document) {
  /** Evidence that stands for itself. */
  public static Evidence of(String type, String value) {
    return new Evidence(type, value.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /** The value's text, which for bytes may be anything. */
  String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  Hash sha256() {
    return Hash.sha256(value);
  }
}
