package dev.cadastre.ingest;

import dev.cadastre.ledger.AdoptedPolicy;
import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LogName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What ingest needs of the ledger. */
interface EventSink {
  /** Whether there is a log of that name. */
  boolean has(LogName log);

  /** The policy in force in a log. */
  Optional<AdoptedPolicy> policy(LogName log);

  /** Whether appends are taken at all. */
  boolean accepting();

  /** Appends all drafts or none; completes once they are on disk, synced. */
  CompletableFuture<AppendResult> append(List<Draft> drafts);

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
      public boolean accepting() {
        return ledger.health().accepting();
      }

      @Override
      public CompletableFuture<AppendResult> append(List<Draft> drafts) {
        return ledger.append(drafts);
      }
    };
  }
}
