package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import java.util.Optional;

/**
 * Something that states what a log's root is at a size: a signed note, or the head that is kept
 * apart.
 *
 * @param table where it is kept
 * @param index what it is called there: a size, or an anchor's entry
 * @param size the size that its row states
 * @param note the signed note; empty of a head
 * @param madeNs when it was made, Unix nanoseconds; {@link Long#MAX_VALUE} if that is not said
 * @param head the root of a head, which no signature covers
 */
record SignedRoot(
    String table, long index, long size, byte[] note, long madeNs, Optional<Hash> head) {
  static final String HEADS = SignedHeadsFile.DIRECTORY + "/" + SignedHeadsFile.FILE;

  SignedRoot(String table, long index, long size, byte[] note, long madeNs) {
    this(table, index, size, note, madeNs, Optional.empty());
  }

  SignedRoot(String table, long index, long size, byte[] note) {
    this(table, index, size, note, Long.MAX_VALUE);
  }

  static SignedRoot of(SignedHead head) {
    return new SignedRoot(
        HEADS, head.size(), head.size(), new byte[0], Long.MAX_VALUE, Optional.of(head.root()));
  }
}
