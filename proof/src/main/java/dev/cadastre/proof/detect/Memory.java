package dev.cadastre.proof.detect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What detectors keep from one entry to the next: texts by name, in a few parts. A fold with the
 * same memory goes on where another stopped, so memory that is stored need not be folded again.
 */
public interface Memory {
  /** More of one part is not followed: senders choose their names. */
  int ITEMS_MAX = 65_536;

  /** What is kept. The order is stored: new parts go to the end. */
  enum Part {
    /** Disabled keys ({@link Disables}). */
    DISABLED,
    /** Keys that instances fetched ({@link CacheDetector}). */
    FETCHED,
    /** The highest number of each stream ({@link GapDetector}). */
    NUMBERED,
    /** The last record of each stream ({@link ChainFollower}). */
    CHAINED,
    /** Edges across borders that are known ({@link BorderDetector}). */
    CROSSED,
    /** The policy in force, as its adoption said it ({@link Detectors}). */
    ADOPTED
  }

  Optional<String> get(Part part, String item);

  /** Puts a text in place of what is kept under that name. */
  void put(Part part, String item, String text);

  void remove(Part part, String item);

  long count(Part part);

  /** Everything of a part. */
  SortedMap<String, String> all(Part part);

  /** Keeps a text unless the part is full and does not know the name. */
  default void keep(Part part, String item, String text) {
    Optional<String> before = get(part, item);
    if (before.isPresent() ? !before.get().equals(text) : count(part) < ITEMS_MAX) {
      put(part, item, text);
    }
  }

  /** Memory for as long as the fold lives. */
  static Memory inHeap() {
    Map<Part, SortedMap<String, String>> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, new TreeMap<>());
    }
    return new Memory() {
      @Override
      public Optional<String> get(Part part, String item) {
        return Optional.ofNullable(of(part).get(item));
      }

      @Override
      public void put(Part part, String item, String text) {
        of(part).put(item, text);
      }

      @Override
      public void remove(Part part, String item) {
        of(part).remove(item);
      }

      @Override
      public long count(Part part) {
        return of(part).size();
      }

      @Override
      public SortedMap<String, String> all(Part part) {
        return new TreeMap<>(of(part));
      }

      private SortedMap<String, String> of(Part part) {
        return java.util.Objects.requireNonNull(parts.get(part));
      }
    };
  }
}
