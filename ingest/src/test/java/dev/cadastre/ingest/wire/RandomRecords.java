package dev.cadastre.ingest.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.Random;

/** Log records of a small vocabulary, so that they repeat one another. */
public final class RandomRecords {
  private static final List<String> NAMES =
      List.of(
          "audit.record.id",
          "audit.actor.id",
          "audit.actor.type",
          "audit.action",
          "audit.integrity.value",
          "ledger.data.category",
          "ledger.key.id",
          "ledger.tenant.id",
          "gen_ai.prompt",
          "user.email",
          "event.name",
          "größe",
          "n".repeat(130),
          "");
  private static final List<String> TEXTS =
      List.of("service", "user", "a", "", "{\"a\":1}", " ", "naïve", "x".repeat(200), "\u0000\"\\");

  private final Random random;

  public RandomRecords(long seed) {
    random = new Random(seed);
  }

  public LogRecord next() {
    LogRecord.Builder log = LogRecord.newBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      log.addAttributes(KeyValue.newBuilder().setKey(one(NAMES)).setValue(value(2)));
    }
    if (random.nextBoolean()) {
      log.setTimeUnixNano(random.nextLong()).setEventName(one(TEXTS));
    }
    if (random.nextInt(4) == 0) {
      log.setObservedTimeUnixNano(random.nextInt(3)).setBody(value(3));
      log.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN).setSeverityText(one(TEXTS));
    }
    if (random.nextInt(4) == 0) {
      log.setTraceId(ByteString.copyFrom(new byte[random.nextInt(3) * 8]));
      log.setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) random.nextInt()}));
      log.setFlags(random.nextInt()).setDroppedAttributesCount(random.nextInt());
    }
    return log.build();
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth == 0 ? 12 : 14)) {
      case 0 -> value.setIntValue(random.nextInt(3)).build();
      case 1 -> value.setBoolValue(random.nextBoolean()).build();
      case 2 -> value.setDoubleValue(random.nextInt(3) / 2.0).build();
      case 3 -> value.setBytesValue(ByteString.copyFromUtf8(one(TEXTS))).build();
      case 4 -> value.build();
      case 12 ->
          value
              .setArrayValue(
                  ArrayValue.newBuilder().addValues(value(depth - 1)).addValues(value(0)))
              .build();
      case 13 ->
          value
              .setKvlistValue(
                  KeyValueList.newBuilder()
                      .addValues(
                          KeyValue.newBuilder().setKey(one(NAMES)).setValue(value(depth - 1))))
              .build();
      default -> value.setStringValue(one(TEXTS)).build();
    };
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
