package dev.cadastre.evidence.pack;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogSource;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a period goes into packs: into one if it fits, or else into a set that is cut at anchors,
 * each as long as fits. Rests on counts and sizes alone, and is made before anything is written.
 */
final class PackPlan {
  private final LogSource log;
  private final Anchors anchors;
  private final Periods periods;
  private final PackLimits limits;

  /**
   * One pack of the plan.
   *
   * @param part its place in the set; empty if it is the only one
   */
  record Piece(Period period, Optional<PackPart> part) {}

  PackPlan(Ledger ledger, LogSource log, PackLimits limits) {
    this.log = log;
    this.anchors = new Anchors(ledger);
    this.periods = new Periods(anchors);
    this.limits = limits;
  }

  /** Whether a period fits one pack. */
  boolean fits(Period period) throws Refused {
    return fits(period.from(), period.to());
  }

  private boolean fits(long from, long to) throws Refused {
    // The store has two bytes for the length of an entry; a pack has a line feed.
    return limits.fit(to - from, log.storedBytes(from, to));
  }

  /**
   * The packs of a period.
   *
   * @throws Refused when what lies between two anchors does not fit one pack
   */
  List<Piece> of(Period period) throws Refused {
    if (fits(period)) {
      return List.of(new Piece(period, Optional.empty()));
    }
    List<Period> cut = cut(period);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      PackPart part = new PackPart(i + 1, cut.size(), period.from(), period.to());
      pieces.add(new Piece(cut.get(i), Optional.of(part)));
    }
    return pieces;
  }

  private List<Period> cut(Period period) throws Refused {
    List<Anchors.Anchored> ends = ends(period);
    List<Period> cut = new ArrayList<>();
    OptionalLong before =
        period.before().isPresent()
            ? OptionalLong.of(period.before().get().entry().index())
            : OptionalLong.empty();
    long from = period.from();
    for (int next = 0; next < ends.size(); ) {
      int last = next;
      while (last + 1 < ends.size() && fits(from, ends.get(last + 1).size())) {
        last++;
      }
      Anchors.Anchored end = ends.get(last);
      require(from, end);
      cut.add(periods.between(period.log(), before, end.anchor().index()));
      before = OptionalLong.of(end.anchor().index());
      from = end.size();
      next = last + 1;
    }
    return cut;
  }

  /** The anchors at which the period can be cut, and the one that closes it, oldest first. */
  private List<Anchors.Anchored> ends(Period period) {
    long first = period.before().map(receipt -> receipt.entry().index()).orElse(-1L);
    long last = period.after().entry().index();
    return anchors.of(period.log(), Integer.MAX_VALUE).stream()
        .filter(one -> one.anchor().index() > first && one.anchor().index() <= last)
        .sorted(Comparator.comparingLong(one -> one.anchor().index()))
        .toList();
  }

  private void require(long from, Anchors.Anchored end) throws Refused {
    if (!fits(from, end.size())) {
      throw new Refused(
          "entries "
              + from
              + " to "
              + (end.size() - 1)
              + " lie between two anchors and are more than one pack may hold ("
              + limits.maxFileBytes()
              + " bytes a file); make anchors more often (anchor-every)");
    }
  }
}
