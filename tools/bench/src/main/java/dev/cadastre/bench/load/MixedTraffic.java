package dev.cadastre.bench.load;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A month of one tenant's events, of several kinds, places, keys and verdicts, common ones and rare
 * ones. The more events, the closer they follow one another. An event's contents follow from its
 * number alone.
 */
public final class MixedTraffic {
  public static final long FIRST_TIME_NS = 1_772_366_400_000_000_000L;
  public static final long MONTH_NS = Duration.ofDays(30).toNanos();
  public static final int ACTORS = 200;
  public static final int KEYS = 64;
  public static final int OBJECTS = 10_000;
  public static final String RARE_PLACE = "aws:us-east-1";

  private static final int RARE = 2_000;
  private static final int PER_RESOURCE = 64;
  private static final String[] REGIONS = {
    "eu-central-1", "eu-central-1", "eu-central-1", "eu-west-1", "eu-west-1", "eu-north-1"
  };
  private static final String[] CATEGORIES = {
    "customer-data", "customer-data", "customer-data", "customer-data", "billing", "support"
  };

  private final long events;

  /**
   * @param events how many the month has
   */
  public MixedTraffic(long events) {
    this.events = events;
  }

  public long events() {
    return events;
  }

  public static String id(long number) {
    return String.format(Locale.ROOT, "%016d", number);
  }

  /** The request of events {@code [from, to)}. */
  public byte[] request(long from, long to) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (long first = from; first < to; first += PER_RESOURCE) {
      SplittableRandom random = new SplittableRandom(first);
      ScopeLogs.Builder scope = ScopeLogs.newBuilder();
      for (long i = first; i < Math.min(to, first + PER_RESOURCE); i++) {
        scope.addLogRecords(record(i));
      }
      request.addResourceLogs(
          ResourceLogs.newBuilder().setResource(resource(random)).addScopeLogs(scope));
    }
    return request.build().toByteArray();
  }

  private static Resource resource(SplittableRandom random) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", "service-" + random.nextInt(12)))
        .addAttributes(attribute("cloud.provider", "aws"))
        .addAttributes(attribute("cloud.region", pick(REGIONS, random)))
        .build();
  }

  private LogRecord record(long i) {
    SplittableRandom random = new SplittableRandom(i);
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(FIRST_TIME_NS + (long) ((double) i / events * MONTH_NS))
            .addAttributes(attribute("audit.record.id", id(i)))
            .addAttributes(attribute("audit.actor.id", "svc-" + random.nextInt(ACTORS)))
            .addAttributes(attribute("audit.actor.type", "service"))
            .addAttributes(
                attribute("audit.outcome", random.nextInt(50) == 0 ? "denied" : "success"));
    if (random.nextInt(RARE) == 0) {
      record.addAttributes(attribute("ledger.location.processing", RARE_PLACE));
    }
    int share = random.nextInt(100);
    if (share < 70) {
      access(record, random);
    } else if (share < 90) {
      key(record, random.nextInt(RARE) == 0 ? "rotate" : "decrypt", random);
    } else {
      inference(record, random);
    }
    return record.build();
  }

  private static void access(LogRecord.Builder record, SplittableRandom random) {
    record
        .setEventName("data.access")
        .addAttributes(attribute("audit.action", "account.read"))
        .addAttributes(attribute("ledger.data.category", pick(CATEGORIES, random)))
        .addAttributes(attribute("ledger.data.operation", "read"))
        .addAttributes(attribute("ledger.data.object.id", "account/" + random.nextInt(OBJECTS)));
  }

  private static void key(LogRecord.Builder record, String operation, SplittableRandom random) {
    record
        .setEventName("key." + operation)
        .addAttributes(attribute("audit.action", "key." + operation))
        .addAttributes(attribute("ledger.key.id", "key-" + random.nextInt(KEYS)))
        .addAttributes(attribute("ledger.key.operation", operation));
  }

  private static void inference(LogRecord.Builder record, SplittableRandom random) {
    record
        .setEventName("gen_ai.client.inference")
        .addAttributes(attribute("audit.action", "model.infer"))
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute("gen_ai.request.model", "model-" + random.nextInt(6)))
        .addAttributes(attribute("ledger.data.category", pick(CATEGORIES, random)));
  }

  private static String pick(String[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
