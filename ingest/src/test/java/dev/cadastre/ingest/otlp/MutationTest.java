package dev.cadastre.ingest.otlp;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.map;
import static dev.cadastre.ingest.Otlp.resource;
import static dev.cadastre.ingest.Otlp.span;
import static dev.cadastre.ingest.Otlp.spans;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.StubSink;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ledger.model.Draft;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests damaged at random: each is refused, or becomes events that the strict decoder takes.
 * Nothing else may happen. The seed is fixed; {@code -Dcadastre.effort=N} takes N times as many.
 */
class MutationTest {
  private static final int ROUNDS = 5_000 * Integer.getInteger("cadastre.effort", 1);
  private static final int RECORDS_MAX = 1_000;

  private static final byte[] LOGS =
      logs(
              resource(attribute("cloud.region", "eu-central-1"), attribute("user.name", "a")),
              log("data.access", attribute("ledger.data.category", "c"), attribute("n", 7)),
              log("key.use", attribute("m", map(attribute("k", "v"), attribute("l", 1)))),
              log("gen_ai.choice", attribute("gen_ai.prompt", "p")))
          .toByteArray();

  private static final byte[] SPANS =
      spans(span("chat", attribute("gen_ai.operation.name", "chat")), span("GET")).toByteArray();

  private static final byte[] JSON =
      ("{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":{\"intValue\":"
              + "\"7\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{\"traceId\":"
              + "\"5B8EFFF798038103D269B633813FC60C\",\"severityNumber\":9,\"body\":{\"kvlistValue\":"
              + "{\"values\":[{\"key\":\"a\",\"value\":{\"doubleValue\":1.5}}]}}},{\"eventName\":"
              + "\"key.use\",\"attributes\":[{\"key\":\"b\",\"value\":{\"bytesValue\":\"AAE=\"}}]}]}]}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final Sender sender = new Sender("token/00000000", Optional.of(TestCell.ACME_LOG), true);
  private final SecureRandom salts = new SecureRandom();
  private int accepted;
  private int refused;

  @Test
  void damagedRequestsAreRefusedOrBecomeSoundEvents() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      send(Signal.LOGS, Encoding.PROTOBUF, mutated(LOGS, random));
      send(Signal.TRACES, Encoding.PROTOBUF, mutated(SPANS, random));
      send(Signal.LOGS, Encoding.JSON, mutated(JSON, random));
    }
    assertEquals(3 * ROUNDS, accepted + refused);
    assertTrue(accepted > ROUNDS / 10 && refused > ROUNDS / 10, accepted + " / " + refused);
  }

  private void send(Signal signal, Encoding encoding, byte[] request) throws Refused {
    try {
      DecodedRequest batch =
          switch (encoding) {
            case PROTOBUF ->
                OtlpProtobuf.decode(signal, request, RequestBounds.of(64 << 20, RECORDS_MAX));
            case JSON -> OtlpJson.decode(signal, request, RequestBounds.of(64 << 20, RECORDS_MAX));
          };
      for (Draft draft :
          Preparation.prepare(sender, batch, new StubSink(), TrustedKeys.NONE, salts).drafts()) {
        assertTrue(EventCodec.decode(draft.eventJcs()) instanceof RecordEvent);
      }
      accepted++;
    } catch (Rejected e) {
      refused++;
    }
  }

  /** Up to four bytes changed, a stretch cut out, doubled, or the end cut off. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
      }
      case 2 -> {
        return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
      }
      default -> {
        for (int i = at; i < Math.min(to, at + 4); i++) {
          bytes[i] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      }
    }
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
