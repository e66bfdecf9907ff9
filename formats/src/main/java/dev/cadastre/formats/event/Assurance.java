package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;
import java.util.stream.Stream;

/** How well a location is supported, weakest first. Written by the server alone. */
public enum Assurance {
  /** Two sources name different places. */
  CONTRADICTED,
  /** The sender says so. */
  CLAIMED,
  /**
   * The record says nothing, and the operator's inventory does. Counts as a claim where a policy
   * asks for one.
   */
  DECLARED,
  /**
   * Something the sender does not freely choose says the same: a key's ARN, an endpoint, its
   * certificate.
   */
  CORROBORATED,
  /** A cloud's metadata service signed it. */
  PROVEN;

  private final String wire = FixedUnicode.lowerCase(name());

  public String wire() {
    return wire;
  }

  public boolean atLeast(Assurance least) {
    return compareTo(least) >= 0;
  }

  public static Optional<Assurance> of(String wire) {
    return Stream.of(values()).filter(one -> one.wire.equals(wire)).findFirst();
  }
}
