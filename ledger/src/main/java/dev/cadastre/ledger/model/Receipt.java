package dev.cadastre.ledger.model;

import dev.cadastre.formats.Hash;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an appender gets once its entry is on disk; from it anyone gets a tlog-proof when a
 * checkpoint covers the entry.
 *
 * @param recordId the sender's id of the record, if it gave one
 * @param origin the log's origin
 * @param index the entry's place in the log, from 0
 * @param leafHash SHA-256(0x00 || entry bytes)
 * @param receivedNs unix nanoseconds, never less than the entry before
 * @param repeat whether the record had been appended before: then this is the receipt of that entry
 *     and no other was written
 * @param conflictsWith the first entry of the window that has the same id and says something else
 */
public record Receipt(
    Optional<String> recordId,
    String origin,
    long index,
    Hash leafHash,
    long receivedNs,
    boolean repeat,
    OptionalLong conflictsWith) {

  /** The receipt of an entry that was written for this very record. */
  public Receipt(
      Optional<String> recordId, String origin, long index, Hash leafHash, long receivedNs) {
    this(recordId, origin, index, leafHash, receivedNs, false, OptionalLong.empty());
  }

  /** This receipt, for the same record sent again. */
  public Receipt again() {
    return new Receipt(recordId, origin, index, leafHash, receivedNs, true, OptionalLong.empty());
  }

  /** This receipt, of an entry whose id another entry had before. */
  public Receipt conflicting(long first) {
    return new Receipt(
        recordId, origin, index, leafHash, receivedNs, repeat, OptionalLong.of(first));
  }
}
