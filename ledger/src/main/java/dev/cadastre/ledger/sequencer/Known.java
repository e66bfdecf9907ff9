package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.model.Receipt;
import java.util.List;
import java.util.Optional;

/** What is known of a draft's id. */
sealed interface Known {
  /** Whether the record is the same; otherwise another one has its id. */
  boolean samePayload();

  /** The receipt of the record with that id, given those of the drafts before. */
  Receipt receipt(List<Receipt> before);

  /** The receipt of the entry that has the id, if it is one of an earlier append. */
  Optional<Receipt> entry();

  /** An entry of the log has it. */
  record InLog(Receipt first, boolean samePayload) implements Known {
    @Override
    public Receipt receipt(List<Receipt> before) {
      return first;
    }

    @Override
    public Optional<Receipt> entry() {
      return Optional.of(first);
    }
  }

  /** An earlier draft of the same append has it. */
  record InAppend(int position, boolean samePayload) implements Known {
    @Override
    public Receipt receipt(List<Receipt> before) {
      return before.get(position);
    }

    @Override
    public Optional<Receipt> entry() {
      return Optional.empty();
    }
  }
}
