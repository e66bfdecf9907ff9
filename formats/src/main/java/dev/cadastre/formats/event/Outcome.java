package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;
import java.util.stream.Stream;

/** What the judge says, lightest first; a verdict is as heavy as its heaviest finding. */
public enum Outcome {
  COMPLIANT,
  EXCEPTION,
  UNPROVEN,
  VIOLATION;

  private final String wire = FixedUnicode.lowerCase(name());

  public String wire() {
    return wire;
  }

  public Outcome or(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public static Optional<Outcome> of(String wire) {
    return Stream.of(values()).filter(one -> one.wire.equals(wire)).findFirst();
  }
}
