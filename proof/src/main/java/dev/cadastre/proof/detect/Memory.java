package dev.cadastre.proof.detect;

import java.nio.charset.StandardCharsets;
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

  /**
   * Nor are names of one part that come to more bytes of UTF-8. A verifier has several memories,
   * and all of them fit into a heap of 256 MiB.
   */
  long NAME_BYTES_MAX = 1 << 23;

  /** What is kept. The order is stored: new parts go to the end. */
  enum Part {
    /** Disabled keys ({@link Disables}). */
    DISABLED,
    /** Keys that instances fetched ({@link CacheDetector}). */
    FETCHED,
    /** The highest number of each stream ({@link SenderDetector}). */
    NUMBERED,
    /** The last record of each stream ({@link ChainFollower}). */
    CHAINED,
    /** Edges across borders that are known ({@link BorderDetector}). */
    CROSSED,
    /** The policy in force, as its adoption said it ({@link Detectors}). */
    ADOPTED,
    /**
     * Versions of keys that are disabled, and identities that may no more use one ({@link
     * Disables}).
     */
    WITHDRAWN,
    /** Approvals that hold ({@link Approvals}). */
    APPROVED,
    /** The last successful use of each scope of a key ({@link KeyHistories}). */
    USED,
    /** When each key was last rotated ({@link DutyDetector}, and so the next). */
    ROTATED,
    /** When each instance was last attested. */
    ATTESTED,
    /** Since when services are not in their normal mode. */
    DEGRADED,
    /** What was spent of a period's privacy. */
    SPENT,
    /** Keys used in the operations that are followed. */
    TRACED,
    /** What the vendor told of calls, and its customer has not yet ({@link TwoSides}). */
    TOLD_BY_VENDOR,
    /** The same the other way round. */
    TOLD_BY_CUSTOMER
  }

  Optional<String> get(Part part, String item);

  /** Puts a text in place of what is kept under that name. */
  void put(Part part, String item, String text);

  void remove(Part part, String item);

  long count(Part part);

  /** Bytes of UTF-8 that the names of a part's items have. */
  long nameBytes(Part part);

  /** Takes note of what is not kept for want of room. */
  default void passOver() {}

  /** Everything of a part. */
  SortedMap<String, String> all(Part part);

  /** Keeps a text unless the part is full and does not know the name. */
  default void keep(Part part, String item, String text) {
    Optional<String> before = get(part, item);
    if (before.isEmpty() && !hasRoom(part, item)) {
      passOver();
    } else if (!before.equals(Optional.of(text))) {
      put(part, item, text);
    }
  }

  /** Whether one more item has room. */
  default boolean hasRoom(Part part, String item) {
    return count(part) < ITEMS_MAX && nameBytes(part) + bytesOf(item) <= NAME_BYTES_MAX;
  }

  /** What a name takes. */
  static long bytesOf(String item) {
    return item.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Memory for as long as the fold lives. */
  static Memory inHeap() {
    return inHeap(ListCapacity.endless());
  }

  /**
   * The same.
   *
   * @param room of a list that misses what is not kept
   */
  static Memory inHeap(ListCapacity room) {
    Map<Part, Long> bytes = new EnumMap<>(Part.class);
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
        if (of(part).put(item, text) == null) {
          bytes.merge(part, bytesOf(item), Long::sum);
        }
      }

      @Override
      public void remove(Part part, String item) {
        if (of(part).remove(item) != null) {
          bytes.merge(part, -bytesOf(item), Long::sum);
        }
      }

      @Override
      public long count(Part part) {
        return of(part).size();
      }

      @Override
      public long nameBytes(Part part) {
        return bytes.getOrDefault(part, 0L);
      }

      @Override
      public void passOver() {
        room.omit();
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
