package dev.cadastre.ingest.record;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.CalledHosts;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Name;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ingest.wire.TracedSpan;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Turns the records of one request into record events, without locations and verdict. Private
 * attributes go to the {@link Disclosures} it was given. Used by one thread.
 */
final class RecordMapper {
  private static final HexFormat HEX = HexFormat.of();
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;
  private static final String EVENT_NAME = "event.name";

  private final String sender;
  private final Disclosures disclosures;
  private final AttributeMapper mapper;

  /**
   * @param sender what entries say of whoever sent the request
   */
  RecordMapper(String sender, Disclosures disclosures, AttributeMapper mapper) {
    this.sender = sender;
    this.disclosures = disclosures;
    this.mapper = mapper;
  }

  /**
   * Maps one record.
   *
   * @param problem why the record is not its tenant's; it is then {@link Kind#OTHER}
   * @param note what else is wrong with it and around it
   * @throws Undecodable if the record cannot be understood; no disclosures remain
   */
  RecordEvent map(GroupContext shared, TranslatedRecord told, String problem, String note)
      throws Undecodable {
    try {
      RecordEvent event =
          told.record() instanceof Log log
              ? log(shared, log, told, problem)
              : span(shared, ((TracedSpan) told.record()).span(), problem);
      return note.isEmpty()
          ? event
          : event.toBuilder().problem(Texts.joined(event.problem(), note)).build();
    } catch (Undecodable e) {
      disclosures.forgetAfter(0);
      throw e;
    }
  }

  /** The event of a record that was mended, with what came kept apart. */
  RecordEvent withRaw(RecordEvent event, byte[] raw) {
    return event.toBuilder().attributes(mapper.withRaw(event.attributes(), raw)).build();
  }

  /** The event of a record that cannot be understood; its bytes become a disclosure. */
  RecordEvent undecodable(GroupContext shared, byte[] raw, String why) {
    RecordEvent.Builder event =
        RecordEvent.builder(Kind.OTHER, sender).attributes(mapper.raw(raw)).problem(why);
    shared.resource().ifPresent(event::resource);
    shared.scope().ifPresent(event::scope);
    return event.build();
  }

  private RecordEvent log(GroupContext shared, Log log, TranslatedRecord told, String problem)
      throws Undecodable {
    Attributes attributes =
        told.foreign()
            ? mapper.attributes(log.attributes(), told.hidden())
            : mapper.attributes(log);
    Kind kind =
        told.foreign()
            ? told.origin().get().kind()
            : kind(shared, eventName(log, attributes), attributes);
    Optional<Value> body = Optional.empty();
    if (log.body().isPresent()) {
      body = Optional.of(mapper.body(log.body().get()));
    }
    attributes = CalledHosts.gathered(kind, attributes);
    boolean inference =
        kind == Kind.INFERENCE
            || log.mayHave(Mark.MODEL) && InferenceContent.concerns(kind, attributes);
    if (inference) {
      attributes = InferenceContent.hashed(attributes);
      body = body.map(AttributeMapper::hashed);
    } else if (body.isPresent() && (kind == Kind.OTHER || !problem.isEmpty())) {
      // Whatever it says: nobody knows.
      attributes = mapper.with(attributes, Names.SOURCE_BODY, body.get());
      body = Optional.empty();
    }
    RecordEvent.Builder event = begin(shared, problem, kind, attributes, log, inference);
    body.ifPresent(event::body);
    String name = log.eventName();
    String severity = log.severityText();
    return event
        .name(inference ? InferenceContent.name(name, attributes) : name)
        .time(log.timeUnixNano())
        .observed(log.observedTimeUnixNano())
        .severity(
            new Severity(
                log.severityNumber(), inference ? InferenceContent.word(severity) : severity))
        .dropped(Integer.toUnsignedLong(log.droppedAttributesCount()))
        .flags(Integer.toUnsignedLong(log.flags()))
        .trace(id("trace_id", log.traceId(), TRACE_ID_BYTES))
        .span(id("span_id", log.spanId(), SPAN_ID_BYTES))
        .build();
  }

  /** Where senders put it before OTLP had a field for it. */
  private static String eventName(Log log, Attributes attributes) {
    return log.eventName().isEmpty() ? attributes.string(EVENT_NAME).orElse("") : log.eventName();
  }

  private static Kind kind(GroupContext shared, String name, Attributes attributes) {
    Attributes resource = shared.resource().map(Resource::attributes).orElse(Attributes.EMPTY);
    return Kinds.of(name, attributes, resource);
  }

  private RecordEvent span(GroupContext shared, Span span, String problem) throws Undecodable {
    Attributes given = mapper.attributes(span.getAttributesList());
    Kind kind = kind(shared, span.getName(), given);
    Attributes attributes = CalledHosts.gathered(kind, given);
    boolean inference = InferenceContent.concerns(kind, attributes);
    Attributes own = inference ? InferenceContent.hashed(attributes) : attributes;
    return begin(shared, problem, kind, own, new TracedSpan(span), inference)
        .body(new SpanBody(mapper, inference).of(span))
        .name(inference ? InferenceContent.name(span.getName(), own) : span.getName())
        .time(span.getStartTimeUnixNano())
        .dropped(Integer.toUnsignedLong(span.getDroppedAttributesCount()))
        .flags(Integer.toUnsignedLong(span.getFlags()))
        .trace(id("trace_id", span.getTraceId(), TRACE_ID_BYTES))
        .span(id("span_id", span.getSpanId(), SPAN_ID_BYTES))
        .build();
  }

  private RecordEvent.Builder begin(
      GroupContext shared,
      String problem,
      Kind detected,
      Attributes attributes,
      Telemetry record,
      boolean inference) {
    RecordEvent.Builder event =
        RecordEvent.builder(problem.isEmpty() ? detected : Kind.OTHER, sender)
            .attributes(attributes)
            .problem(problem)
            .id(recordId(record));
    shared
        .resource()
        .map(one -> inference ? InferenceContent.hashed(one) : one)
        .ifPresent(event::resource);
    shared
        .scope()
        .map(one -> inference ? InferenceContent.hashed(one) : one)
        .ifPresent(event::scope);
    return event;
  }

  /** The id of a record that is not mapped yet; empty for none. */
  static String recordId(Telemetry record) {
    if (!record.mayHave(Mark.RECORD_ID)) {
      return "";
    }
    for (String name : Name.RECORD_IDS) {
      Optional<String> id = record.string(Mark.RECORD_ID, name).filter(text -> !text.isBlank());
      if (id.isPresent()) {
        return id.get();
      }
    }
    return "";
  }

  /**
   * Lower-case hexadecimal; empty for an id that is missing or all zeros, which is OTLP's "none".
   */
  static String id(String field, ByteString id, int bytes) throws Undecodable {
    if (id.isEmpty()) {
      return "";
    }
    if (id.size() != bytes) {
      throw new Undecodable(
          field + " has " + id.size() + " bytes; OTLP wants " + bytes + " or none");
    }
    byte[] value = id.toByteArray();
    return Arrays.equals(value, new byte[bytes]) ? "" : HEX.formatHex(value);
  }
}
