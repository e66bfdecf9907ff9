package dev.cadastre.evidence.pack;

import java.time.Duration;

/** What became of the wish for a pack. */
public sealed interface PackRequestResult {
  /**
   * It is there, or being built.
   *
   * @param begun whether it was begun for this wish, not before
   */
  record Given(PackJob job, boolean begun) implements PackRequestResult {}

  /** The log has had its share for the moment. */
  record Later(String why, Duration retryAfter) implements PackRequestResult {}

  /** The disk has no room for packs. */
  record NoRoom(String why, Duration retryAfter) implements PackRequestResult {}
}
