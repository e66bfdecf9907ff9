package dev.cadastre.ingest.imports;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.foreign.RecordScanner;
import dev.cadastre.ingest.foreign.Wrapped;
import dev.cadastre.ingest.http.GzipStream;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the audit records of another system from a stream, plain or gzip, one at a time. What is
 * none of the formats asked for is read, too, and says why it is not understood.
 */
public final class ImportReader {
  private final RecordScanner scanner;
  private final ForeignFormats formats;

  /**
   * @param formats what the stream may hold
   */
  public ImportReader(InputStream in, ForeignFormats formats) throws IOException {
    this.scanner = new RecordScanner(unzipped(in));
    this.formats = formats;
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new GzipStream(buffered, 1 << 16) : buffered;
  }

  /**
   * A record on its way in.
   *
   * @param line on which it begins, from 1
   * @param log a log record with it as body; it says {@link Names#SOURCE_PROBLEM} if there is one
   * @param problem why it is not understood; empty if it is
   */
  public record Read(long line, LogRecord log, String problem) {}

  /**
   * The next record; empty at the end.
   *
   * @throws IOException if the stream cannot be read on
   */
  public Optional<Read> next() throws IOException {
    return scanner.next().map(this::read);
  }

  private Read read(RecordScanner.Piece piece) {
    LogRecord log = LogRecord.newBuilder().setBody(body(piece.bytes())).build();
    boolean may = piece.problem().isEmpty() || formats.mayBeLine(log.getBody().getStringValue());
    String problem = may ? problem(log) : piece.problem();
    return problem.isEmpty()
        ? new Read(piece.line(), log, "")
        : new Read(piece.line(), marked(log, problem), problem);
  }

  private static AnyValue body(byte[] bytes) {
    try {
      return AnyValue.newBuilder().setStringValue(Encodings.utf8(bytes)).build();
    } catch (Refused notUtf8) {
      return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
    }
  }

  private String problem(LogRecord log) {
    try {
      return isUnderstood(log) ? "" : "not a record of format " + formats;
    } catch (Refused e) {
      return String.valueOf(e.getMessage());
    }
  }

  private boolean isUnderstood(LogRecord log) throws Refused {
    if (formats.translate(log, Attributes.EMPTY).isPresent()) {
      return true;
    }
    for (Wrapped one : Wrapped.in(log)) {
      if (formats.translate(one.log(), Attributes.EMPTY).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static LogRecord marked(LogRecord log, String problem) {
    KeyValue attribute =
        KeyValue.newBuilder()
            .setKey(Names.SOURCE_PROBLEM)
            .setValue(AnyValue.newBuilder().setStringValue(problem))
            .build();
    return log.toBuilder().addAttributes(attribute).build();
  }
}
