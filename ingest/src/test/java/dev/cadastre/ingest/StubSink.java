package dev.cadastre.ingest;

import dev.cadastre.formats.Hash;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.vault.RecordSalts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A ledger that answers as the test wants, for what a real one does only when it is in trouble. */
public class StubSink implements EventSink {
  /** 2026-11-27T12:00:00Z. */
  public static final long NOW_NS = 1_795_780_800_000_000_000L;

  public final List<List<Draft>> appended = new ArrayList<>();
  public Function<List<Draft>, CompletableFuture<AppendResult>> answer =
      drafts -> CompletableFuture.completedFuture(receipts(drafts));
  public volatile boolean accepting = true;
  public Optional<AdoptedPolicy> adopted = Optional.empty();

  public static AppendResult receipts(List<Draft> drafts) {
    return new AppendResult.Appended(
        drafts.stream()
            .map(draft -> new Receipt(draft.recordId(), "test", 1, Hash.ZERO, 1))
            .toList());
  }

  /** Every append ends so. */
  public void answers(AppendResult result) {
    answer = drafts -> CompletableFuture.completedFuture(result);
  }

  @Override
  public boolean has(LogName log) {
    return log.equals(TestCell.ACME_LOG);
  }

  @Override
  public Optional<AdoptedPolicy> policy(LogName log) {
    return adopted;
  }

  @Override
  public long nowNs() {
    return NOW_NS;
  }

  @Override
  public RecordSalts salts(LogName log) {
    return RecordSalts.of(new byte[32]);
  }

  @Override
  public boolean accepting() {
    return accepting;
  }

  @Override
  public CompletableFuture<AppendResult> append(List<Draft> drafts, OnConflict onConflict) {
    appended.add(drafts);
    return answer.apply(drafts);
  }

  @Override
  public Hash eventHash(LogName log, long index) {
    return Hash.ZERO;
  }
}
