package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * What a span says beyond what a log record can. It becomes the record's body: a map of {@code
 * end}, {@code kind}, {@code parent}, {@code state}, {@code status}, {@code events}, {@code links},
 * {@code dropped_events} and {@code dropped_links}, each left out when the span does not have it.
 */
final class SpanBody {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;
  private static final String CONTENT = "content";

  /** The body, its list of events or links, one of these, its attributes. */
  private static final int ATTRIBUTES_DEPTH = 4;

  private final AttributeMapper mapper;
  private final boolean inference;

  /**
   * @param inference whether the span tells of a model's work, so that texts may be content
   */
  SpanBody(AttributeMapper mapper, boolean inference) {
    this.mapper = mapper;
    this.inference = inference;
  }

  Value of(Span span) throws Undecodable {
    Attributes.Builder body = Attributes.builder();
    text(body, "end", time(span.getEndTimeUnixNano()));
    if (span.getKindValue() != 0) {
      body.put("kind", span.getKindValue());
    }
    text(body, "parent", RecordMapper.id("parent_span_id", span.getParentSpanId(), SPAN_ID_BYTES));
    text(body, "state", span.getTraceState());
    if (span.hasStatus()) {
      body.put("status", status(span));
    }
    if (span.getEventsCount() > 0) {
      body.put("events", events(span));
    }
    if (span.getLinksCount() > 0) {
      body.put("links", links(span));
    }
    count(body, "dropped_events", span.getDroppedEventsCount());
    count(body, "dropped_links", span.getDroppedLinksCount());
    return map(body);
  }

  private Value status(Span span) {
    Attributes.Builder status = Attributes.builder().put("code", span.getStatus().getCodeValue());
    String message = span.getStatus().getMessage();
    if (inference && !message.isEmpty()) {
      status.put("message", Value.hashed(message));
    } else {
      text(status, "message", message);
    }
    return map(status);
  }

  private Value events(Span span) throws Undecodable {
    List<Value> events = new ArrayList<>();
    for (Span.Event event : span.getEventsList()) {
      Attributes.Builder one = Attributes.builder();
      text(one, "name", inference ? InferenceContent.word(event.getName()) : event.getName());
      text(one, "time", time(event.getTimeUnixNano()));
      Attributes attributes = shown(event.getAttributesList());
      attributes(one, event.getName().startsWith("gen_ai.") ? hashed(attributes) : attributes);
      count(one, "dropped", event.getDroppedAttributesCount());
      events.add(map(one));
    }
    return Value.of(events);
  }

  private Attributes shown(List<KeyValue> pairs) throws Undecodable {
    Attributes attributes = mapper.attributes(pairs, ATTRIBUTES_DEPTH);
    return inference ? InferenceContent.hashed(attributes) : attributes;
  }

  private Value links(Span span) throws Undecodable {
    List<Value> links = new ArrayList<>();
    for (Span.Link link : span.getLinksList()) {
      Attributes.Builder one = Attributes.builder();
      text(one, "trace", RecordMapper.id("link trace_id", link.getTraceId(), TRACE_ID_BYTES));
      text(one, "span", RecordMapper.id("link span_id", link.getSpanId(), SPAN_ID_BYTES));
      text(one, "state", link.getTraceState());
      attributes(one, shown(link.getAttributesList()));
      count(one, "dropped", link.getDroppedAttributesCount());
      count(one, "flags", link.getFlags());
      links.add(map(one));
    }
    return Value.of(links);
  }

  /** What was said, which as an event of its own is in the body. */
  private static Attributes hashed(Attributes attributes) {
    if (!attributes.has(CONTENT)) {
      return attributes;
    }
    Attributes.Builder hashed = Attributes.builder();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      Value value = attributes.value(i);
      hashed.put(name, name.equals(CONTENT) ? AttributeMapper.hashed(value) : value);
    }
    attributes.sd().forEach(hashed::sd);
    return AttributeMapper.sound(hashed);
  }

  private static void attributes(Attributes.Builder into, Attributes attributes) {
    if (!attributes.isEmpty()) {
      into.put("attributes", Value.of(attributes));
    }
  }

  private static void text(Attributes.Builder into, String name, String text) {
    if (!text.isEmpty()) {
      into.put(name, text);
    }
  }

  private static void count(Attributes.Builder into, String name, int uint32) {
    if (uint32 != 0) {
      into.put(name, Integer.toUnsignedLong(uint32));
    }
  }

  private static String time(long unixNano) {
    return unixNano == 0 ? "" : Long.toUnsignedString(unixNano);
  }

  /** The names are ours, so that nothing can be wrong with them. */
  private static Value map(Attributes.Builder members) {
    try {
      return Value.of(members.build());
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
  }
}
