package dev.cadastre.portal.page;

import dev.cadastre.proof.attestation.Observation;
import java.util.List;
import java.util.Map;

/** What a page shows of a list that has too much for one. */
public final class MostSeen {
  public static final int LISTED = 500;

  private MostSeen() {}

  /** All in their order, or of many those that were seen most. */
  public static List<Map.Entry<Observation, Long>> of(Map<Observation, Long> all) {
    return all.size() <= LISTED
        ? List.copyOf(all.entrySet())
        : all.entrySet().stream()
            .sorted(Map.Entry.<Observation, Long>comparingByValue().reversed())
            .limit(LISTED)
            .toList();
  }

  /** Whether a table shows a part of its list. */
  public static String note(int size) {
    return size <= LISTED
        ? ""
        : Words.number(LISTED)
            + " of "
            + Words.number(size)
            + ", those seen most; the attestation itself has the others.";
  }
}
