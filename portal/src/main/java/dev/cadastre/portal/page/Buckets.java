package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Joins neighbouring buckets of a summary so that a drawing has no more bars than can be told
 * apart.
 */
public final class Buckets {
  static final int MOST = 60;

  private Buckets() {}

  public static List<Summary.Bucket> joined(List<Summary.Bucket> buckets) {
    int each = Math.max(1, (buckets.size() + MOST - 1) / MOST);
    List<Summary.Bucket> joined = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i += each) {
      joined.add(join(buckets.subList(i, Math.min(buckets.size(), i + each))));
    }
    return joined;
  }

  private static Summary.Bucket join(List<Summary.Bucket> some) {
    Map<Outcome, Long> judged = new EnumMap<>(Outcome.class);
    some.forEach(
        bucket -> bucket.judged().forEach((outcome, n) -> judged.merge(outcome, n, Long::sum)));
    long events = some.stream().mapToLong(Summary.Bucket::events).sum();
    return new Summary.Bucket(
        some.get(0).fromNs(), some.get(some.size() - 1).toNs(), events, judged);
  }
}
