package dev.cadastre.ingest.foreign;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.Refused;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Log records whose body is a whole batch of foreign records, as receivers deliver it that do not
 * look into files and messages: {@code {"Records":[…]}} of CloudTrail, {@code {"records":[…]}} of
 * Azure, an {@code EventList} of Kubernetes, an array of OPA's; as text, as bytes, or as the maps
 * and arrays that JSON becomes in a Collector.
 */
public final class Batches {
  /** Each becomes an entry, so that a body must not hold any number. */
  private static final int RECORDS_MAX = 10_000;

  private static final int HEAD_CHARS = 300;

  private static final Set<String> WRAPPERS = Set.of("Records", "records");

  private Batches() {}

  /**
   * One log record for each record in the body, or the log record itself if its body is no batch.
   *
   * @throws Refused if there are too many
   */
  public static List<LogRecord> split(LogRecord log) throws Refused {
    AnyValue body = log.getBody();
    return switch (body.getValueCase()) {
      case STRING_VALUE -> splitText(log, body.getStringValue());
      case BYTES_VALUE -> splitBytes(log, body.getBytesValue());
      case KVLIST_VALUE -> splitItems(log, listIn(body.getKvlistValue().getValuesList()));
      case ARRAY_VALUE -> splitItems(log, body.getArrayValue().getValuesList());
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
          List.of(log);
    };
  }

  private static List<LogRecord> splitBytes(LogRecord log, ByteString body) throws Refused {
    boolean may =
        !body.isEmpty()
            && (body.byteAt(0) == '{' || body.byteAt(0) == '[' || body.byteAt(0) <= ' ');
    return may && body.isValidUtf8()
        ? splitText(log, body.toString(StandardCharsets.UTF_8))
        : List.of(log);
  }

  private static List<LogRecord> splitText(LogRecord log, String body) throws Refused {
    if (!mayBeBatch(body)) {
      return List.of(log);
    }
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

  /** The list of a batch that is a map, in which it may stand anywhere; empty if it is none. */
  private static List<AnyValue> listIn(List<KeyValue> pairs) {
    if (ForeignFormats.AUTO.hasMember(pairs)) {
      return List.of();
    }
    boolean events =
        pairs.stream()
            .anyMatch(
                pair ->
                    pair.getKey().equals("kind")
                        && pair.getValue().getStringValue().equals("EventList"));
    for (KeyValue pair : pairs) {
      String name = pair.getKey();
      if (WRAPPERS.contains(name) || events && name.equals("items")) {
        return pair.getValue().getArrayValue().getValuesList();
      }
    }
    return List.of();
  }

  private static List<LogRecord> splitItems(LogRecord log, List<AnyValue> items) throws Refused {
    boolean maps = items.stream().allMatch(AnyValue::hasKvlistValue);
    if (!maps || items.stream().noneMatch(Batches::mayBeRecord)) {
      return List.of(log);
    }
    requireAtMost(items.size());
    return items.stream().map(item -> log.toBuilder().setBody(item).build()).toList();
  }

  private static boolean mayBeRecord(AnyValue item) {
    return ForeignFormats.AUTO.hasMember(item.getKvlistValue().getValuesList());
  }

  private static void requireAtMost(int records) throws Refused {
    if (records > RECORDS_MAX) {
      throw new Refused("a body holds at most " + RECORDS_MAX + " records");
    }
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

  static List<RecordScanner.Piece> pieces(byte[] body) throws Refused {
    List<RecordScanner.Piece> pieces = new ArrayList<>();
    try {
      RecordScanner scanner = new RecordScanner(new ByteArrayInputStream(body));
      for (Optional<RecordScanner.Piece> piece = scanner.next();
          piece.isPresent();
          piece = scanner.next()) {
        requireAtMost(pieces.size() + 1);
        pieces.add(piece.get());
      }
    } catch (IOException e) {
      throw new Refused(String.valueOf(e.getMessage()), e);
    }
    return pieces;
  }
}
