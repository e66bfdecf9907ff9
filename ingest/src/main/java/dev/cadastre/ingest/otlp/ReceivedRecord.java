package dev.cadastre.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.mend.WireMender;
import dev.cadastre.ingest.request.Elements;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.LogRecordReader;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ingest.wire.TracedSpan;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.Optional;

/**
 * One record as it arrived. Protobuf records stay encoded until they are mapped: a request of many
 * small records would otherwise cost a multiple of its size, and one that cannot be decoded would
 * take its neighbours along.
 */
public sealed interface ReceivedRecord {

  /**
   * The decoded record.
   *
   * @throws Undecodable if this record, unlike the request around it, is not what OTLP says
   */
  Telemetry decoded() throws Undecodable;

  /**
   * What of a record can be read that could not be decoded; empty if that is nothing, or if it was.
   */
  default Optional<Mended<Telemetry>> mended() {
    return Optional.empty();
  }

  /** The record's own bytes: its protobuf encoding, or its JSON text if it came as JSON. */
  byte[] raw();

  /**
   * A record inside the bytes of a protobuf request: {@code length} bytes from {@code start}.
   *
   * @param logs of the whole request
   */
  record Encoded(Signal signal, byte[] request, int start, int length, LogRecordReader logs)
      implements ReceivedRecord {
    @Override
    public Telemetry decoded() throws Undecodable {
      if (Elements.tooMany(signal.recordType(), request, start, length)) {
        throw new Undecodable(Elements.tooManyIn(signal.record()));
      }
      try {
        return signal == Signal.TRACES
            ? new TracedSpan(Span.parser().parseFrom(request, start, length))
            : logs.read(start, length);
      } catch (InvalidProtocolBufferException e) {
        throw new Undecodable("not a protobuf " + signal.record() + ": " + e.getMessage());
      }
    }

    @Override
    public Optional<Mended<Telemetry>> mended() {
      if (Elements.tooMany(signal.recordType(), request, start, length)) {
        return Optional.empty();
      }
      return signal == Signal.TRACES
          ? WireMender.mend(Span.getDefaultInstance(), request, start, length)
              .map(one -> new Mended<>(new TracedSpan(one.message()), one.note()))
          : WireMender.mend(LogRecord.getDefaultInstance(), request, start, length)
              .map(one -> new Mended<>(Log.of(one.message()), one.note()));
    }

    @Override
    public byte[] raw() {
      return Arrays.copyOfRange(request, start, start + length);
    }
  }

  /** A record decoded from JSON. */
  record Decoded(Message message) implements ReceivedRecord {
    @Override
    public Telemetry decoded() {
      return telemetry(message);
    }

    @Override
    public byte[] raw() {
      return message.toByteArray();
    }
  }

  private static Telemetry telemetry(Message message) {
    return message instanceof LogRecord log ? Log.of(log) : new TracedSpan((Span) message);
  }

  /** A record inside the bytes of a request that is too large to be decoded. */
  record TooLarge(byte[] request, int start, int length, String why) implements ReceivedRecord {
    @Override
    public Telemetry decoded() throws Undecodable {
      throw new Undecodable(why);
    }

    @Override
    public byte[] raw() {
      return Arrays.copyOfRange(request, start, start + length);
    }
  }

  /**
   * A record whose JSON is well formed but breaks OTLP's encoding.
   *
   * @param rest what of it can be read
   */
  record Broken(byte[] raw, String why, Optional<Mended<Message>> rest) implements ReceivedRecord {
    @Override
    public Optional<Mended<Telemetry>> mended() {
      return rest.map(one -> new Mended<>(telemetry(one.message()), one.note()));
    }

    @Override
    public Telemetry decoded() throws Undecodable {
      throw new Undecodable(why);
    }
  }
}
