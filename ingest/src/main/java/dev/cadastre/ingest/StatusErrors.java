package dev.cadastre.ingest;

import com.google.rpc.Status;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty itself refuses (a bad header, a request during shutdown) is told as OTLP wants it. */
final class StatusErrors extends ErrorHandler {
  private static final Duration SHUTDOWN_RETRY = Duration.ofSeconds(5);

  private final IngestSettings settings;

  StatusErrors(IngestSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    HttpReply reply = new HttpReply(settings, request, response, callback);
    if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
      reply.retryAfter(SHUTDOWN_RETRY);
    }
    String text = message == null ? HttpStatus.getMessage(code) : message;
    reply.error(code, Status.newBuilder().setMessage(text).build());
  }
}
