package dev.cadastre.ingest.request;

import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What senders are told when the fault is ours. */
public final class InternalErrors {
  private static final Logger LOG = LoggerFactory.getLogger(InternalErrors.class);
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);

  private InternalErrors() {}

  /** Storage trouble is temporary, so that nobody drops evidence for it; all else is a bug. */
  public static Refusal refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof LogStopped stopped) {
      return Refusal.retry(
          Refusal.Reason.UNAVAILABLE, String.valueOf(stopped.getMessage()), STORAGE_RETRY);
    }
    if (cause instanceof StorageFailure) {
      LOG.error("storage fails, senders are asked to retry: {}", cause.getMessage());
      return Refusal.retry(
          Refusal.Reason.UNAVAILABLE, "the ledger's storage does not answer", STORAGE_RETRY);
    }
    LOG.error("a request met a bug", cause);
    return Refusal.of(Refusal.Reason.BUG, "the request met a bug in the server; its log says more");
  }

  /** An answer could not be given: its transport is broken, or we are. */
  public static @Nullable Void unanswered(Throwable failure) {
    LOG.error("a request that was dealt with could not be answered", failure);
    return null;
  }
}
