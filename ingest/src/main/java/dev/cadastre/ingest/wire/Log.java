package dev.cadastre.ingest.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A log record; what its fields are called here is what {@code opentelemetry.proto.logs.v1} calls
 * them.
 */
public final class Log implements Telemetry {
  long timeUnixNano;
  long observedTimeUnixNano;
  int severityNumber;
  String severityText = "";
  AnyValue body = AnyValue.getDefaultInstance();
  boolean hasBody;
  List<Pair> pairs = List.of();
  int droppedAttributesCount;
  int flags;
  ByteString traceId = ByteString.EMPTY;
  ByteString spanId = ByteString.EMPTY;
  String eventName = "";

  private final byte[] request;
  private final int start;
  private final int length;
  private int marks;
  private @Nullable LogRecord message;

  /** Starts with every field not set, for a reader to fill. */
  Log(byte[] request, int start, int length) {
    this.request = request;
    this.start = start;
    this.length = length;
  }

  public static Log of(LogRecord message) {
    Log log = new Log(new byte[0], 0, 0);
    log.message = message;
    log.timeUnixNano = message.getTimeUnixNano();
    log.observedTimeUnixNano = message.getObservedTimeUnixNano();
    log.severityNumber = message.getSeverityNumberValue();
    log.severityText = message.getSeverityText();
    log.body = message.getBody();
    log.hasBody = message.hasBody();
    log.droppedAttributesCount = message.getDroppedAttributesCount();
    log.flags = message.getFlags();
    log.traceId = message.getTraceId();
    log.spanId = message.getSpanId();
    log.eventName = message.getEventName();
    List<Pair> pairs = new ArrayList<>(message.getAttributesCount());
    for (KeyValue attribute : message.getAttributesList()) {
      pairs.add(Pair.of(attribute, Name.of(attribute.getKey())));
    }
    log.attributes(pairs);
    return log;
  }

  void attributes(List<Pair> given) {
    pairs = given;
    marks = 0;
    for (Pair pair : given) {
      marks |= pair.name().marks();
    }
  }

  public long timeUnixNano() {
    return timeUnixNano;
  }

  public long observedTimeUnixNano() {
    return observedTimeUnixNano;
  }

  public int severityNumber() {
    return severityNumber;
  }

  public String severityText() {
    return severityText;
  }

  public Optional<AnyValue> body() {
    return hasBody ? Optional.of(body) : Optional.empty();
  }

  /** uint32. */
  public int droppedAttributesCount() {
    return droppedAttributesCount;
  }

  /** uint32. */
  public int flags() {
    return flags;
  }

  public ByteString traceId() {
    return traceId;
  }

  public ByteString spanId() {
    return spanId;
  }

  public String eventName() {
    return eventName;
  }

  /** Its attributes, in the order in which they came. */
  public List<Pair> pairs() {
    return pairs;
  }

  @Override
  public boolean mayHave(Mark mark) {
    return (marks & mark.bit()) != 0;
  }

  @Override
  public Optional<String> string(Mark mark, String name) {
    return mayHave(mark) ? first(pair -> pair.name().has(mark), name) : Optional.empty();
  }

  @Override
  public Optional<String> string(String name) {
    return first(pair -> true, name);
  }

  private Optional<String> first(Predicate<Pair> among, String name) {
    for (Pair pair : pairs) {
      if (among.test(pair) && pair.name().text().equals(name)) {
        Optional<String> string = pair.string();
        if (string.isPresent()) {
          return string;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<KeyValue> attributes() {
    return message().getAttributesList();
  }

  /** The message that came. */
  public LogRecord message() {
    if (message == null) {
      try {
        message = LogRecord.parser().parseFrom(request, start, length);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("what was read is no log record", e);
      }
    }
    return message;
  }
}
