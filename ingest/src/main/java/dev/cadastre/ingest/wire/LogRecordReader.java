package dev.cadastre.ingest.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log records of one protobuf request. The records of a request repeat one another: an
 * attribute whose bytes were seen before is not decoded again. Whatever is not written as every
 * exporter writes it is read by protobuf's own parser, which also has the last word on what is
 * refused. Used by one thread.
 */
public final class LogRecordReader {
  private static final int TIME =
      LogRecord.TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int OBSERVED =
      LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int SEVERITY =
      LogRecord.SEVERITY_NUMBER_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
  private static final int SEVERITY_TEXT = delimited(LogRecord.SEVERITY_TEXT_FIELD_NUMBER);
  private static final int BODY = delimited(LogRecord.BODY_FIELD_NUMBER);
  private static final int ATTRIBUTE = delimited(LogRecord.ATTRIBUTES_FIELD_NUMBER);
  private static final int DROPPED =
      LogRecord.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
  private static final int FLAGS = LogRecord.FLAGS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED32;
  private static final int TRACE_ID = delimited(LogRecord.TRACE_ID_FIELD_NUMBER);
  private static final int SPAN_ID = delimited(LogRecord.SPAN_ID_FIELD_NUMBER);
  private static final int EVENT_NAME = delimited(LogRecord.EVENT_NAME_FIELD_NUMBER);

  private static final int PAIRS_EXPECTED = 12;

  private final byte[] request;
  private final Slices<String> texts;
  private final PairReader pairs;

  /**
   * @param request not changed while records of it are in use
   */
  public LogRecordReader(byte[] request) {
    this.request = request;
    this.texts = new Slices<>(request);
    this.pairs = new PairReader(request);
  }

  private static int delimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * Reads one record.
   *
   * @throws InvalidProtocolBufferException if {@code length} bytes from {@code start} are none
   */
  public Log read(int start, int length) throws InvalidProtocolBufferException {
    Log log = new Log(request, start, length);
    try {
      if (fill(log, start, length)) {
        return log;
      }
    } catch (IOException e) {
      // Then the parser says so, in words that do not depend on how it was read here.
    }
    return Log.of(LogRecord.parser().parseFrom(request, start, length));
  }

  /** Gives up, and returns false, on what exporters do not write. */
  private boolean fill(Log log, int start, int length) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request, start, length);
    List<Pair> attributes = new ArrayList<>(PAIRS_EXPECTED);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ATTRIBUTE) {
        int size = in.readRawVarint32();
        attributes.add(pairs.read(start + in.getTotalBytesRead(), fitting(size, in, length)));
        in.skipRawBytes(size);
      } else if (!field(log, tag, in, start, length)) {
        return false;
      }
    }
    log.attributes(attributes);
    return true;
  }

  private boolean field(Log log, int tag, CodedInputStream in, int start, int length)
      throws IOException {
    if (tag == TIME) {
      log.timeUnixNano = in.readFixed64();
    } else if (tag == OBSERVED) {
      log.observedTimeUnixNano = in.readFixed64();
    } else if (tag == SEVERITY) {
      log.severityNumber = in.readEnum();
    } else if (tag == SEVERITY_TEXT) {
      log.severityText = text(in, start, length);
    } else if (tag == BODY && !log.hasBody) {
      log.hasBody = true;
      log.body = body(in.readByteArray());
    } else if (tag == DROPPED) {
      log.droppedAttributesCount = in.readUInt32();
    } else if (tag == FLAGS) {
      log.flags = in.readFixed32();
    } else if (tag == TRACE_ID) {
      log.traceId = in.readBytes();
    } else if (tag == SPAN_ID) {
      log.spanId = in.readBytes();
    } else if (tag == EVENT_NAME) {
      log.eventName = text(in, start, length);
    } else {
      return false;
    }
    return true;
  }

  private static AnyValue body(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    in.setRecursionLimit(PairReader.RECURSION_LIMIT);
    return AnyValue.parseFrom(in);
  }

  /** A length as far as the record reaches; what is longer makes the parser refuse the record. */
  private static int fitting(int size, CodedInputStream in, int length) throws IOException {
    if (size < 0 || size > length - in.getTotalBytesRead()) {
      throw new InvalidProtocolBufferException("a field is longer than its record");
    }
    return size;
  }

  /** A text that other records have too, most likely. */
  private String text(CodedInputStream in, int start, int length) throws IOException {
    int size = fitting(in.readRawVarint32(), in, length);
    int at = start + in.getTotalBytesRead();
    in.skipRawBytes(size);
    int hash = texts.hash(at, size);
    String known = texts.find(hash, at, size);
    if (known != null) {
      return known;
    }
    if (!Ascii.is(request, at, size)) {
      throw new InvalidProtocolBufferException("left to the parser, which knows UTF-8");
    }
    String text = new String(request, at, size, StandardCharsets.US_ASCII);
    texts.put(hash, at, size, text);
    return text;
  }
}
