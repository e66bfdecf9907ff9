package dev.cadastre.ledger.search;

import java.util.Comparator;

/**
 * How often the contract was broken in one way.
 *
 * @param firstIndex the oldest such entry in the log
 * @param lastIndex the newest
 */
public record BreachSeen(Breach breach, long events, long firstIndex, long lastIndex) {
  /** The gravest first, of equal ones the more frequent. */
  static final Comparator<BreachSeen> GRAVEST_FIRST =
      Comparator.comparingInt((BreachSeen seen) -> seen.breach.rank())
          .thenComparing(BreachSeen::events, Comparator.reverseOrder())
          .thenComparing(seen -> seen.breach.wire());
}
