package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** What the judge says, lightest first; a verdict is as heavy as its heaviest finding. */
public enum Outcome {
  COMPLIANT,
  EXCEPTION,
  UNPROVEN,
  /** Would have been a violation, and was refused. */
  PREVENTED,
  VIOLATION;

  private final String wire = FixedUnicode.lowerCase(name());

  public String wire() {
    return wire;
  }

  public Outcome or(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * What weighs most of what happened at a place; that something was prevented there weighs less
   * than anything else that is not as it should be.
   */
  public static Outcome worst(Collection<Outcome> seen) {
    Outcome worst = COMPLIANT;
    for (Outcome one : seen) {
      worst = worst.weight() >= one.weight() ? worst : one;
    }
    return worst;
  }

  private int weight() {
    return this == PREVENTED ? 1 : 2 * ordinal();
  }

  public static Optional<Outcome> of(String wire) {
    return Stream.of(values()).filter(one -> one.wire.equals(wire)).findFirst();
  }
}
