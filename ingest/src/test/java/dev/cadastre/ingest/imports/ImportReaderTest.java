package dev.cadastre.ingest.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.foreign.RecordTooLarge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file falls into records. */
class ImportReaderTest {
  private static final String ALERT =
      "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"2026-01-01T00:00:00Z\",\"output_fields\":{\"x\":\"N\"}}";

  private static String alert(String n) {
    return ALERT.replace("N\"}", n + "\"}");
  }

  /** {@code LINE:ok} or {@code LINE:problem}, one a record. */
  private static List<String> read(byte[] file) throws IOException {
    List<String> all = new ArrayList<>();
    ImportReader reader = new ImportReader(new ByteArrayInputStream(file), ForeignFormats.AUTO);
    for (Optional<ImportReader.Read> one = reader.next(); one.isPresent(); one = reader.next()) {
      all.add(
          one.get().line() + ":" + (one.get().problem().isEmpty() ? "ok" : one.get().problem()));
    }
    return all;
  }

  private static List<String> read(String file) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyShapeOfAFileHoldsTheSameRecords() throws Exception {
    String a = alert("{[\\\"}]");
    String b = alert("é");
    for (String file :
        List.of(
            a + "\n" + b,
            a + b,
            "\uFEFF" + a + "\r\n\r\n" + b + "\n\n",
            "[" + a + "," + b + "]",
            "[\n  " + a + "\n  ,\n  " + b + "\n]\n",
            "{\"Records\":[" + a + "," + b + "]}",
            "{ \"records\" : [ " + a + " , " + b + " ], \"more\": {\"x\": [1]} }",
            "{\"kind\":\"EventList\",\"metadata\":{},\"items\":[" + a + "," + b + "]}",
            "{\"Records\":[" + a + "]}\n{\"Records\":[" + b + "]}",
            b.replace(",", ",\n ").replace("{", "{\n") + "\n" + b)) {
      List<String> read = read(file);
      assertEquals(2, read.size(), file + " is " + read);
      assertTrue(read.stream().allMatch(one -> one.endsWith(":ok")), file + " is " + read);
      assertEquals(read, read(Otlp.gzip(file.getBytes(StandardCharsets.UTF_8))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rule\":\"r",
        "{\"rule\":{\"a\":1}",
        "{\"rule\":\"r\",",
        "{\"rule\":[1,2",
        "not JSON at all",
        "{\"rule\":\"r\"}}",
        "\"a string\"",
        "{\"a\":1,\"a\":2,\"output_fields\":{},\"rule\":\"r\",\"priority\":\"p\"}"
      })
  void aBrokenLineTakesNoOtherAlong(String broken) throws Exception {
    List<String> read = read(alert("1") + "\n" + broken + "\n" + alert("2") + "\n" + alert("3"));
    assertEquals("1:ok", read.get(0));
    assertEquals(
        List.of("3:ok", "4:ok"), read.subList(read.size() - 2, read.size()), read.toString());
    assertTrue(
        read.subList(1, read.size() - 2).stream()
            .allMatch(one -> one.startsWith("2:") && !one.endsWith(":ok")),
        read.toString());
  }

  /** Wherever a line is cut, the next one is a record. */
  @Test
  void aLineThatIsCutTakesNoOtherAlong() throws Exception {
    String record =
        alert("1").replace("{\"x\":", "{\"list\": [{\"a\": [1, {}]}, \"s\"], \"y\": {}, \"x\":");
    assertEquals(List.of("1:ok"), read(record));
    for (int length = 1; length < record.length(); length++) {
      String cut = record.substring(0, length);
      // After a comma in a list, a list with its items on lines of their own looks the same.
      if (!cut.endsWith(",") && !cut.endsWith(", ") || cut.endsWith("\",")) {
        List<String> read = read(cut + "\n" + record + "\n" + record);
        assertEquals(
            List.of("2:ok", "3:ok"), read.subList(read.size() - 2, read.size()), "cut: " + cut);
      }
    }
  }

  @Test
  void aRecordOnSeveralLinesIsOneHoweverTheyAreBroken() throws Exception {
    String record = alert("1").replace("{\"x\":", "{\"list\":[{\"a\":1},{\"b\":{\"c\":2}}],\"x\":");
    String everywhere = record.replaceAll("([\\[{,:])(?![0-9])", "$1\n").replace("00:\n", "00:");
    String indented = record.replaceAll("([\\[{,])", "$1\n  ").replaceAll("\":\\{", "\":\n {");
    assertEquals(List.of("1:ok"), read(everywhere), everywhere);
    assertEquals(List.of("1:ok"), read(indented), indented);
  }

  @Test
  void aListWithoutItsEndIsTold() throws Exception {
    for (String list : List.of("[", "{\"Records\":[")) {
      for (String end : List.of("", ",", "\n")) {
        List<String> read = read(list + alert("1") + "," + alert("2") + end);
        assertEquals(List.of("1:ok", "1:ok"), read.subList(0, 2));
        assertTrue(
            read.get(2).endsWith(":the list of records breaks off at the end"), read::toString);
        assertEquals(3, read.size());
      }
    }
  }

  @Test
  void whatFollowsTheRecordsOfAWrapperTakesNoOtherAlong() throws Exception {
    String wrapper = "{\"Records\":[" + alert("1") + "]";
    for (String rest :
        List.of(
            "", "}", ",\"x\":\"{\"}", ",\"x\":\"}\\\"}\",\"y\":[{\"z\":\"]\"}]}", ",\"x\":\"")) {
      assertEquals(
          List.of("1:ok", "2:ok"), read(wrapper + rest + "\n" + alert("2")), "after " + rest);
    }
    assertEquals(List.of("1:ok"), read(wrapper + ",\"x\":\n{\"y\":1}}"));
  }

  @Test
  void onlyAWholeByteOrderMarkIsNoPartOfTheFirstRecord() throws Exception {
    for (String odd : List.of("\u00ef", "\u00ef\u00bb", "\u00ef\u00bbx", "\u00efabc")) {
      byte[] file = odd.getBytes(StandardCharsets.ISO_8859_1);
      ImportReader reader = new ImportReader(new ByteArrayInputStream(file), ForeignFormats.AUTO);
      assertArrayEquals(
          file, reader.next().orElseThrow().log().getBody().getBytesValue().toByteArray());
    }
  }

  @Test
  void recordsOfOtherFormatsSayWhatWasExpected() throws Exception {
    ImportReader reader =
        new ImportReader(
            new ByteArrayInputStream(ALERT.getBytes(StandardCharsets.UTF_8)),
            ForeignFormats.named("cloudtrail").orElseThrow());
    assertEquals("not a record of format cloudtrail", reader.next().orElseThrow().problem());
    assertEquals(List.of("1:not a record of format " + ForeignFormats.AUTO), read("{}"));
  }

  @Test
  void aFileThatEndsTooEarlyKeepsWhatItHas() throws Exception {
    List<String> read = read("{\"Records\":[" + alert("1") + "," + alert("2").substring(0, 50));
    assertEquals(List.of("1:ok", "1:the record breaks off at the end"), read);
    byte[] gzip = Otlp.gzip(alert("1").getBytes(StandardCharsets.UTF_8));
    assertThrows(IOException.class, () -> read(Arrays.copyOf(gzip, gzip.length - 12)));
  }

  @Test
  void bytesThatAreNoTextAreRecordsThatCannotBeUnderstood() throws Exception {
    assertEquals(1, read(new byte[] {1, 2, (byte) 0xFF}).size());
    assertEquals(List.of(), read(new byte[0]));
    assertEquals(List.of(), read(" \n\r\n"));
  }

  @Test
  void recordsAreBoundedAndFilesAreNot() throws Exception {
    String large = alert("x".repeat(9 << 20));
    assertThrows(RecordTooLarge.class, () -> read(alert("1") + "\n" + large));
    String deep = "{\"a\":".repeat(100_000);
    assertEquals(1, read(deep).size());
  }
}
