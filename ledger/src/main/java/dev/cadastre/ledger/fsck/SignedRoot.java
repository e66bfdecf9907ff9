package dev.cadastre.ledger.fsck;

/**
 * Something signed that states what a log's root is at a size.
 *
 * @param table where it is kept
 * @param index what it is called there: a size, or an anchor's entry
 * @param size the size that its row states
 * @param note the signed note
 * @param madeNs when it was made, Unix nanoseconds; {@link Long#MAX_VALUE} if that is not said
 */
record SignedRoot(String table, long index, long size, byte[] note, long madeNs) {
  SignedRoot(String table, long index, long size, byte[] note) {
    this(table, index, size, note, Long.MAX_VALUE);
  }
}
