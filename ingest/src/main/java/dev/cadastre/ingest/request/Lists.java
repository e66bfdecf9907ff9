package dev.cadastre.ingest.request;

import java.util.ArrayList;
import java.util.List;

/** What {@link List} lacks. */
public final class Lists {
  private Lists() {}

  public static <T> List<T> concat(List<T> first, List<T> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
