package dev.cadastre.portal.services;

import dev.cadastre.evidence.AttestationWork;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.formats.Refused;
import dev.cadastre.portal.http.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Where people and programs ask for attestations. What is there, or there within a moment, they
 * get; a longer computation goes on without them, and they are told how far it is.
 */
public final class AttestationDesk {
  /** When to look again. */
  public static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private static final long MOMENT_MS = 2_000;

  /** Requests that may hold a thread for a moment; others are told at once how far it is. */
  private static final int WAITING_MAX = 16;

  private static final Duration TURN = Duration.ofSeconds(10);

  private final Attester attester;
  private final long momentMs;
  private final Semaphore waiting = new Semaphore(WAITING_MAX);
  private final AttestationText predicates =
      new AttestationText(attested -> attested.attestation().toJson());
  private final AttestationText envelopes =
      new AttestationText(attested -> attested.envelope().toJson());

  public AttestationDesk(Attester attester) {
    this(attester, MOMENT_MS);
  }

  AttestationDesk(Attester attester, long momentMs) {
    this.attester = attester;
    this.momentMs = momentMs;
  }

  /** The computation for a period, begun now if there is none. */
  public AttestationWork ask(Period period) throws Refused {
    return attester
        .begin(period)
        .orElseThrow(
            () ->
                Problem.tooMany(
                    "Several attestations of this log are being computed. Wait for one of them.",
                    TURN));
  }

  /** The attestation, if it is there within a moment. */
  public Optional<Attester.Attested> soon(AttestationWork work) throws Refused {
    if (!waiting.tryAcquire()) {
      return work.await(0);
    }
    try {
      return work.await(momentMs);
    } finally {
      waiting.release();
    }
  }

  /** What the attestation says, as JSON; not to be changed. */
  public byte[] predicate(Attester.Attested attested) {
    return predicates.of(attested);
  }

  /** The signed envelope, as JSON; not to be changed. */
  public byte[] envelope(Attester.Attested attested) {
    return envelopes.of(attested);
  }
}
