package dev.cadastre.ingest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.logs.v1.LogRecord;

/** Holds a log record as it was read against the message that protobuf's own parser reads. */
public final class SameLog {
  private SameLog() {}

  /** Compares everything that is told of a log record with what its message says. */
  public static void check(LogRecord expected, Log log) {
    Log whole = Log.of(expected);
    assertEquals(expected, log.message());
    assertEquals(expected.getAttributesList(), log.attributes());
    assertEquals(whole.timeUnixNano(), log.timeUnixNano());
    assertEquals(whole.observedTimeUnixNano(), log.observedTimeUnixNano());
    assertEquals(whole.severityNumber(), log.severityNumber());
    assertEquals(whole.severityText(), log.severityText());
    assertEquals(whole.body(), log.body());
    assertEquals(whole.droppedAttributesCount(), log.droppedAttributesCount());
    assertEquals(whole.flags(), log.flags());
    assertEquals(whole.traceId(), log.traceId());
    assertEquals(whole.spanId(), log.spanId());
    assertEquals(whole.eventName(), log.eventName());
    for (Mark mark : Mark.values()) {
      assertEquals(whole.mayHave(mark), log.mayHave(mark), mark.name());
    }
    assertEquals(whole.pairs().size(), log.pairs().size());
    for (int i = 0; i < whole.pairs().size(); i++) {
      Pair pair = log.pairs().get(i);
      assertEquals(whole.pairs().get(i).name().text(), pair.name().text());
      assertEquals(whole.pairs().get(i).scalar(), pair.scalar());
      assertEquals(whole.pairs().get(i).string(), pair.string());
      assertEquals(expected.getAttributes(i), pair.message());
    }
  }
}
