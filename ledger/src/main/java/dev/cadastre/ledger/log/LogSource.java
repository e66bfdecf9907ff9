package dev.cadastre.ledger.log;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What it takes to attest for a log and to put it into packs. All of it follows from the log's
 * tiles and entry bundles, so a cell elsewhere that serves those can be read, too.
 *
 * <p>What a caller asks for that the log does not have is {@link Refused}; a log that cannot be
 * read is {@link dev.cadastre.ledger.model.StorageFailure}.
 */
public interface LogSource {
  LogName log();

  String origin();

  /** Number of entries. */
  long size();

  Entry entry(long index) throws Refused;

  /** Hands over entries from (inclusive) to (exclusive), in order. */
  void entries(long from, long to, Consumer<Entry> consumer) throws Refused;

  /** The same for the entries' exact bytes, not parsed; shared, not to be changed. */
  void bytes(long from, long to, Consumer<byte[]> consumer) throws Refused;

  /**
   * At least the bytes of entries from (inclusive) to (exclusive), two for the length of each
   * included.
   */
  long storedBytes(long from, long to) throws Refused;

  /** The compact range [0, size) of the tree. */
  Frontier frontier(long size) throws Refused;

  /** The proof that entry {@code index} is in the tree of the first {@code size} entries. */
  InclusionProof inclusion(long index, long size) throws Refused;

  /** The entry that adopted the policy by which an entry at {@code index} is judged. */
  OptionalLong policyBefore(long index) throws Refused;
}
