package dev.cadastre.ingest.http;

import com.google.rpc.Status;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.answer.AuditAnswers;
import dev.cadastre.ingest.answer.OtlpAnswers;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answer to one HTTP request.
 *
 * <p>A refused request is answered only after the rest of its body was read and thrown away, within
 * limits: a connection that is closed while its client still sends is reset, and most clients then
 * see a broken connection instead of the answer (RFC 9112, section 9.6).
 */
final class HttpReply {
  /** Reading into nothing costs next to nothing, so even small limits grant a large body this. */
  private static final long THROWN_AWAY_MIN = 64L << 20;

  private static final Duration THROWING_AWAY_MAX = Duration.ofSeconds(10);

  private static final String PREFER = "Prefer";

  private final IngestSettings settings;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Encoding encoding;
  private long thrownAway;
  private long refusedNanoTime;

  HttpReply(IngestSettings settings, Request request, Response response, Callback callback) {
    this.settings = settings;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.encoding =
        Encoding.of(contentType(request))
            .orElse(Encoding.JSON); // OTLP says nothing; JSON is legible
  }

  static String contentType(Request request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE)).orElse("");
  }

  /** How long ago the request began to arrive. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime());
  }

  void accept(Signal signal, IntakeOutcome.Accepted accepted) {
    write(200, OtlpAnswers.accepted(signal, encoding, accepted.warning()));
  }

  /** With the receipts, unless the client prefers not to be told them (RFC 7240 section 4.2). */
  void accept(IntakeOutcome.Audited audited) {
    boolean brief =
        request.getHeaders().getCSV(PREFER, false).stream()
            .anyMatch(one -> one.replace(" ", "").equalsIgnoreCase("return=minimal"));
    if (brief) {
      response.getHeaders().put("Preference-Applied", "return=minimal");
    }
    write(200, AuditAnswers.receipts(encoding, brief ? List.of() : audited.receipts()));
  }

  /** Answers once the body has ended, or cannot be waited for any longer. */
  void refuse(Refusal refusal) {
    refusedNanoTime = System.nanoTime();
    throwAwayAndRefuse(refusal);
  }

  private void throwAwayAndRefuse(Refusal refusal) {
    while (worthReading(refusal)) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> throwAwayAndRefuse(refusal));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      thrownAway += chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        refuseNow(refusal);
        return;
      }
    }
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    refuseNow(refusal);
  }

  private boolean worthReading(Refusal refusal) {
    boolean clientWaitsForUs = request.getHeaders().contains(HttpHeader.EXPECT);
    return !clientWaitsForUs
        && refusal.reason() != Refusal.Reason.SLOW_SENDER
        && thrownAway <= Math.max(THROWN_AWAY_MIN, 2L * settings.requestBytesMax())
        && System.nanoTime() - refusedNanoTime < THROWING_AWAY_MAX.toNanos();
  }

  /** Answers at once: the body is known to have ended. */
  void refuseNow(Refusal refusal) {
    hints(refusal);
    error(refusal.reason().http(), refusal.status());
  }

  /** Answers with any error status. */
  void error(int httpStatus, Status status) {
    write(httpStatus, OtlpAnswers.refused(encoding, status));
  }

  /** Breaks the connection off, so that the client does not wait for an answer. */
  void abandon(Throwable cause) {
    callback.failed(cause);
  }

  private void hints(Refusal refusal) {
    if (refusal.reason() == Refusal.Reason.UNAUTHENTICATED) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"cadastre\"");
    }
    if (refusal.reason() == Refusal.Reason.METHOD_NOT_ALLOWED) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
    }
    refusal.retryAfter().ifPresent(this::retryAfter);
  }

  void retryAfter(Duration after) {
    long seconds = after.plusMillis(999).toSeconds();
    response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
  }

  private void write(int status, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, encoding.contentType());
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
