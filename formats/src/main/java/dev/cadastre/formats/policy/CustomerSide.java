package dev.cadastre.formats.policy;

import java.util.OptionalLong;

/**
 * What the customer's own side does.
 *
 * @param matchWithinS how far apart, seconds, the vendor and the customer may tell of one call;
 *     empty if what they tell is not compared
 */
public record CustomerSide(OptionalLong matchWithinS) {
  /** It does nothing. */
  public static final CustomerSide NONE = new CustomerSide(OptionalLong.empty());

  /** A month: what waits for the other side is followed for no longer. */
  static final long WITHIN_MAX_S = 31 * 86_400;

  /** Nanoseconds of {@link #matchWithinS}. */
  public OptionalLong matchWithinNs() {
    return matchWithinS.isPresent()
        ? OptionalLong.of(matchWithinS.getAsLong() * 1_000_000_000L)
        : OptionalLong.empty();
  }
}
