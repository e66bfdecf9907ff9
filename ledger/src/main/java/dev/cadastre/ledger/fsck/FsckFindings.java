package dev.cadastre.ledger.fsck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Collects findings; of one log and table only the first hundred, since one altered hash can make
 * millions.
 */
final class FsckFindings {
  private static final int KEPT = 100;

  private final List<FsckFinding> all = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  void add(String log, String table, OptionalLong index, String what) {
    int count = counts.merge(log + "/" + table, 1, Integer::sum);
    if (count <= KEPT) {
      all.add(new FsckFinding(log, table, index, what));
    } else if (count == KEPT + 1) {
      all.add(
          new FsckFinding(
              log,
              table,
              OptionalLong.empty(),
              "and more; only the first " + KEPT + " are listed"));
    }
  }

  void add(String log, String table, long index, String what) {
    add(log, table, OptionalLong.of(index), what);
  }

  void add(String log, String table, String what) {
    add(log, table, OptionalLong.empty(), what);
  }

  List<FsckFinding> all() {
    return all;
  }
}
