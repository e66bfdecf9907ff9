package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the layers a request passes through, each of which is somewhere. Declared in the order of
 * their wire names.
 */
public enum Hop {
  BACKUP,
  EDGE,
  EGRESS,
  GATEWAY,
  KEY,
  OPERATOR,
  PROCESSING,
  STORAGE,
  /** Where the person is who looks; others are where the service is. */
  USER;

  private static final Map<String, Hop> BY_WIRE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Hop::wire, Function.identity()));

  private final String wire = FixedUnicode.lowerCase(name());

  public String wire() {
    return wire;
  }

  public static Optional<Hop> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }
}
