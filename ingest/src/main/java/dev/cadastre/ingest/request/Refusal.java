package dev.cadastre.ingest.request;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request is refused as a whole.
 *
 * @param message for the developer on the other side
 * @param retryAfter when to try again; given exactly when the reason is temporary
 * @param violations what is wrong with which parts of the request, as far as that is known
 */
public record Refusal(
    Reason reason, String message, Optional<Duration> retryAfter, List<Violation> violations)
    implements IntakeOutcome {

  /**
   * One thing wrong.
   *
   * @param field where, such as {@code logRecords[2].attributes["audit.actor.id"]}
   */
  public record Violation(String field, String description) {}

  /** Why, with the HTTP status and the gRPC code that say so and tell an OTLP client what to do. */
  public enum Reason {
    BAD_DATA(400, Code.INVALID_ARGUMENT),
    UNAUTHENTICATED(401, Code.UNAUTHENTICATED),
    FORBIDDEN(403, Code.PERMISSION_DENIED),
    NOT_FOUND(404, Code.UNIMPLEMENTED),
    METHOD_NOT_ALLOWED(405, Code.UNIMPLEMENTED),
    CONFLICT(409, Code.ALREADY_EXISTS),
    TOO_LARGE(413, Code.RESOURCE_EXHAUSTED),
    UNSUPPORTED_TYPE(415, Code.INVALID_ARGUMENT),
    RATE_LIMITED(429, Code.RESOURCE_EXHAUSTED),
    SHARE_EXCEEDED(429, Code.RESOURCE_EXHAUSTED),
    BUG(500, Code.INTERNAL),
    // 408 would be the word for a slow sender, but OTLP clients drop what they are told 408 for.
    SLOW_SENDER(503, Code.UNAVAILABLE),
    OVERLOADED(503, Code.UNAVAILABLE),
    UNAVAILABLE(503, Code.UNAVAILABLE);

    private final int http;
    private final Code grpc;

    Reason(int http, Code grpc) {
      this.http = http;
      this.grpc = grpc;
    }

    public int http() {
      return http;
    }

    Code grpc() {
      return grpc;
    }

    boolean temporary() {
      return http == 503 || http == 429;
    }
  }

  public Refusal {
    violations = List.copyOf(violations);
    if (reason.temporary() != retryAfter.isPresent()) {
      throw new IllegalArgumentException("exactly the temporary refusals say when to retry");
    }
  }

  public static Refusal of(Reason reason, String message) {
    return new Refusal(reason, message, Optional.empty(), List.of());
  }

  public static Refusal retry(Reason reason, String message, Duration after) {
    return new Refusal(reason, message, Optional.of(after), List.of());
  }

  public static Refusal violations(Reason reason, String message, List<Violation> violations) {
    return new Refusal(reason, message, Optional.empty(), violations);
  }

  /** The {@code google.rpc.Status} that both transports carry. */
  public Status status() {
    Status.Builder status =
        Status.newBuilder().setCode(reason.grpc().getNumber()).setMessage(message);
    if (!violations.isEmpty()) {
      status.addDetails(Any.pack(badRequest(violations)));
    } else if (reason == Reason.BAD_DATA) {
      status.addDetails(Any.pack(badRequest(List.of(new Violation("request", message)))));
    }
    retryAfter.ifPresent(
        after ->
            status.addDetails(
                Any.pack(RetryInfo.newBuilder().setRetryDelay(delay(after)).build())));
    return status.build();
  }

  private static BadRequest badRequest(List<Violation> violations) {
    BadRequest.Builder request = BadRequest.newBuilder();
    for (Violation one : violations) {
      request.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField(one.field)
              .setDescription(one.description));
    }
    return request.build();
  }

  private static com.google.protobuf.Duration delay(Duration after) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(after.getSeconds())
        .setNanos(after.getNano())
        .build();
  }
}
