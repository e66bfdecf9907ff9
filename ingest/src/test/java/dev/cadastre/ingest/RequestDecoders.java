package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.map;
import static dev.cadastre.ingest.Otlp.resource;
import static dev.cadastre.ingest.Otlp.span;
import static dev.cadastre.ingest.Otlp.spans;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.foreign.ForeignDecoders;
import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.http.Gunzip;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.OtlpProtobuf;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.request.Way;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.SameLog;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** OTLP requests in both encodings, bodies of the audit endpoint, and gzip. */
final class RequestDecoders {
  private RequestDecoders() {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The frames of logs and spans number their fields alike: the same bytes are sent as both. */
  static final class Protobuf {
    private final Way way = new Way();

    Protobuf() throws Refused {}

    void decode(byte[] input) throws Rejected {
      asProtobufReadsIt(input);
      boolean bound = input.length % 2 == 0;
      try {
        way.send(Signal.LOGS, Encoding.PROTOBUF, bound, input);
      } catch (Rejected refused) {
        way.send(Signal.TRACES, Encoding.PROTOBUF, bound, input);
        throw refused;
      }
      way.send(Signal.TRACES, Encoding.PROTOBUF, bound, input);
    }

    /**
     * Our walk over the frame finds what protobuf's own parser finds, where that finds anything.
     */
    private static void asProtobufReadsIt(byte[] input) throws Rejected {
      ExportLogsServiceRequest theirs;
      try {
        theirs = ExportLogsServiceRequest.parseFrom(input);
      } catch (InvalidProtocolBufferException notAll) {
        return;
      }
      List<DecodedRequest.Group> ours =
          OtlpProtobuf.decode(Signal.LOGS, input, RequestBounds.of(64 << 20, 1_000)).groups();
      int at = 0;
      for (ResourceLogs resource : theirs.getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          DecodedRequest.Group group = ours.get(at++);
          assertEquals(resource.getResource(), group.resource());
          assertEquals(resource.getSchemaUrl(), group.resourceSchema());
          assertEquals(scope.getScope(), group.scope());
          assertEquals(scope.getSchemaUrl(), group.scopeSchema());
          compare(scope.getLogRecordsList(), group.records());
        }
      }
      assertEquals(at, ours.size());
    }

    private static void compare(List<LogRecord> theirs, List<ReceivedRecord> ours) {
      assertEquals(theirs.size(), ours.size());
      for (int i = 0; i < theirs.size(); i++) {
        try {
          SameLog.check(theirs.get(i), (Log) ours.get(i).decoded());
        } catch (Undecodable e) {
          throw new AssertionError("protobuf decodes it", e);
        }
      }
    }
  }

  static List<byte[]> protobufs() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(new byte[0]);
    seeds.add(mixed().toByteArray());
    seeds.add(framed().toByteArray());
    seeds.add(logs(log("data.access", attribute("ledger.tenant.id", "acme"))).toByteArray());
    seeds.add(logs(log("x", attribute("ledger.tenant.id", "globex"))).toByteArray());
    seeds.add(
        spans(
                span("chat", attribute("gen_ai.operation.name", "chat")),
                span("GET"),
                span("use", attribute("ledger.key.id", "arn:aws:kms:eu-central-1:1:key/2")))
            .toByteArray());
    seeds.add(logs(log("deep", attribute("d", deep(30)))).toByteArray());
    for (String body : ForeignDecoders.examples()) {
      seeds.add(
          logs(LogRecord.newBuilder().setBody(Otlp.text(body)).build(), log("after"))
              .toByteArray());
    }
    seeds.add(evidence().toByteArray());
    return seeds;
  }

  /** Everything that a frame has beside records. */
  private static ExportLogsServiceRequest framed() {
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName("n")
            .setVersion("1")
            .addAttributes(attribute("user.id", "u"))
            .setDroppedAttributesCount(-1)
            .build();
    ScopeLogs logs =
        ScopeLogs.newBuilder()
            .setScope(scope)
            .setSchemaUrl("https://example.com/scope")
            .addLogRecords(log("a", attribute("audit.record.id", "r")))
            .addLogRecords(log("b"))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource(attribute("user.email", "a@example.com")))
                .setSchemaUrl("https://example.com/resource")
                .addScopeLogs(logs)
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log("c"))))
        .build();
  }

  private static ExportLogsServiceRequest mixed() {
    return logs(
        resource(
            attribute("cloud.region", "eu-central-1"),
            attribute("user.name", "a"),
            attribute("service.name", "s")),
        log(
            "data.access",
            attribute("audit.record.id", "r-1"),
            attribute("audit.actor.id", "ann@example.com"),
            attribute("audit.actor.type", "human"),
            attribute("audit.sequence.number", 7),
            attribute("ledger.data.category", "billing"),
            attribute("ledger.location.backup", "aws:us-east-1"),
            attribute("n", 7)),
        log(
            "key.use",
            attribute("ledger.key.id", "k"),
            attribute("ledger.key.custody", "byok"),
            attribute("m", map(attribute("k", "v"), attribute("user.id", "u")))),
        log(
            "gen_ai.choice",
            attribute("gen_ai.prompt", "p"),
            attribute("ledger.inference.region.actual", "us-east-1"),
            attribute("list", list(Otlp.text("a"), AnyValue.newBuilder().setDoubleValue(0.1)))));
  }

  private static AnyValue list(AnyValue one, AnyValue.Builder other) {
    return AnyValue.newBuilder()
        .setArrayValue(ArrayValue.newBuilder().addValues(one).addValues(other))
        .build();
  }

  private static AnyValue deep(int depth) {
    return depth == 0 ? Otlp.text("x") : map(attribute("k", deep(depth - 1)));
  }

  private static ExportLogsServiceRequest evidence() {
    return logs(
        resource(
            attribute("ledger.location.evidence.type", "gce"),
            attribute("ledger.location.evidence.value", "a.b.c"),
            attribute("service.instance.id", "i")),
        log(
            "location.evidence",
            attribute("ledger.location.evidence.type", "aws-iid"),
            attribute("ledger.location.evidence.value", "MIIB"),
            attribute("ledger.location.evidence.document", "{}")));
  }

  /** Logs and spans: the frames have other names, so most inputs are one or the other. */
  static final class JsonText {
    private final Way way = new Way();

    JsonText() throws Refused {}

    void decode(byte[] input) throws Rejected {
      boolean bound = input.length % 2 == 0;
      way.send(Signal.TRACES, Encoding.JSON, bound, input);
      way.send(Signal.LOGS, Encoding.JSON, bound, input);
    }
  }

  static List<byte[]> jsons() {
    String record =
        """
        {"timeUnixNano":"1750000000000000000","observedTimeUnixNano":1750000000000000001,"severityNumber":9,
        "severityText":"INFO","traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","flags":1,
        "eventName":"data.access","droppedAttributesCount":2,"body":{"kvlistValue":{"values":[{"key":"a","value":
        {"doubleValue":1.5}},{"key":"n","value":{"doubleValue":"NaN"}}]}},"attributes":[{"key":"audit.record.id",
        "value":{"stringValue":"r"}},{"key":"user.name","value":{"stringValue":"u"}},{"key":"i","value":{"intValue":"-7"}},
        {"key":"b","value":{"boolValue":true}},{"key":"y","value":{"bytesValue":"AAE="}},{"key":"l","value":{"arrayValue":
        {"values":[{"intValue":9007199254740993},{}]}}}]}\
        """;
    String span =
        """
        {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"","name":"chat","kind":3,
        "startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":
        "chat"}}],"events":[{"timeUnixNano":"3","name":"e"}],"links":[{"traceId":"5b8efff798038103d269b633813fc60c"}],
        "status":{"code":2,"message":"m"}}\
        """;
    String frame =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"cloud.region\",\"value\":"
            + "{\"stringValue\":\"eu-central-1\"}}]},\"schemaUrl\":\"s\",\"scopeLogs\":[{\"scope\":"
            + "{\"name\":\"n\",\"version\":\"1\"},\"logRecords\":[%s]}]}]}";
    String logs = frame.replace("%s", record);
    String three = frame.replace("%s", record + ",{\"body\":7}," + record);
    String spans =
        frame
            .replace("%s", span)
            .replace("resourceLogs", "resourceSpans")
            .replace("scopeLogs", "scopeSpans")
            .replace("logRecords", "spans");
    return List.of(utf8("{}"), utf8(logs), utf8(three), utf8(spans));
  }

  /** The audit endpoint, in whichever encoding the first byte looks like. */
  static final class Audit {
    private final Way way;

    Audit() throws Exception {
      way = new Way(AuditKeys.trusted());
    }

    void decode(byte[] input) throws Rejected {
      boolean json = input.length > 0 && input[0] == '{';
      way.send(Signal.AUDIT, json ? Encoding.JSON : Encoding.PROTOBUF, true, input);
    }
  }

  /** A body of 64 KiB at most, unless it says that it is larger or no gzip. */
  static void gzip(byte[] input) throws Rejected, IOException {
    int bytesMax = 64 << 10;
    FairShare share = new FairShare(1 << 20, 1 << 20, "the memory for requests");
    byte[] plain;
    try (FairShare.Reservation reservation = share.reserve("acme")) {
      plain = Gunzip.decompress(input, bytesMax, reservation);
    }
    assertEquals(0, share.held());
    assertTrue(plain.length <= bytesMax);
    FairShare.Reservation again = share.reserve("acme");
    assertArrayEquals(plain, Gunzip.decompress(Otlp.gzip(plain), bytesMax, again));
  }

  static List<byte[]> gzips() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(Otlp.gzip(utf8("one, ")));
    two.writeBytes(Otlp.gzip(utf8("two")));
    byte[] named = Otlp.gzip(utf8("named"));
    named[3] = 0x1e; // says that extra field, name, comment and header checksum follow
    return List.of(
        Otlp.gzip(new byte[0]),
        Otlp.gzip(mixed().toByteArray()),
        Otlp.gzip(new byte[64 << 10]),
        Otlp.gzip(new byte[(64 << 10) + 1]),
        Otlp.gzip(new byte[4 << 20]),
        named,
        two.toByteArray());
  }
}
