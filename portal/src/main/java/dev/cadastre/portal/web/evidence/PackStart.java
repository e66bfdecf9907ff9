package dev.cadastre.portal.web.evidence;

import java.time.Duration;

/** What became of the wish for a pack. */
public sealed interface PackStart {
  /**
   * It is there, or being built.
   *
   * @param begun whether it was begun for this wish, not before
   */
  record Given(PackJob job, boolean begun) implements PackStart {}

  /** The log has had its share for the moment. */
  record Later(String why, Duration retryAfter) implements PackStart {}

  /** The disk has no room for packs. */
  record NoRoom(String why, Duration retryAfter) implements PackStart {}
}
