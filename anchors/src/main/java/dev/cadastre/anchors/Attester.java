package dev.cadastre.anchors;

import dev.cadastre.ledger.CheckpointSigner;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LogReader;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.attestation.AnchorPoint;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Scope;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.PolicyAdoption;
import dev.cadastre.proof.tlog.Merkle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes and signs residency attestations from the entries of a period. The same period always
 * gives the same bytes, so the last few are kept rather than counted again. Safe for use by several
 * threads.
 */
public final class Attester {
  private static final int KEPT = 64;

  private final Ledger ledger;
  private final CheckpointSigner signer;
  private final Map<Key, Attested> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Attested> eldest) {
          return size() > KEPT;
        }
      };

  public Attester(Ledger ledger, CheckpointSigner signer) {
    this.ledger = ledger;
    this.signer = signer;
  }

  private record Key(String origin, long before, long after) {}

  /** An attestation and the envelope that carries it. */
  public record Attested(ResidencyAttestation attestation, Dsse envelope) {}

  /**
   * The attestation of a period.
   *
   * @throws Refused when the ledger has no such log
   * @throws StorageFailure when the log cannot be read
   */
  public Attested attest(Period period) throws Refused {
    LogReader log = ledger.reader(period.log());
    long before = period.before().map(receipt -> receipt.entry().index()).orElse(-1L);
    Key key = new Key(log.origin(), before, period.after().entry().index());
    synchronized (kept) {
      Attested known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Attested computed = compute(log, period);
    synchronized (kept) {
      kept.put(key, computed);
    }
    return computed;
  }

  private Attested compute(LogReader log, Period period) {
    try {
      AttestationFold fold = fold(log, period, policyBefore(log, period.from()));
      log.entries(period.from(), period.to(), entry -> add(fold, entry));
      ResidencyAttestation attestation = fold.result();
      Dsse envelope = Dsse.sign(attestation.statement(), signer.signerFor(log.origin()));
      return new Attested(attestation, envelope);
    } catch (Refused e) {
      throw new StorageFailure("cannot attest for " + period.log() + ": " + e.getMessage(), e);
    }
  }

  private static void add(AttestationFold fold, Entry entry) {
    try {
      fold.add(entry);
    } catch (Refused e) {
      throw new StorageFailure("entry " + entry.index() + " is damaged: " + e.getMessage(), e);
    }
  }

  private static AttestationFold fold(LogReader log, Period period, Optional<Entry> policy)
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

  private static Optional<DetectorsState> carried(LogReader log, long from) throws Refused {
    return from == 0
        ? Optional.empty()
        : DetectorsState.in(EventCodec.decode(log.entry(from - 1).eventBytes()));
  }

  private static Scope scope(LogReader log, Period period, Optional<PolicyUse> policy)
      throws Refused {
    Optional<AnchorPoint> before = Optional.empty();
    if (period.before().isPresent()) {
      before = Optional.of(point(period.before().get()));
    }
    AnchorPoint after = point(period.after());
    long fromNs = before.isPresent() ? before.get().timeNs() : log.entry(period.from()).received();
    return new Scope(
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

  private static Optional<Entry> policyBefore(LogReader log, long from) throws Refused {
    OptionalLong index = log.policyBefore(from);
    return index.isPresent() ? Optional.of(log.entry(index.getAsLong())) : Optional.empty();
  }
}
