package dev.cadastre.evidence;

import dev.cadastre.anchors.DecodedEntries;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogSource;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.attestation.AnchorPoint;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.DetectorsState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes and signs residency attestations from the entries of a period. The same period always
 * gives the same bytes, so each is computed once for all who ask at a time, and kept as long as
 * there is room. A few are computed at once, logs in turn; what each holds in memory is what the
 * attestation lists, not what it counts. Safe for use by several threads.
 */
public final class Attester implements AutoCloseable {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** A computation may list a million entries, which takes some hundred megabytes. */
  private static final long HEAP_OF_ONE = 512L << 20;

  /** As many computations of one log as may wait: each may take minutes. */
  private static final int WAITING_OF_LOG = 8;

  private static final long RETRY_FAILED_NANOS = 10_000_000_000L;

  private final Logs logs;
  private final CheckpointSigner signer;
  private final AttestationCache<Key> kept = new AttestationCache<>(HEAP / 16);
  private final Map<Key, AttestationWork> underWay = new HashMap<>();
  private final TurnPool threads =
      new TurnPool(
          "attester",
          (int)
              Math.max(
                  1, Math.min(Runtime.getRuntime().availableProcessors(), HEAP / HEAP_OF_ONE)));

  public Attester(Ledger ledger, CheckpointSigner signer) {
    this(ledger::reader, signer);
  }

  public Attester(Logs logs, CheckpointSigner signer) {
    this.logs = logs;
    this.signer = signer;
  }

  /** Where the logs are read. */
  @FunctionalInterface
  public interface Logs {
    /**
     * @throws Refused if there is no such log
     */
    LogSource reader(LogName log) throws Refused;
  }

  private record Key(String origin, long before, long after, Hash root) {}

  /** An attestation and the envelope that carries it. */
  public record Attested(ResidencyAttestation attestation, Dsse envelope) {}

  /**
   * The attestation of a period; waits for as long as it takes to compute.
   *
   * @throws Refused when there is no such log
   * @throws StorageFailure when the log cannot be read
   */
  public Attested attest(Period period) throws Refused {
    return work(period, Integer.MAX_VALUE).orElseThrow().join();
  }

  /**
   * The computation of a period's attestation, begun now unless it is under way or was done.
   *
   * @return empty while as many of the log wait as may
   * @throws Refused when there is no such log
   */
  public Optional<AttestationWork> begin(Period period) throws Refused {
    return work(period, WAITING_OF_LOG);
  }

  private synchronized Optional<AttestationWork> work(Period period, int mayWait) throws Refused {
    LogSource log = logs.reader(period.log());
    Key key = key(log, period);
    Optional<Attested> known = kept.get(key);
    if (known.isPresent()) {
      return Optional.of(AttestationWork.done(period, known.get()));
    }
    long longAgo = System.nanoTime() - RETRY_FAILED_NANOS;
    underWay.values().removeIf(work -> work.failedBefore(longAgo));
    AttestationWork same = underWay.get(key);
    if (same != null) {
      return Optional.of(same);
    }
    if (waiting(period.log()) >= mayWait) {
      return Optional.empty();
    }
    AttestationWork work = new AttestationWork(period);
    underWay.put(key, work);
    threads.submit(period.log(), () -> run(log, key, work));
    return Optional.of(work);
  }

  private static Key key(LogSource log, Period period) {
    long before = period.before().map(receipt -> receipt.entry().index()).orElse(-1L);
    return new Key(log.origin(), before, period.after().entry().index(), period.end().root());
  }

  private long waiting(LogName log) {
    return underWay.values().stream()
        .filter(work -> work.period().log().equals(log) && !work.isDone())
        .count();
  }

  private void run(LogSource log, Key key, AttestationWork work) {
    try {
      Attested attested = compute(log, work);
      synchronized (this) {
        kept.put(key, attested);
        underWay.remove(key);
      }
      work.complete(attested);
    } catch (RuntimeException | Error failure) {
      work.fail(failure, System.nanoTime());
    }
  }

  private Attested compute(LogSource log, AttestationWork work) {
    Period period = work.period();
    try {
      return compute(log, period, work);
    } catch (Refused e) {
      throw new StorageFailure("cannot attest for " + period.log() + ": " + e.getMessage(), e);
    }
  }

  private Attested compute(LogSource log, Period period, AttestationWork work) throws Refused {
    AttestationFold fold = fold(log, period, policyBefore(log, period.from()));
    DecodedEntries.forEach(
        log,
        period.from(),
        period.to(),
        entry -> {
          fold.add(entry.index(), entry.receivedNs(), entry.event());
          work.read(entry.index() + 1 - period.from());
        });
    ResidencyAttestation attestation = fold.result();
    Dsse envelope = Dsse.sign(attestation.statement(), signer.signerFor(log.origin()));
    return new Attested(attestation, envelope);
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    threads.close();
    StorageFailure closed = new StorageFailure("the ledger is being closed");
    synchronized (this) {
      underWay.values().forEach(work -> work.fail(closed, System.nanoTime()));
    }
  }

  private static AttestationFold fold(LogSource log, Period period, Optional<Entry> policy)
      throws Refused {
    Optional<DetectorsState> carried = carried(log, period.from());
    if (policy.isEmpty()) {
      return new AttestationFold(scope(log, period, Optional.empty()), Optional.empty(), carried);
    }
    long index = policy.get().index();
    if (EventCodec.decode(policy.get().eventBytes()) instanceof PolicyAdoption adoption) {
      PolicyUse use = PolicyUse.of(index, adoption);
      return new AttestationFold(
          scope(log, period, Optional.of(use)), Optional.of(adoption), carried);
    }
    throw new Refused("entry " + index + " adopts no policy");
  }

  private static Optional<DetectorsState> carried(LogSource log, long from) throws Refused {
    return from == 0
        ? Optional.empty()
        : DetectorsState.in(EventCodec.decode(log.entry(from - 1).eventBytes()));
  }

  private static AttestationScope scope(LogSource log, Period period, Optional<PolicyUse> policy)
      throws Refused {
    Optional<AnchorPoint> before = Optional.empty();
    if (period.before().isPresent()) {
      before = Optional.of(point(period.before().get()));
    }
    AnchorPoint after = point(period.after());
    long fromNs = before.isPresent() ? before.get().timeNs() : log.entry(period.from()).received();
    return new AttestationScope(
        log.origin(),
        period.from(),
        period.to(),
        period.start().isPresent() ? period.start().get().root() : Merkle.EMPTY_ROOT,
        period.end().root(),
        fromNs,
        after.timeNs(),
        before,
        Optional.of(after),
        policy);
  }

  private static AnchorPoint point(AnchorReceipt receipt) throws Refused {
    return AnchorPoint.of(receipt.entry().index(), receipt.anchor());
  }

  private static Optional<Entry> policyBefore(LogSource log, long from) throws Refused {
    OptionalLong index = log.policyBefore(from);
    return index.isPresent() ? Optional.of(log.entry(index.getAsLong())) : Optional.empty();
  }
}
