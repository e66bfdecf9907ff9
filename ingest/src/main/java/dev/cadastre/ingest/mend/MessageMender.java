package dev.cadastre.ingest.mend;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mends a message that was read but cannot become an event as it is: an attribute that comes
 * several times has all of its values, so that each of them counts; ids of another length than
 * OTLP's are not given; values that are nested too deep, and names that entries need themselves,
 * are left out.
 */
public final class MessageMender {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** In the body of a span's event: the body, its list of events or links, one of these. */
  private static final int PARTS_DEPTH = 4;

  private final Set<String> single;
  private final Notes notes = new Notes();

  private MessageMender(Set<String> single) {
    this.single = single;
  }

  /**
   * @param single names of which the first value counts alone, because several mean nothing
   */
  public static Mended<LogRecord> log(LogRecord record, Set<String> single) {
    MessageMender mender = new MessageMender(single);
    LogRecord.Builder mended =
        record.toBuilder()
            .clearAttributes()
            .addAllAttributes(mender.pairs(record.getAttributesList(), 0))
            .setTraceId(mender.id("trace_id", record.getTraceId(), TRACE_ID_BYTES))
            .setSpanId(mender.id("span_id", record.getSpanId(), SPAN_ID_BYTES));
    if (record.hasBody()) {
      mended.setBody(mender.value(record.getBody(), "body", 0));
    }
    return new Mended<>(mended.build(), mender.notes.toString());
  }

  /** The same for a span. */
  public static Mended<Span> span(Span span, Set<String> single) {
    MessageMender mender = new MessageMender(single);
    Span.Builder mended =
        span.toBuilder()
            .clearAttributes()
            .addAllAttributes(mender.pairs(span.getAttributesList(), 0))
            .setTraceId(mender.id("trace_id", span.getTraceId(), TRACE_ID_BYTES))
            .setSpanId(mender.id("span_id", span.getSpanId(), SPAN_ID_BYTES))
            .setParentSpanId(mender.id("parent_span_id", span.getParentSpanId(), SPAN_ID_BYTES));
    for (Span.Event.Builder event : mended.getEventsBuilderList()) {
      List<KeyValue> pairs = mender.pairs(event.getAttributesList(), PARTS_DEPTH);
      event.clearAttributes().addAllAttributes(pairs);
    }
    for (Span.Link.Builder link : mended.getLinksBuilderList()) {
      List<KeyValue> pairs = mender.pairs(link.getAttributesList(), PARTS_DEPTH);
      link.clearAttributes()
          .addAllAttributes(pairs)
          .setTraceId(mender.id("link trace_id", link.getTraceId(), TRACE_ID_BYTES))
          .setSpanId(mender.id("link span_id", link.getSpanId(), SPAN_ID_BYTES));
    }
    return new Mended<>(mended.build(), mender.notes.toString());
  }

  /** The same for a Resource. */
  public static Mended<Resource> resource(Resource resource) {
    MessageMender mender = new MessageMender(Set.of());
    List<KeyValue> pairs = mender.pairs(resource.getAttributesList(), 0);
    Resource mended = resource.toBuilder().clearAttributes().addAllAttributes(pairs).build();
    return new Mended<>(mended, mender.notes.toString());
  }

  /** The same for a Scope. */
  public static Mended<InstrumentationScope> scope(InstrumentationScope scope) {
    MessageMender mender = new MessageMender(Set.of());
    List<KeyValue> pairs = mender.pairs(scope.getAttributesList(), 0);
    InstrumentationScope mended =
        scope.toBuilder().clearAttributes().addAllAttributes(pairs).build();
    return new Mended<>(mended, mender.notes.toString());
  }

  private ByteString id(String field, ByteString id, int bytes) {
    if (id.isEmpty() || id.size() == bytes) {
      return id;
    }
    notes.add(field + " has " + id.size() + " bytes; OTLP wants " + bytes + " or none");
    return ByteString.EMPTY;
  }

  private List<KeyValue> pairs(List<KeyValue> pairs, int depth) {
    Set<String> several = several(pairs);
    Map<String, Set<AnyValue>> byName = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      String name = pair.getKey();
      if (name.equals(Attributes.SD) || name.equals(Attributes.SD_ELEMENT)) {
        notes.add("attribute name \"" + name + "\" is reserved for digests of private attributes");
      } else {
        // In a list with the others it lies one level deeper.
        int own = several.contains(name) ? depth + 1 : depth;
        byName
            .computeIfAbsent(name, none -> new LinkedHashSet<>())
            .add(value(pair.getValue(), name, own));
      }
    }
    List<KeyValue> mended = new ArrayList<>();
    byName.forEach((name, values) -> mended.add(pair(name, values, depth)));
    return mended;
  }

  private Set<String> several(List<KeyValue> pairs) {
    Set<String> seen = new HashSet<>();
    Set<String> several = new HashSet<>();
    for (KeyValue pair : pairs) {
      if (!seen.add(pair.getKey()) && several.add(pair.getKey())) {
        notes.add("attribute \"" + pair.getKey() + "\" appears twice");
      }
    }
    return several;
  }

  private KeyValue pair(String name, Set<AnyValue> values, int depth) {
    boolean one = values.size() == 1 || single.contains(name) || depth >= Value.MAX_DEPTH;
    AnyValue value = one ? values.iterator().next() : all(values);
    return KeyValue.newBuilder().setKey(name).setValue(value).build();
  }

  /** One list of what was given several times, lists among it taken apart. */
  private static AnyValue all(Set<AnyValue> values) {
    ArrayValue.Builder all = ArrayValue.newBuilder();
    for (AnyValue value : values) {
      if (value.hasArrayValue()) {
        all.addAllValues(value.getArrayValue().getValuesList());
      } else {
        all.addValues(value);
      }
    }
    return AnyValue.newBuilder().setArrayValue(all).build();
  }

  private AnyValue value(AnyValue value, String path, int depth) {
    if (!value.hasArrayValue() && !value.hasKvlistValue()) {
      return value;
    }
    if (depth >= Value.MAX_DEPTH) {
      notes.add(
          "the value of \"" + path + "\" is nested deeper than " + Value.MAX_DEPTH + " levels");
      return AnyValue.getDefaultInstance();
    }
    if (value.hasKvlistValue()) {
      List<KeyValue> members = pairs(value.getKvlistValue().getValuesList(), depth + 1);
      return AnyValue.newBuilder()
          .setKvlistValue(KeyValueList.newBuilder().addAllValues(members))
          .build();
    }
    ArrayValue.Builder items = ArrayValue.newBuilder();
    for (AnyValue item : value.getArrayValue().getValuesList()) {
      items.addValues(value(item, path, depth + 1));
    }
    return AnyValue.newBuilder().setArrayValue(items).build();
  }
}
