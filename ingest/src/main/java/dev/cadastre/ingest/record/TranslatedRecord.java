package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.Batches;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.foreign.Lines;
import dev.cadastre.ingest.foreign.Wrapped;
import dev.cadastre.ingest.foreign.format.ForeignRecord;
import dev.cadastre.ingest.inference.Dialect;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.mend.MessageMender;
import dev.cadastre.ingest.request.Lists;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Name;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ingest.wire.TracedSpan;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record in our vocabulary: as it came, or as what it brought from another system says.
 *
 * @param hidden attributes that stand in the entry as digests whatever their names are
 * @param origin what is known of a record of another system; empty for one of ours
 */
public record TranslatedRecord(
    Telemetry record, List<KeyValue> hidden, Optional<ForeignRecord.Origin> origin) {
  private static final Set<String> SINGLE = Set.copyOf(Name.RECORD_IDS);

  /** A record in our vocabulary. */
  TranslatedRecord(Telemetry record) {
    this(record, List.of(), Optional.empty());
  }

  /** Whether it came from another system. */
  boolean foreign() {
    return origin.isPresent();
  }

  /** Whether another system alone says where that was. */
  boolean vouched() {
    return origin.filter(ForeignRecord.Origin::vouched).isPresent();
  }

  /**
   * The records in one: itself, unless its body is a batch of another system's.
   *
   * @param resource attributes of its Resource
   * @throws Undecodable if it brings what looks like another system's record and cannot be read
   */
  public static List<TranslatedRecord> of(Telemetry record, Attributes resource)
      throws Undecodable {
    if (!(record instanceof Log arrived)
        || !ForeignFormats.mayBeIn(arrived.body(), arrived.mayHave(Mark.FOREIGN))) {
      return List.of(new TranslatedRecord(inOurWords(record)));
    }
    try {
      List<TranslatedRecord> told = new ArrayList<>();
      List<LogRecord> split = records(arrived.message());
      for (int i = 0; i < split.size(); i++) {
        told.addAll(told(numbered(split.get(i), i, split.size()), resource, split.size() > 1));
      }
      return told;
    } catch (Refused e) {
      throw new Undecodable(String.valueOf(e.getMessage()));
    }
  }

  private static List<LogRecord> records(LogRecord log) throws Refused {
    List<LogRecord> lines = Lines.split(log);
    if (lines.size() > 1) {
      return lines;
    }
    return Batches.split(log);
  }

  private static List<TranslatedRecord> told(
      LogRecord log, Attributes resource, boolean amongOthers) throws Refused {
    try {
      Optional<ForeignRecord> foreign = ForeignFormats.AUTO.translate(log, resource);
      return foreign.isPresent()
          ? List.of(TranslatedRecord.of(foreign.get(), List.of()))
          : wrapped(log, resource);
    } catch (Refused e) {
      return List.of(alone(log, e, amongOthers));
    }
  }

  /** What cannot be read does not take along the others that came with it. */
  private static TranslatedRecord alone(LogRecord log, Refused why, boolean amongOthers)
      throws Refused {
    if (!amongOthers) {
      throw why;
    }
    KeyValue problem =
        KeyValue.newBuilder()
            .setKey(Names.SOURCE_PROBLEM)
            .setValue(AnyValue.newBuilder().setStringValue(String.valueOf(why.getMessage())))
            .build();
    return new TranslatedRecord(Log.of(log.toBuilder().addAttributes(problem).build()));
  }

  /**
   * @param around what else came with it, hidden too
   */
  private static TranslatedRecord of(ForeignRecord foreign, List<KeyValue> around) {
    return new TranslatedRecord(
        Log.of(foreign.log()),
        Lists.concat(foreign.hidden(), around),
        Optional.of(foreign.origin()));
  }

  /** The records that a log record wraps, or itself. */
  private static List<TranslatedRecord> wrapped(LogRecord log, Attributes resource) throws Refused {
    List<Wrapped> wrapped = Wrapped.in(log);
    if (wrapped.isEmpty()) {
      return List.of(new TranslatedRecord(inOurWords(Log.of(log))));
    }
    List<TranslatedRecord> told = new ArrayList<>(wrapped.size());
    for (int i = 0; i < wrapped.size(); i++) {
      Wrapped one = wrapped.get(i);
      LogRecord its = numbered(one.log(), i, wrapped.size());
      told.add(unwrapped(new Wrapped(its, one.around()), resource, wrapped.size() > 1));
    }
    return told;
  }

  /** Several records that came in one have not the id of that one: they are told apart. */
  private static LogRecord numbered(LogRecord log, int at, int of) {
    if (of < 2) {
      return log;
    }
    LogRecord.Builder numbered = log.toBuilder();
    for (KeyValue.Builder pair : numbered.getAttributesBuilderList()) {
      String id = pair.getValue().getStringValue();
      if (SINGLE.contains(pair.getKey()) && !id.isBlank()) {
        pair.getValueBuilder().setStringValue(id + "/" + (at + 1));
      }
    }
    return numbered.build();
  }

  private static TranslatedRecord unwrapped(Wrapped one, Attributes resource, boolean amongOthers)
      throws Refused {
    try {
      Optional<ForeignRecord> foreign = ForeignFormats.AUTO.translate(one.log(), resource);
      return foreign.isPresent()
          ? TranslatedRecord.of(foreign.get(), one.around())
          : new TranslatedRecord(Log.of(one.log()));
    } catch (Refused e) {
      return alone(one.log(), e, amongOthers);
    }
  }

  /** An inference that a framework tells in other words, with OpenTelemetry's beside them. */
  private static Telemetry inOurWords(Telemetry record) {
    if (!record.mayHave(Mark.DIALECT)) {
      return record;
    }
    List<KeyValue> said = Dialect.translated(record.attributes());
    if (said.isEmpty()) {
      return record;
    }
    return record instanceof TracedSpan traced
        ? new TracedSpan(traced.span().toBuilder().addAllAttributes(said).build())
        : Log.of(((Log) record).message().toBuilder().addAllAttributes(said).build());
  }

  /** The same without the slips of form that keep a record from becoming an event. */
  Mended<TranslatedRecord> mended() {
    if (record instanceof Log log) {
      Mended<LogRecord> mended = MessageMender.log(log.message(), SINGLE);
      return new Mended<>(
          new TranslatedRecord(Log.of(mended.message()), hidden, origin), mended.note());
    }
    Mended<Span> mended = MessageMender.span(((TracedSpan) record).span(), SINGLE);
    return new Mended<>(
        new TranslatedRecord(new TracedSpan(mended.message()), hidden, origin), mended.note());
  }
}
