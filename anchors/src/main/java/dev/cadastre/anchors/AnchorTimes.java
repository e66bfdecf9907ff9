package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Date and time of the next anchor. Neither goes back, and no anchor is older than an entry that it
 * commits to, whatever the clock says.
 */
final class AnchorTimes {
  private final Ledger ledger;

  AnchorTimes(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The day, or what {@link AnchorEvent#date} makes of it where the anchor's time is another,
   * unless the anchor before is of a later one. Dates sort as they are written.
   */
  static String date(LocalDate day, long timeNs, Optional<AnchorBook.Anchor> previous) {
    String date = AnchorEvent.date(day, timeNs).toString();
    return previous
        .map(AnchorBook.Anchor::date)
        .filter(last -> last.compareTo(date) > 0)
        .orElse(date);
  }

  /** Unix nanoseconds. */
  long time(Instant now, List<AnchorLeaf> leaves) {
    long ns =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    ns = Math.max(ns, new Anchors(ledger).newest().map(last -> last.event().time()).orElse(0L));
    for (AnchorLeaf leaf : leaves) {
      ns = Math.max(ns, received(leaf.log(), leaf.checkpoint().checkpoint().size() - 1));
    }
    return ns;
  }

  private long received(LogName log, long index) {
    try {
      return ledger.reader(log).entry(index).received();
    } catch (Refused e) {
      throw new StorageFailure("no anchor was made: " + e.getMessage(), e);
    }
  }
}
