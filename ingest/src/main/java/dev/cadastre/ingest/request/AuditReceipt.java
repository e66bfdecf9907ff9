package dev.cadastre.ingest.request;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * The draft's {@code AuditReceipt} of one record, and where the record is in the log.
 *
 * @param recordId as its sender calls it
 * @param integrityHash SHA-256 of the event as the log holds it, in RFC 8785 form
 * @param receipt {@code RecordId}, {@code SinkTimestamp} and the rest
 */
public record AuditReceipt(String recordId, Hash integrityHash, Receipt receipt) {

  /**
   * The receipts of drafts that were appended, in their order. Reads the log for repeats.
   *
   * @param ids what their sender calls the records, in the same order
   */
  public static List<AuditReceipt> of(
      List<Draft> drafts, List<String> ids, List<Receipt> receipts, EventSink sink) {
    List<AuditReceipt> all = new ArrayList<>(receipts.size());
    for (int i = 0; i < receipts.size(); i++) {
      Draft draft = drafts.get(i);
      Receipt receipt = receipts.get(i);
      // A repeat says the same, but the server may have written otherwise what it adds itself.
      Hash hash =
          receipt.repeat()
              ? sink.eventHash(draft.log(), receipt.index())
              : Hash.sha256(draft.eventJcs());
      all.add(new AuditReceipt(ids.get(i), hash, receipt));
    }
    return all;
  }
}
