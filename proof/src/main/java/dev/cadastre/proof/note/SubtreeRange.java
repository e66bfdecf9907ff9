package dev.cadastre.proof.note;

/** Which runs of leaves have a hash of their own that can be cosigned and proven. */
public final class SubtreeRange {
  private SubtreeRange() {}

  /**
   * Whether [start, end) is a subtree (draft-ietf-plants-merkle-tree-certs-02, section "Definition
   * of a Subtree"): {@code 0 <= start < end}, and {@code start} is a multiple of the smallest power
   * of two that is not below the length.
   */
  public static boolean isSubtree(long start, long end) {
    return start >= 0 && end > start && start % ceilingPowerOfTwo(end - start) == 0;
  }

  /** Above 2^62 it overflows to -2^63, of which 0 alone is a multiple: as it should be. */
  private static long ceilingPowerOfTwo(long n) {
    return n == 1 ? 1 : Long.highestOneBit(n - 1) << 1;
  }
}
