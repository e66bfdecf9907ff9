package dev.cadastre.ingest.foreign;

import dev.cadastre.proof.Refused;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log records whose body is a whole batch of foreign records, as receivers deliver it that do not
 * look into files and messages: {@code {"Records":[…]}} of CloudTrail, {@code {"records":[…]}} of
 * Azure, an {@code EventList} of Kubernetes, an array of OPA's.
 */
public final class Batches {
  /** Each becomes an entry, so that a body must not hold any number. */
  private static final int RECORDS_MAX = 10_000;

  private static final int HEAD_CHARS = 300;

  private Batches() {}

  /**
   * One log record for each record in the body, or the log record itself if its body is no batch.
   *
   * @throws Refused if there are too many
   */
  public static List<LogRecord> split(LogRecord log) throws Refused {
    if (!log.getBody().hasStringValue() || !mayBeBatch(log.getBody().getStringValue())) {
      return List.of(log);
    }
    String body = log.getBody().getStringValue();
    List<RecordScanner.Piece> pieces = pieces(body.getBytes(StandardCharsets.UTF_8));
    boolean whole = !pieces.isEmpty() && pieces.stream().allMatch(p -> p.problem().isEmpty());
    if (!whole || pieces.size() == 1 && pieces.get(0).bytes().length == body.strip().length()) {
      return List.of(log);
    }
    List<LogRecord> records = new ArrayList<>(pieces.size());
    for (RecordScanner.Piece piece : pieces) {
      AnyValue.Builder text =
          AnyValue.newBuilder().setStringValue(new String(piece.bytes(), StandardCharsets.UTF_8));
      records.add(log.toBuilder().setBody(text).build());
    }
    return records;
  }

  private static boolean mayBeBatch(String body) {
    int at = 0;
    while (at < body.length() && body.charAt(at) <= ' ') {
      at++;
    }
    if (at == body.length() || body.charAt(at) != '{' && body.charAt(at) != '[') {
      return false;
    }
    String head = body.substring(at, Math.min(body.length(), at + HEAD_CHARS));
    boolean shaped =
        head.matches("(?s)\\[\\s*\\{.*|\\{\\s*\"[Rr]ecords\"\\s*:\\s*\\[.*")
            || head.contains("\"EventList\"");
    return shaped && ForeignFormats.AUTO.mayHold(body);
  }

  private static List<RecordScanner.Piece> pieces(byte[] body) throws Refused {
    List<RecordScanner.Piece> pieces = new ArrayList<>();
    try {
      RecordScanner scanner = new RecordScanner(new ByteArrayInputStream(body));
      for (Optional<RecordScanner.Piece> piece = scanner.next();
          piece.isPresent();
          piece = scanner.next()) {
        if (pieces.size() == RECORDS_MAX) {
          throw new Refused("a body holds at most " + RECORDS_MAX + " records");
        }
        pieces.add(piece.get());
      }
    } catch (IOException e) {
      throw new Refused(String.valueOf(e.getMessage()), e);
    }
    return pieces;
  }
}
