package dev.cadastre.ingest;

import dev.cadastre.ledger.AdoptedPolicy;
import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.OnConflict;
import dev.cadastre.ledger.Receipt;
import dev.cadastre.ledger.vault.RecordSalts;
import dev.cadastre.proof.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A ledger that answers as the test wants, for what a real one does only when it is in trouble. */
class StubSink implements EventSink {
  /** 2026-11-27T12:00:00Z. */
  static final long NOW_NS = 1_795_780_800_000_000_000L;

  final List<List<Draft>> appended = new ArrayList<>();
  Function<List<Draft>, CompletableFuture<AppendResult>> answer =
      drafts -> CompletableFuture.completedFuture(receipts(drafts));
  volatile boolean accepting = true;
  Optional<AdoptedPolicy> adopted = Optional.empty();

  static AppendResult receipts(List<Draft> drafts) {
    return new AppendResult.Appended(
        drafts.stream()
            .map(draft -> new Receipt(draft.recordId(), "test", 1, Hash.ZERO, 1))
            .toList());
  }

  /** Every append ends so. */
  void answers(AppendResult result) {
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
