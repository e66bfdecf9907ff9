package dev.cadastre.bench.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An OTLP request of data accesses, prepared before it is sent: about 280 bytes a record, of words
 * that repeat as a real service's do. Only the record ids differ from one sending to the next; they
 * are written into the bytes, so that sending costs next to nothing.
 */
public final class PreparedRequest {
  /** Digits of a record id. */
  public static final int DIGITS = 16;

  private static final byte[] NO_ID = "#".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII);
  private static final long FIRST_TIME_NS = 1_772_366_400_000_000_000L;

  private final byte[] bytes;
  private final int[] ids;
  private final int first;

  /**
   * @param seed lets requests differ from one another as a service's do
   */
  public PreparedRequest(int records, int seed) {
    first = seed * 31;
    bytes = encode(records, seed);
    ids = new int[records];
    int at = 0;
    for (int record = 0; record < records; record++) {
      at = indexOfId(at);
      ids[record] = at;
      at += DIGITS;
    }
  }

  /** So many different ones for each of so many senders. */
  static PreparedRequest[][] variety(int senders, int each, int records) {
    PreparedRequest[][] all = new PreparedRequest[senders][each];
    for (int sender = 0; sender < senders; sender++) {
      for (int i = 0; i < each; i++) {
        all[sender][i] = new PreparedRequest(records, sender * each + i);
      }
    }
    return all;
  }

  private int indexOfId(int from) {
    for (int at = from; ; at++) {
      if (Arrays.equals(bytes, at, at + DIGITS, NO_ID, 0, DIGITS)) {
        return at;
      }
    }
  }

  public int records() {
    return ids.length;
  }

  /**
   * The request with record ids from {@code firstId} on. The array is this request's own and is
   * overwritten by the next call.
   */
  public byte[] numbered(long firstId) {
    for (int record = 0; record < ids.length; record++) {
      long rest = firstId + record;
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        bytes[ids[record] + digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return bytes;
  }

  /** The time that one of its records carries, by its place in the request. */
  public long timeNs(int record) {
    return timeOf(first + (long) record);
  }

  private static long timeOf(long i) {
    return FIRST_TIME_NS + i * 1_000_000L;
  }

  /** The data object that one of its records names. */
  public String object(int record) {
    return objectOf(first + (long) record);
  }

  private static String objectOf(long i) {
    return "account/" + i % 10_000;
  }

  private static byte[] encode(int records, int seed) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < records; i++) {
      scope.addLogRecords(record(seed * 31 + i));
    }
    Resource resource =
        Resource.newBuilder()
            .addAttributes(attribute("service.name", "accounts-api"))
            .addAttributes(attribute("service.instance.id", "accounts-api-" + seed % 8))
            .addAttributes(attribute("cloud.provider", "aws"))
            .addAttributes(attribute("cloud.region", "eu-central-1"))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static LogRecord record(int i) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(timeOf(i))
        .setEventName("data.access")
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("audit.record.id")
                .setValue(AnyValue.newBuilder().setStringValueBytes(ByteString.copyFrom(NO_ID))))
        .addAttributes(attribute("audit.actor.id", "svc-" + i % 50))
        .addAttributes(attribute("audit.actor.type", "service"))
        .addAttributes(attribute("audit.action", "account.read"))
        .addAttributes(attribute("audit.outcome", "success"))
        .addAttributes(attribute("ledger.data.category", "customer-data"))
        .addAttributes(attribute("ledger.data.operation", "read"))
        .addAttributes(attribute("ledger.data.object.id", objectOf(i)))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
