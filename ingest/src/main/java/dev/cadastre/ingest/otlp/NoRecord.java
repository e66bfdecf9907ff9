package dev.cadastre.ingest.otlp;

import dev.cadastre.ingest.request.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Requests whose body has something in it and yet no record: another format, most often, or other
 * names than OTLP's. Unknown members are ignored, so such a request is sound, and its sender would
 * believe that it was kept.
 */
public final class NoRecord {
  /** What encoders write of a request without records. */
  private static final Pattern EMPTY =
      Pattern.compile(
          "\\s*\\{\\s*(?:\"resource(?:Logs|Spans)\"\\s*:\\s*(?:\\[\\s*]|null)\\s*)?}\\s*");

  private static final int EMPTY_BYTES_MAX = 200;
  private static final int HEAD_BYTES = 4_096;

  private NoRecord() {}

  /** What the sender is told of a body without a record; empty if the body is empty, too. */
  public static Optional<String> in(Encoding encoding, byte[] body) {
    return switch (encoding) {
      case PROTOBUF -> body.length == 0 ? Optional.empty() : Optional.of(told(""));
      case JSON -> isEmpty(body) ? Optional.empty() : Optional.of(told(hint(head(body))));
    };
  }

  private static boolean isEmpty(byte[] body) {
    return body.length <= EMPTY_BYTES_MAX
        && EMPTY.matcher(new String(body, StandardCharsets.UTF_8)).matches();
  }

  private static String head(byte[] body) {
    int length = Math.min(body.length, HEAD_BYTES);
    return new String(body, 0, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }

  private static String told(String hint) {
    return "the body holds no record, and nothing was kept" + hint;
  }

  private static String hint(String head) {
    if (head.contains("\"resource_logs\"") || head.contains("\"resource_spans\"")) {
      return "; OTLP/JSON has names in lowerCamelCase, such as resourceLogs";
    }
    if (head.contains("\"resourcelogs\"") || head.contains("\"resourcespans\"")) {
      return "; logs go to /v1/logs and spans to /v1/traces, inside Resource and scope";
    }
    if (head.contains("audit.k8s.io") || head.contains("\"auditid\"")) {
      return "; a kube-apiserver sends to /v1/events/kubernetes";
    }
    if (head.contains("\"specversion\"")) {
      return "; CloudEvents go to /v1/events/cloudevents";
    }
    return "; it is not OTLP, which begins with resourceLogs or resourceSpans. What other systems"
        + " send themselves goes to /v1/events/…";
  }
}
