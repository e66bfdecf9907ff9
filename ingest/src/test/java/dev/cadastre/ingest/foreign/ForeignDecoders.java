package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.ExpectedRecords;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.imports.ImportReader;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Way;
import dev.cadastre.ledger.model.Draft;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Audit records of other systems, one by one and in files. */
public final class ForeignDecoders {
  private static final List<String> FILES =
      List.of(
          "cloudtrail.json",
          "gcp.ndjson",
          "azure-keyvault.json",
          "vault.ndjson",
          "opa.json",
          "kubernetes.json",
          "falco.ndjson",
          "ocsf.ndjson",
          "azure-activity.json",
          "entra-sign-in.json",
          "okta.ndjson",
          "in-toto.ndjson",
          "sarif.json",
          "checkov.json",
          "openlineage.ndjson",
          "envoy.ndjson");

  private ForeignDecoders() {}

  /** The records of an example file, each as its JSON text. */
  static List<String> records(String file) throws IOException {
    List<String> records = new ArrayList<>();
    try (InputStream in = Files.newInputStream(ForeignExamplesTest.EXAMPLES.resolve(file))) {
      ImportReader reader = new ImportReader(in, ForeignFormats.AUTO);
      for (Optional<ImportReader.Read> one = reader.next(); one.isPresent(); one = reader.next()) {
        records.add(one.get().log().getBody().getStringValue());
      }
    }
    return records;
  }

  public static List<byte[]> seeds(String file) throws IOException {
    return records(file).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** The first record of each format. */
  public static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    for (String file : FILES) {
      examples.add(records(file).get(0));
    }
    return examples;
  }

  /** Whole files in every shape. */
  public static List<byte[]> files() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String file : FILES) {
      seeds.add(Files.readAllBytes(ForeignExamplesTest.EXAMPLES.resolve(file)));
    }
    String record = records("falco.ndjson").get(0);
    for (String shape :
        List.of(
            "[%s,%s]",
            "{\"Records\":[%s,%s]}",
            "{ \"records\" : [ %s , %s ], \"more\": {\"x\": [1]} }",
            "{\"kind\":\"EventList\",\"items\":[%s,%s],\"metadata\":{\"a\":\"}\"}}\n{\"b\":1}",
            "%s\n{\"broken\":\n%s")) {
      seeds.add(String.format(Locale.ROOT, shape, record, record).getBytes(StandardCharsets.UTF_8));
    }
    for (String odd : List.of("\u00ef", "\u00ef\u00bb\u00bf{}", "\u00ef{\"a\":1}")) {
      seeds.add(odd.getBytes(StandardCharsets.ISO_8859_1));
    }
    seeds.add(Otlp.gzip(record.getBytes(StandardCharsets.UTF_8)));
    return seeds;
  }

  /**
   * Records of one format, as bodies of log records: whatever is recognised becomes a sound event
   * of that format, and its original is kept to the character.
   */
  public static final class Importer {
    private final ForeignFormats format;
    private final String name;
    private final Way way = new Way();

    public Importer(String name) throws Refused {
      this.name = name;
      this.format = ForeignFormats.named(name).orElseThrow();
    }

    public void decode(byte[] input) throws Refused, Rejected {
      String text = Encodings.utf8(input);
      LogRecord log = LogRecord.newBuilder().setBody(Otlp.text(text)).build();
      List<Draft> drafts =
          way.send(
              Signal.LOGS,
              Encoding.PROTOBUF,
              true,
              Otlp.logs(Otlp.resource(Otlp.attribute("cloud.region", "eu-central-1")), log)
                  .toByteArray());
      if (format.translate(log, Attributes.EMPTY).isEmpty()) {
        throw new Refused("not a record of format " + name);
      }
      // Others may recognise it before; and a body may be a batch.
      if (Batches.split(log).size() == 1 && drafts.size() == 1 && isOurs(drafts.get(0))) {
        assertEquals(text, original(drafts.get(0)));
      }
    }

    private boolean isOurs(Draft draft) throws Refused {
      RecordEvent event = (RecordEvent) EventCodec.decode(draft.eventJcs());
      return event.attributes().string(Names.SOURCE_FORMAT).filter(name::equals).isPresent();
    }

    private static String original(Draft draft) {
      TreeMap<Integer, String> parts = new TreeMap<>();
      for (Disclosure one : draft.disclosures()) {
        if (one.name().startsWith(Names.SOURCE_RECORD) && one.value() instanceof Value.Text part) {
          String number = one.name().substring(Names.SOURCE_RECORD.length());
          parts.put(number.isEmpty() ? 0 : Integer.parseInt(number.substring(1)), part.text());
        }
      }
      return String.join("", parts.values());
    }
  }

  /** Files: every record of a well-formed one comes out, and what comes out can be kept. */
  public static final class ImportFile {
    private final Way way = new Way();

    public ImportFile() throws Refused {}

    public void decode(byte[] input) throws IOException, Rejected {
      ImportReader reader = new ImportReader(new ByteArrayInputStream(input), ForeignFormats.AUTO);
      List<LogRecord> logs = new ArrayList<>();
      boolean gzip = input.length > 1 && input[0] == 0x1f && (input[1] & 0xff) == 0x8b;
      long line = 1;
      long bytes = 0;
      for (Optional<ImportReader.Read> one = reader.next(); one.isPresent(); one = reader.next()) {
        assertTrue(one.get().line() >= line, "lines go backwards");
        line = one.get().line();
        bytes += bytes(one.get().log());
        logs.add(one.get().log());
        assertTrue(gzip || logs.size() <= input.length, "records without end");
        if (logs.size() == 1_000) {
          break;
        }
      }
      assertTrue(gzip || bytes <= input.length, "more bytes come out than went in");
      if (!gzip && logs.size() < 1_000) {
        nothingLost(input, logs);
      }
      OptionalInt expected = ExpectedRecords.count(input);
      if (expected.isPresent() && logs.size() < 1_000) {
        assertEquals(expected.getAsInt(), logs.size(), "records");
      }
      if (!logs.isEmpty()) {
        way.send(
            Signal.LOGS,
            Encoding.PROTOBUF,
            true,
            Otlp.logs(logs.toArray(LogRecord[]::new)).toByteArray());
      }
    }

    private static long bytes(LogRecord log) {
      return raw(log).length;
    }

    private static byte[] raw(LogRecord log) {
      return log.getBody().hasStringValue()
          ? log.getBody().getStringValue().getBytes(StandardCharsets.UTF_8)
          : log.getBody().getBytesValue().toByteArray();
    }

    /** Where nothing wraps records, all bytes come out but what separates them. */
    private static void nothingLost(byte[] input, List<LogRecord> logs) {
      String in = new String(input, StandardCharsets.ISO_8859_1);
      if (in.matches("(?s).*([Rr]ecords|EventList).*")) {
        return;
      }
      StringBuilder out = new StringBuilder();
      logs.forEach(log -> out.append(new String(raw(log), StandardCharsets.ISO_8859_1)));
      String mark = "\u00ef\u00bb\u00bf";
      String separators = "[ \\n\\r\\t,\\[\\]]";
      String whole = in.startsWith(mark) ? in.substring(mark.length()) : in;
      assertEquals(whole.replaceAll(separators, ""), out.toString().replaceAll(separators, ""));
    }
  }
}
