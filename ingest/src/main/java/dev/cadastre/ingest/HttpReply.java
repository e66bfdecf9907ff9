package dev.cadastre.ingest;

import com.google.rpc.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
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
 * limits: many clients see a broken connection instead of an answer that comes before they have
 * sent everything.
 */
final class HttpReply {
  private final IngestSettings settings;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Encoding encoding;
  private long thrownAway;

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

  void accept(Signal signal, Outcome.Accepted accepted) {
    write(200, OtlpAnswers.accepted(signal, encoding, accepted.warning()));
  }

  /** Answers once the body has ended, or cannot be waited for any longer. */
  void refuse(Refusal refusal) {
    while (worthReading()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> refuse(refusal));
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

  private boolean worthReading() {
    boolean clientWaitsForUs = request.getHeaders().contains(HttpHeader.EXPECT);
    return !clientWaitsForUs
        && thrownAway <= 2L * settings.requestBytesMax()
        && age().compareTo(settings.bodyTimeout()) < 0;
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
