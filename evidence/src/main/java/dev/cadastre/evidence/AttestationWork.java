package dev.cadastre.evidence;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one computation of a period's attestation, for all who ask for it. */
public final class AttestationWork {
  private final Period period;
  private final CompletableFuture<Attester.Attested> result = new CompletableFuture<>();
  private volatile long done;
  private volatile long failedNanos;

  AttestationWork(Period period) {
    this.period = period;
  }

  /** What is there already. */
  static AttestationWork done(Period period, Attester.Attested attested) {
    AttestationWork work = new AttestationWork(period);
    work.result.complete(attested);
    return work;
  }

  public Period period() {
    return period;
  }

  /** The part of the entries that was read, 0 to 1. */
  public double progress() {
    return Math.min(1.0, (double) done / Math.max(1, period.to() - period.from()));
  }

  /**
   * The attestation, if it is there within that time; the interest in it does not end with the
   * wait.
   *
   * @throws Refused when it cannot be made
   * @throws StorageFailure when the log cannot be read
   */
  public Optional<Attester.Attested> await(long millis) throws Refused {
    try {
      return Optional.of(result.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException unfinished) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw failure(failed);
    }
  }

  Attester.Attested join() throws Refused {
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw failure(failed);
    }
  }

  /** What was said of the store is passed on as it was said. */
  private static Refused failure(Exception failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Refused refused) {
      return refused;
    }
    if (cause instanceof StorageFailure said) {
      throw said;
    }
    throw new StorageFailure("the attestation was not computed: " + cause, failed);
  }

  void read(long entries) {
    done = entries;
  }

  void complete(Attester.Attested attested) {
    result.complete(attested);
  }

  void fail(Throwable cause, long nanos) {
    failedNanos = nanos;
    result.completeExceptionally(cause);
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Whether it failed, and so long ago that it is worth another attempt. */
  boolean failedBefore(long nanos) {
    return result.isCompletedExceptionally() && nanos - failedNanos > 0;
  }
}
