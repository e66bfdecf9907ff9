package dev.cadastre.ingest.request;

import dev.cadastre.ledger.model.Receipt;
import java.util.List;
import java.util.Optional;

/** How a request ended; each transport says it in its own way. */
public sealed interface IntakeOutcome
    permits IntakeOutcome.Accepted, IntakeOutcome.Audited, Refusal {

  /**
   * Everything is on disk.
   *
   * @param receipts one for each record kept, in the order of the request
   * @param warning what the sender should know all the same
   */
  record Accepted(List<Receipt> receipts, Optional<String> warning) implements IntakeOutcome {
    public Accepted {
      receipts = List.copyOf(receipts);
    }
  }

  /** Every audit record is on disk; one receipt for each, in the order of the request. */
  record Audited(List<AuditReceipt> receipts) implements IntakeOutcome {
    public Audited {
      receipts = List.copyOf(receipts);
    }
  }
}
