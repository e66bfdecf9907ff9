package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;

import dev.cadastre.ingest.integrity.KeyDecoders;
import dev.cadastre.ingest.integrity.TrustedKeys;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Audit records, some of them signed, and whose signatures count. */
public final class AuditKeys {
  private AuditKeys() {}

  public static TrustedKeys trusted() throws Exception {
    return tenant -> KeyDecoders.keyring();
  }

  static LogRecord record(String id, KeyValue... more) {
    KeyValue[] own = {
      attribute("audit.record.id", id),
      attribute("audit.actor.id", "svc"),
      attribute("audit.actor.type", "service"),
      attribute("audit.action", "read"),
      attribute("audit.outcome", "success")
    };
    return log("data.read", Stream.of(own, more).flatMap(Stream::of).toArray(KeyValue[]::new));
  }

  public static List<byte[]> bodies() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(logs(record("a"), record("b", attribute("audit.sequence.number", 1))).toByteArray());
    seeds.add(logs(record("")).toByteArray());
    seeds.addAll(KeyDecoders.signed());
    seeds.add(
        ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"eventName\":"
                + "\"e\",\"attributes\":[{\"key\":\"audit.record.id\",\"value\":{\"stringValue\":\"r\"}},"
                + "{\"key\":\"audit.actor.id\",\"value\":{\"stringValue\":\"a\"}},{\"key\":"
                + "\"audit.actor.type\",\"value\":{\"stringValue\":\"human\"}},{\"key\":\"audit.action\","
                + "\"value\":{\"stringValue\":\"x\"}},{\"key\":\"audit.outcome\",\"value\":{\"stringValue\":"
                + "\"success\"}},{\"key\":\"audit.integrity.value\",\"value\":{\"stringValue\":\"AAAA\"}}]}]}]}]}")
            .getBytes(StandardCharsets.UTF_8));
    return seeds;
  }
}
