package dev.cadastre.portal.page;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Period;
import dev.cadastre.portal.services.PeriodQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The anchors between which a reader may choose a period, and the period chosen. */
public record PeriodChoice(List<Option> starts, List<Option> ends) {
  /** How many anchors a menu offers; older ones are reached by their number in the address. */
  public static final int MOST = 800;

  /** A boundary. {@code value} is the anchor's index, or {@code birth}. */
  public record Option(String value, String label, boolean chosen) {}

  /** What may be chosen of the anchors that cover a log, newest first, and what is. */
  public static PeriodChoice of(List<Anchors.Anchored> newestFirst, Optional<Period> chosen) {
    Optional<Long> until = chosen.map(period -> period.after().entry().index());
    Optional<Long> after = chosen.flatMap(Period::before).map(receipt -> receipt.entry().index());
    List<Option> starts = new ArrayList<>();
    List<Option> ends = new ArrayList<>();
    for (Anchors.Anchored anchored : newestFirst) {
      long index = anchored.anchor().index();
      String label =
          "anchor "
              + index
              + ", "
              + Words.Stamp.of(anchored.anchor().time()).utc()
              + ", after entry "
              + Words.number(anchored.size() - 1);
      ends.add(new Option(Long.toString(index), label, until.equals(Optional.of(index))));
      starts.add(0, new Option(Long.toString(index), label, after.equals(Optional.of(index))));
    }
    // Nothing was closed after the newest anchor, so no period starts there.
    if (!starts.isEmpty()) {
      starts.remove(starts.size() - 1);
    }
    starts.add(0, new Option(PeriodQuery.BIRTH, "the log's birth", after.isEmpty()));
    return new PeriodChoice(starts, ends);
  }
}
