package dev.cadastre.proof.pack.format;

/**
 * What a pack may be, for whoever writes one and whoever opens one: the verifier refuses what is
 * beyond, so the writer does not write it.
 *
 * @param maxFiles number of files; those of a period are some thirty, and one a policy
 * @param maxFileBytes unpacked bytes of one file; plain ZIP has 32 bits for it and its highest
 *     value means another format
 * @param maxTotalBytes unpacked bytes of all files: what a reader may be made to unpack
 * @param maxArchiveBytes bytes of the archive; plain ZIP has 32 bits for where a file begins
 * @param maxRatio unpacked bytes for each packed byte, once a file unpacks to more than {@link
 *     #RATIO_FREE_BYTES}: an honest log is far below, a bomb far above
 * @param maxHeldBytes unpacked bytes of any file but entries and table, for these are streamed and
 *     the others held in memory
 */
public record PackLimits(
    int maxFiles,
    long maxFileBytes,
    long maxTotalBytes,
    long maxArchiveBytes,
    int maxRatio,
    int maxHeldBytes) {
  private static final long GIB = 1L << 30;
  private static final long MAX_UINT32 = 0xFFFFFFFFL;

  /** Room for millions of entries. */
  public static final PackLimits STANDARD =
      new PackLimits(10_000, MAX_UINT32 - 1, 10 * GIB, MAX_UINT32, 400, 1 << 25);

  public static final long RATIO_FREE_BYTES = 1 << 20;

  /**
   * What a row of the table has beyond the texts that stand in its entry: two times and an index in
   * full, the leaf hash, separators, and a mark where a text looks like a formula or is not plain.
   */
  private static final long ROW_BYTES = 320;

  /** Limits of everything but the archive itself. */
  public PackLimits(
      int maxFiles, long maxFileBytes, long maxTotalBytes, int maxRatio, int maxHeldBytes) {
    this(maxFiles, maxFileBytes, maxTotalBytes, MAX_UINT32, maxRatio, maxHeldBytes);
  }

  /**
   * Whether entries are expected to fit one pack, going by what is known before any is read. A
   * table's row holds no text that its entry does not.
   *
   * @param entries how many
   * @param bytes their bytes with a line feed behind each
   */
  public boolean fit(long entries, long bytes) {
    long table = bytes + entries * ROW_BYTES;
    return table <= maxFileBytes && bytes + table <= maxTotalBytes;
  }
}
