package dev.cadastre.proof.detect;

import dev.cadastre.formats.json.Json;

/**
 * Room for what a list names, so that no number of entries makes it endless: an item is listed if
 * it fits into what is left, and counted as omitted otherwise. Measured in bytes of the list's
 * JSON, which no item exceeds.
 */
public final class ListCapacity {
  /** A run of two numbers of up to 16 digits, with its brackets and commas. */
  public static final int RUN_BYTES = 40;

  private long left;
  private long omitted;

  public ListCapacity(long bytes) {
    this.left = bytes;
  }

  /** For one who bounds the entries. */
  public static ListCapacity endless() {
    return new ListCapacity(Long.MAX_VALUE);
  }

  /** What a text takes. */
  public static long bytesOf(String text) {
    return Json.of(text).jcs().length;
  }

  /** Takes room for one item of a list; counts what there is no room for. */
  public boolean take(long bytes) {
    if (bytes > left) {
      omitted++;
      return false;
    }
    left -= bytes;
    return true;
  }

  /** Gives back the room of an item that is listed no more. */
  public void giveBack(long bytes) {
    left += bytes;
  }

  /** Counts what belongs to an item that is not listed. */
  public void omit() {
    omitted++;
  }

  /** How often something was not listed. */
  public long omitted() {
    return omitted;
  }
}
