package dev.cadastre.ledger.signed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the signed heads of a cell's logs are kept, by the logs' origins: what Sunlight calls a
 * lock backend. A head is replaced before the signature is made, so that of all processes that sign
 * for a log one alone can go on from it. Safe for use by several threads and processes.
 *
 * <p>An implementation shares nothing with the database that holds the logs. Its methods throw
 * {@link dev.cadastre.ledger.model.StorageFailure} if the heads cannot be read or written.
 */
public interface SignedHeads {
  /**
   * One head to replace.
   *
   * @param origin the log's origin
   * @param expected what the head must be for that; empty if the log must have none
   * @param next what it is then
   */
  record Change(String origin, Optional<SignedHead> expected, SignedHead next) {}

  /** All heads by origin, as they are now. */
  Map<String, SignedHead> all();

  /** The head of a log; empty if it was never signed. */
  default Optional<SignedHead> of(String origin) {
    return Optional.ofNullable(all().get(origin));
  }

  /**
   * Replaces those heads that are what is expected of them. What was replaced is durable once the
   * call returns.
   *
   * @return the origins whose heads were others and are left as they were
   */
  Set<String> compareAndSet(List<Change> changes);
}
