package dev.cadastre.anchors;

import dev.cadastre.ledger.LogName;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.anchor.AnchorReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the anchors that bound what somebody asks for. */
public final class Periods {
  private final Anchors anchors;

  public Periods(Anchors anchors) {
    this.anchors = anchors;
  }

  /**
   * The period between two anchors, named by their entries in the anchors log.
   *
   * @param before empty for the log's birth
   * @throws Refused when an anchor does not exist or does not cover the log
   */
  public Period between(LogName log, OptionalLong before, long after) throws Refused {
    Optional<AnchorReceipt> start = Optional.empty();
    if (before.isPresent()) {
      start = Optional.of(receipt(log, before.getAsLong()));
    }
    return Period.of(log, start, receipt(log, after));
  }

  /**
   * The period from the anchor before that one, or the log's birth, to it.
   *
   * @throws Refused when the anchor does not cover the log
   */
  public Period endingWith(LogName log, long after) throws Refused {
    OptionalLong before =
        anchors.of(log, Integer.MAX_VALUE).stream()
            .mapToLong(anchored -> anchored.anchor().index())
            .filter(index -> index < after)
            .findFirst();
    return between(log, before, after);
  }

  /**
   * The shortest period between anchors that holds all that was received from {@code from} on and
   * before {@code to}.
   *
   * @param from empty for the log's birth
   * @param to empty for the newest anchor
   * @throws Refused when no anchor covers the log yet, or none at or after {@code to}
   */
  public Period covering(LogName log, Optional<Instant> from, Optional<Instant> to) throws Refused {
    List<Anchors.Anchored> newestFirst = anchors.of(log, Integer.MAX_VALUE);
    if (newestFirst.isEmpty()) {
      throw new Refused("no anchor covers " + log + " yet; make one with `cadastre anchor`");
    }
    Anchors.Anchored end = newestFirst.get(0);
    if (to.isPresent()) {
      end = oldestFrom(newestFirst, to.get());
    }
    OptionalLong start = OptionalLong.empty();
    if (from.isPresent()) {
      start = newestUntil(newestFirst, from.get(), end);
    }
    return between(log, start, end.anchor().index());
  }

  private static Anchors.Anchored oldestFrom(List<Anchors.Anchored> newestFirst, Instant to)
      throws Refused {
    Anchors.Anchored oldest = newestFirst.get(0);
    if (oldest.anchor().time().isBefore(to)) {
      throw new Refused(
          "the newest anchor is of "
              + oldest.anchor().time()
              + ", before "
              + to
              + "; make one with `cadastre anchor` or ask for an earlier end");
    }
    for (Anchors.Anchored anchored : newestFirst) {
      if (anchored.anchor().time().isBefore(to)) {
        break;
      }
      oldest = anchored;
    }
    return oldest;
  }

  private static OptionalLong newestUntil(
      List<Anchors.Anchored> newestFirst, Instant from, Anchors.Anchored end) {
    return newestFirst.stream()
        .filter(anchored -> anchored.anchor().index() < end.anchor().index())
        .filter(anchored -> !anchored.anchor().time().isAfter(from))
        .mapToLong(anchored -> anchored.anchor().index())
        .findFirst();
  }

  private AnchorReceipt receipt(LogName log, long anchorIndex) throws Refused {
    return anchors
        .receipt(log, anchorIndex)
        .orElseThrow(() -> new Refused("anchor " + anchorIndex + " does not cover " + log));
  }
}
