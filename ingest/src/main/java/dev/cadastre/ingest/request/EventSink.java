package dev.cadastre.ingest.request;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.vault.Pseudonyms;
import dev.cadastre.ledger.vault.RecordSalts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What ingest needs of the ledger. */
public interface EventSink {
  /** Whether there is a log of that name. */
  boolean has(LogName log);

  /** The policy in force in a log. */
  Optional<AdoptedPolicy> policy(LogName log);

  /** What an entry would be received at now, Unix nanoseconds, unless its log is ahead of that. */
  long nowNs();

  /** The salts of a log's records that have ids; for use by one thread. */
  RecordSalts salts(LogName log);

  /** The pseudonyms of persons in a log now; for use by one thread. Empty where there are none. */
  default Optional<Pseudonyms> pseudonyms(LogName log) {
    return Optional.empty();
  }

  /** Whether appends are taken at all. */
  boolean accepting();

  /** Appends all drafts or none; completes once they are on disk, synced. */
  CompletableFuture<AppendResult> append(List<Draft> drafts, OnConflict onConflict);

  /**
   * The hash of an entry's event, which senders know as the record's integrity hash. Reads the log.
   */
  Hash eventHash(LogName log, long index);

  static EventSink of(Ledger ledger) {
    return new EventSink() {
      @Override
      public boolean has(LogName log) {
        return ledger.exists(log);
      }

      @Override
      public Optional<AdoptedPolicy> policy(LogName log) {
        return ledger.policy(log);
      }

      @Override
      public long nowNs() {
        return ledger.nowNs();
      }

      @Override
      public RecordSalts salts(LogName log) {
        return ledger.recordSalts(log);
      }

      @Override
      public Optional<Pseudonyms> pseudonyms(LogName log) {
        return Optional.of(ledger.pseudonyms(log));
      }

      @Override
      public boolean accepting() {
        return ledger.health().accepting();
      }

      @Override
      public CompletableFuture<AppendResult> append(List<Draft> drafts, OnConflict onConflict) {
        return ledger.append(drafts, onConflict);
      }

      @Override
      public Hash eventHash(LogName log, long index) {
        try {
          return Hash.sha256(ledger.reader(log).entry(index).eventBytes());
        } catch (Refused e) {
          throw new IllegalStateException("an entry that has a receipt is not in its log", e);
        }
      }
    };
  }
}
