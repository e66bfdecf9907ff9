package dev.cadastre.ledger.fsck;

/**
 * Something signed that states what a log's root is at a size.
 *
 * @param table where it is kept
 * @param index what it is called there: a size, or an anchor's entry
 * @param size the size that its row states
 * @param note the signed note
 */
record SignedRoot(String table, long index, long size, byte[] note) {}
