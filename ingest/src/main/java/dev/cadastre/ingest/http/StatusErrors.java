package dev.cadastre.ingest.http;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.cadastre.ingest.IngestSettings;
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
    reply.error(
        code, Status.newBuilder().setCode(meaning(code).getNumber()).setMessage(text).build());
  }

  /** What gRPC calls the like of it. */
  private static Code meaning(int code) {
    return switch (code) {
      case HttpStatus.UNAUTHORIZED_401 -> Code.UNAUTHENTICATED;
      case HttpStatus.FORBIDDEN_403 -> Code.PERMISSION_DENIED;
      case HttpStatus.NOT_FOUND_404 -> Code.NOT_FOUND;
      case HttpStatus.REQUEST_TIMEOUT_408, HttpStatus.SERVICE_UNAVAILABLE_503 -> Code.UNAVAILABLE;
      case HttpStatus.PAYLOAD_TOO_LARGE_413,
          HttpStatus.URI_TOO_LONG_414,
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          Code.RESOURCE_EXHAUSTED;
      case HttpStatus.METHOD_NOT_ALLOWED_405,
          HttpStatus.UPGRADE_REQUIRED_426,
          HttpStatus.NOT_IMPLEMENTED_501,
          HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
          Code.UNIMPLEMENTED;
      default -> HttpStatus.isServerError(code) ? Code.INTERNAL : Code.INVALID_ARGUMENT;
    };
  }
}
