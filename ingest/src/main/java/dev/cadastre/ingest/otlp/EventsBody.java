package dev.cadastre.ingest.otlp;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.RecordScanner;
import dev.cadastre.ingest.request.EventSource;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Signal;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body of a request of {@code /v1/events/…}: JSON objects one after the other, in an
 * array, or in the list of an {@code EventList}. Each becomes a log record with it as body, and
 * from there on is what it would be over OTLP.
 */
public final class EventsBody {
  private EventsBody() {}

  /**
   * Decodes a request.
   *
   * @param binary the CloudEvent that the request's headers begin, whose data the body is
   * @throws Rejected if there is no record in it, none that is JSON, or more than {@code
   *     recordsMax}
   */
  public static DecodedRequest decode(
      EventSource source, Optional<LogRecord> binary, byte[] body, int recordsMax) throws Rejected {
    if (binary.isPresent()) {
      LogRecord event = OwnWords.told(binary.get().toBuilder().setBody(text(body)).build());
      return DecodedRequest.of(Signal.EVENTS, List.of(new ReceivedRecord.Decoded(event)));
    }
    List<ReceivedRecord> arrived = new ArrayList<>();
    String problem = "";
    int problems = 0;
    for (RecordScanner.Piece piece : pieces(body, recordsMax)) {
      arrived.add(new ReceivedRecord.Decoded(record(source, piece)));
      problems += piece.problem().isEmpty() ? 0 : 1;
      problem = problem.isEmpty() ? piece.problem() : problem;
    }
    if (problems == arrived.size()) {
      throw Rejected.badData(
          "the body holds no record" + (problem.isEmpty() ? "" : "; the first: " + problem));
    }
    return DecodedRequest.of(Signal.EVENTS, arrived);
  }

  private static List<RecordScanner.Piece> pieces(byte[] body, int recordsMax) throws Rejected {
    List<RecordScanner.Piece> pieces = new ArrayList<>();
    try {
      RecordScanner scanner = new RecordScanner(new ByteArrayInputStream(body));
      for (Optional<RecordScanner.Piece> piece = scanner.next();
          piece.isPresent();
          piece = scanner.next()) {
        if (pieces.size() == recordsMax) {
          throw Rejected.tooManyRecords(recordsMax);
        }
        pieces.add(piece.get());
      }
      return pieces;
    } catch (IOException e) {
      throw Rejected.badData(String.valueOf(e.getMessage()));
    }
  }

  private static LogRecord record(EventSource source, RecordScanner.Piece piece) {
    if (!piece.problem().isEmpty()) {
      AnyValue problem = AnyValue.newBuilder().setStringValue(piece.problem()).build();
      return LogRecord.newBuilder()
          .setBody(text(piece.bytes()))
          .addAttributes(KeyValue.newBuilder().setKey(Names.SOURCE_PROBLEM).setValue(problem))
          .build();
    }
    Optional<LogRecord> event =
        source == EventSource.CLOUDEVENTS ? CloudEvent.structured(piece.bytes()) : Optional.empty();
    return event.orElseGet(() -> LogRecord.newBuilder().setBody(text(piece.bytes())).build());
  }

  static AnyValue text(byte[] bytes) {
    try {
      return AnyValue.newBuilder().setStringValue(Encodings.utf8(bytes)).build();
    } catch (Refused notUtf8) {
      return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
    }
  }
}
