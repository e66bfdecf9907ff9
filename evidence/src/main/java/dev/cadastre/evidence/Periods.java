package dev.cadastre.evidence;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.anchor.AnchorReceipt;
import java.time.Instant;
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
    Anchors.Anchored newest =
        anchors.of(log, 1).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        "no anchor covers " + log + " yet; make one with `cadastre anchor`"));
    Anchors.Anchored end = to.isPresent() ? oldestFrom(log, to.get(), newest) : newest;
    long index = end.anchor().index();
    Optional<Anchors.Anchored> start = from.flatMap(time -> anchors.newestUntil(log, time, index));
    return between(log, start.stream().mapToLong(one -> one.anchor().index()).findFirst(), index);
  }

  private Anchors.Anchored oldestFrom(LogName log, Instant to, Anchors.Anchored newest)
      throws Refused {
    return anchors
        .oldestFrom(log, to)
        .orElseThrow(
            () ->
                new Refused(
                    "the newest anchor is of "
                        + newest.anchor().time()
                        + ", before "
                        + to
                        + "; make one with `cadastre anchor` or ask for an earlier end"));
  }

  private AnchorReceipt receipt(LogName log, long anchorIndex) throws Refused {
    return anchors
        .receipt(log, anchorIndex)
        .orElseThrow(() -> new Refused("anchor " + anchorIndex + " does not cover " + log));
  }
}
