package dev.cadastre.proof.pack;

/**
 * What a pack may cost whoever opens it.
 *
 * @param maxFiles number of files
 * @param maxFileBytes unpacked bytes of one file
 * @param maxTotalBytes unpacked bytes of all files
 * @param maxRatio unpacked bytes for each packed byte, once a file unpacks to more than a megabyte
 * @param maxHeldBytes unpacked bytes of a file that must be held in memory
 */
public record PackLimits(
    int maxFiles, long maxFileBytes, long maxTotalBytes, int maxRatio, int maxHeldBytes) {
  private static final long GIB = 1L << 30;

  /** Room for tens of millions of entries. */
  public static final PackLimits STANDARD = new PackLimits(10_000, 4 * GIB, 10 * GIB, 400, 1 << 25);

  static final long RATIO_FREE_BYTES = 1 << 20;
}
