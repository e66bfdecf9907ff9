package dev.cadastre.ingest.foreign;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.envelope.JsonSlices;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Log records whose body is several foreign records, one a line or one after the other, as files
 * hold them and as HTTP collectors are sent them. One that breaks off takes no other along.
 */
public final class Lines {
  private Lines() {}

  /**
   * One log record for each record in the body, or the log record itself if its body is one text.
   *
   * @throws Refused if there are too many
   */
  public static List<LogRecord> split(LogRecord log) throws Refused {
    String body = body(log.getBody()).strip();
    if (!body.startsWith("{") || !ForeignFormats.AUTO.mayHold(body) || !hasMore(body)) {
      return List.of(log);
    }
    List<RecordScanner.Piece> pieces = Batches.pieces(body.getBytes(StandardCharsets.UTF_8));
    if (pieces.size() == 1 || pieces.stream().noneMatch(piece -> piece.problem().isEmpty())) {
      return List.of(log);
    }
    List<LogRecord> records = new ArrayList<>(pieces.size());
    for (RecordScanner.Piece piece : pieces) {
      records.add(record(log, piece));
    }
    return records;
  }

  /** Empty for what is no text. */
  private static String body(AnyValue body) {
    boolean bytes = body.hasBytesValue() && body.getBytesValue().isValidUtf8();
    return bytes ? body.getBytesValue().toStringUtf8() : body.getStringValue();
  }

  /** Whether behind a first object, or in the line after one that breaks off, another begins. */
  private static boolean hasMore(String body) {
    return body.indexOf("\n{") > 0 || JsonSlices.isFollowed(body);
  }

  private static LogRecord record(LogRecord log, RecordScanner.Piece piece) {
    LogRecord.Builder record =
        log.toBuilder().setBody(text(new String(piece.bytes(), StandardCharsets.UTF_8)));
    if (!piece.problem().isEmpty()) {
      record.addAttributes(
          KeyValue.newBuilder().setKey(Names.SOURCE_PROBLEM).setValue(text(piece.problem())));
    }
    return record.build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}
