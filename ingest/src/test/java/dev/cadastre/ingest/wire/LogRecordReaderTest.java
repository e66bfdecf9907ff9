package dev.cadastre.ingest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Protobuf's own parser is the oracle: what it reads is read alike, what it refuses is refused. */
class LogRecordReaderTest {
  private static final int REQUESTS = 2_000;
  private static final int RECORDS = 20;

  private int refused;
  private int read;

  @Test
  void readsWhatTheParserReads() throws Exception {
    RandomRecords records = new RandomRecords(1);
    for (int request = 0; request < REQUESTS; request++) {
      List<byte[]> encoded = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        encoded.add(records.next().toByteArray());
      }
      compare(encoded);
    }
    assertEquals(REQUESTS * RECORDS, read);
  }

  @Test
  void readsAndRefusesDamageAsTheParserDoes() throws Exception {
    RandomRecords records = new RandomRecords(2);
    Random random = new Random(3);
    for (int request = 0; request < REQUESTS; request++) {
      List<byte[]> encoded = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        byte[] bytes = records.next().toByteArray();
        for (int change = random.nextInt(3); change > 0 && bytes.length > 0; change--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        encoded.add(bytes);
      }
      compare(encoded);
    }
    assertTrue(refused > REQUESTS && read > REQUESTS, refused + " refused, " + read + " read");
  }

  @Test
  void readsFieldsThatComeTwiceOutOfOrderOrFromAnotherEdition() throws Exception {
    LogRecord one =
        LogRecord.newBuilder()
            .setBody(AnyValue.newBuilder().setStringValue("a"))
            .setEventName("first")
            .addAttributes(pair("k", "v"))
            .build();
    LogRecord other =
        LogRecord.newBuilder()
            .setBody(AnyValue.newBuilder().setIntValue(1))
            .setEventName("second")
            .addAttributes(pair("k", "v"))
            .build();
    byte[] valueFirst = HexFormat.of().parseHex("32" + "08" + "12030a0176" + "0a016b");
    byte[] twoKeys = HexFormat.of().parseHex("32" + "0b" + "0a016a" + "0a016b" + "12030a0176");
    byte[] twoStrings =
        HexFormat.of().parseHex("32" + "0b" + "0a016b" + "1206" + "0a0175" + "0a0176");
    byte[] unknownField = HexFormat.of().parseHex("a00601");
    byte[] longLength = HexFormat.of().parseHex("32" + "8800" + "0a016b" + "12030a0176");
    byte[] group = HexFormat.of().parseHex("a306" + "0801" + "a406");
    byte[] openGroup = HexFormat.of().parseHex("a306" + "0801");
    byte[] negativeLength = HexFormat.of().parseHex("32" + "ffffffff0f");
    byte[] notUtf8 = HexFormat.of().parseHex("62" + "01" + "ff");
    compare(
        List.of(
            joined(one.toByteArray(), other.toByteArray()),
            valueFirst,
            twoKeys,
            twoStrings,
            joined(unknownField, one.toByteArray()),
            longLength,
            group,
            openGroup,
            negativeLength,
            notUtf8));
    assertEquals(3, refused);
  }

  @Test
  void refusesWhatIsNestedDeeperThanTheParserGoes() throws Exception {
    for (int depth = 40; depth < 60; depth++) {
      AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
      for (int i = 0; i < depth; i++) {
        value =
            AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
      }
      KeyValue pair = KeyValue.newBuilder().setKey("k").setValue(value).build();
      compare(
          List.of(
              LogRecord.newBuilder().addAttributes(pair).build().toByteArray(),
              LogRecord.newBuilder().setBody(value).build().toByteArray()));
    }
    assertTrue(refused > 2 && read > 2, refused + " refused, " + read + " read");
  }

  @Test
  void decodesEqualAttributesOnce() throws Exception {
    byte[] record = LogRecord.newBuilder().addAttributes(pair("k", "v")).build().toByteArray();
    LogRecordReader reader = new LogRecordReader(joined(record, record));
    Pair first = reader.read(0, record.length).pairs().get(0);
    assertSame(first, reader.read(record.length, record.length).pairs().get(0));
    assertEquals("v", first.string().orElseThrow());
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValueBytes(ByteString.copyFromUtf8(value)))
        .build();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** All records lie in one request, so that each may meet what was read for another. */
  private void compare(List<byte[]> records) throws InvalidProtocolBufferException {
    byte[] request = joined(records.toArray(byte[][]::new));
    LogRecordReader reader = new LogRecordReader(request);
    int at = 0;
    for (byte[] record : records) {
      int start = at;
      at += record.length;
      LogRecord expected;
      try {
        expected = LogRecord.parseFrom(record);
      } catch (InvalidProtocolBufferException e) {
        refused++;
        InvalidProtocolBufferException thrown =
            assertThrows(
                InvalidProtocolBufferException.class,
                () -> reader.read(start, record.length),
                () -> HexFormat.of().formatHex(record));
        assertEquals(e.getMessage(), thrown.getMessage());
        continue;
      }
      read++;
      SameLog.check(expected, reader.read(start, record.length));
    }
  }
}
