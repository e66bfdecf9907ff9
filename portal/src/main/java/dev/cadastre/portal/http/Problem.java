package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that cannot be answered as asked, on its way to the visitor: an error page, or problem
 * details (RFC 9457) for programs.
 *
 * <p>Unchecked, because it ends the request from any depth and only the dispatcher catches it.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String detail;
  private final transient Optional<Duration> retryAfter;

  private Problem(int status, String title, String detail, Optional<Duration> retryAfter) {
    super(status + " " + title + ": " + detail, null, false, false);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  public Problem(int status, String title, String detail) {
    this(status, title, detail, Optional.empty());
  }

  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** A refusal of the request's own content. */
  public static Problem badRequest(Refused refused) {
    return badRequest(String.valueOf(refused.getMessage()));
  }

  public static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
  }

  public static Problem unauthenticated(String detail) {
    return new Problem(401, "Sign in first", detail);
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "Not allowed", detail);
  }

  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  /** The thing asked for exists but is not ready; asking again later helps. */
  public static Problem tooEarly(String detail, Duration retryAfter) {
    return new Problem(425, "Too early", detail, Optional.of(retryAfter));
  }

  public static Problem tooMany(String detail, Duration retryAfter) {
    return new Problem(429, "Too many requests", detail, Optional.of(retryAfter));
  }

  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(503, "Not available", detail, Optional.of(retryAfter));
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return detail;
  }

  /** How long to wait before asking again, where that helps. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Problem details as JSON. */
  public byte[] json() {
    return Json.Obj.builder()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .build()
        .jcs();
  }
}
