package dev.cadastre.ingest;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.imports.ImportReader;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.OtlpJson;
import dev.cadastre.ingest.otlp.OtlpProtobuf;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.record.Locations;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.Draft;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the log gets of a file in {@code src/test/resources/cases}, under the policy beside it.
 * {@code .otlp.json} and {@code .otlp.pb} are requests of logs, {@code .otlp-traces.json} of
 * traces; the rest are files to import.
 */
public final class CaseFile {
  private static final int RECORDS_MAX = 1_000;

  private CaseFile() {}

  /**
   * A record in the log.
   *
   * @param disclosed what stands behind the entry's digests, by name
   */
  public record Kept(RecordEvent event, Map<String, Value> disclosed) {
    static Kept of(Draft draft) {
      Map<String, Value> disclosed = new TreeMap<>();
      for (Disclosure one : draft.disclosures()) {
        disclosed.put(one.name(), one.value());
      }
      try {
        return new Kept((RecordEvent) EventCodec.decode(draft.eventJcs()), disclosed);
      } catch (Refused e) {
        throw new AssertionError("an entry that nobody can read", e);
      }
    }

    /** Kind, then each hop with place and assurance, then the verdict and what it rests on. */
    public String told() {
      StringBuilder line = new StringBuilder(event.kind().wire());
      event
          .locations()
          .forEach(
              (hop, at) ->
                  line.append(" | ")
                      .append(hop.wire())
                      .append(' ')
                      .append(at.place())
                      .append(' ')
                      .append(at.assurance().wire()));
      event
          .verdict()
          .ifPresent(
              verdict -> {
                line.append(" | ").append(verdict.outcome().wire());
                verdict.findings().stream()
                    .filter(one -> one.outcome() == verdict.outcome())
                    .map(Finding::rule)
                    .distinct()
                    .forEach(rule -> line.append(' ').append(rule));
              });
      return line.toString();
    }

    /** An open attribute that is a text; empty for none. */
    public String open(String name) {
      return event.attributes().string(name).orElse("");
    }

    /** A private attribute that is a text; empty for none. */
    public String hidden(String name) {
      return disclosed.get(name) instanceof Value.Text text ? text.text() : "";
    }

    /** The bytes that the entry has of it. */
    public String entry() {
      return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    }
  }

  /** What a file becomes, one line a record as {@link Kept#told} has it. */
  public static String told(String file) {
    List<String> lines = kept(file).stream().map(Kept::told).toList();
    return String.join("\n", lines);
  }

  /** What the log has of a file's records, in their order. */
  public static List<Kept> kept(String file) {
    return kept(file, bytes(file));
  }

  /**
   * The same for bytes of one's own.
   *
   * @param name decides as a file's name does how they come in
   */
  public static List<Kept> kept(String name, byte[] bytes) {
    try {
      return prepared(name, bytes).drafts().stream().map(Kept::of).toList();
    } catch (Rejected e) {
      throw new AssertionError(name + " is refused: " + e.getMessage(), e);
    }
  }

  /** What the sender of a file hears beside success; empty for nothing. */
  public static String warning(String name, byte[] bytes) {
    try {
      return prepared(name, bytes).warnings().text().orElse("");
    } catch (Rejected e) {
      throw new AssertionError(name + " is refused: " + e.getMessage(), e);
    }
  }

  public static byte[] bytes(String file) {
    try (InputStream in = CaseFile.class.getResourceAsStream("/cases/" + file)) {
      if (in == null) {
        throw new AssertionError("no file cases/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Preparation.Prepared prepared(String name, byte[] bytes) throws Rejected {
    StubSink sink = new StubSink();
    sink.adopted = Optional.of(policy());
    Sender sender = new Sender("token/00000000", Optional.of(TestCell.ACME_LOG), true);
    return Preparation.prepare(
        sender, batch(name, bytes), sink, TrustedKeys.NONE, new Random(name.hashCode()));
  }

  private static DecodedRequest batch(String name, byte[] bytes) throws Rejected {
    if (name.endsWith(".otlp.json")) {
      return OtlpJson.decode(Signal.LOGS, bytes, RequestBounds.of(64 << 20, RECORDS_MAX));
    }
    if (name.endsWith(".otlp-traces.json")) {
      return OtlpJson.decode(Signal.TRACES, bytes, RequestBounds.of(64 << 20, RECORDS_MAX));
    }
    return name.endsWith(".otlp.pb")
        ? OtlpProtobuf.decode(Signal.LOGS, bytes, RequestBounds.of(64 << 20, RECORDS_MAX))
        : DecodedRequest.of(Signal.LOGS, read(bytes));
  }

  /** The same for a file of which whoever imports it says where it comes from. */
  public static List<Kept> imported(String file, KeyValue... resource) {
    return imported(file, VaultPlaces.NONE, resource);
  }

  public static List<Kept> imported(String file, VaultPlaces vaults, KeyValue... resource) {
    StubSink sink = new StubSink();
    sink.adopted = Optional.of(policy());
    Sender sender = new Sender("cli", Optional.of(TestCell.ACME_LOG), true);
    try {
      return Preparation.prepare(
              sender,
              DecodedRequest.of(Signal.LOGS, read(bytes(file)), Otlp.resource(resource)),
              sink,
              TrustedKeys.NONE,
              new Locations(Optional.empty(), vaults),
              new Random(1),
              Long.MAX_VALUE,
              StubSink.NOW_NS)
          .drafts()
          .stream()
          .map(Kept::of)
          .toList();
    } catch (Rejected e) {
      throw new AssertionError(file + " is refused: " + e.getMessage(), e);
    }
  }

  private static List<ReceivedRecord> read(byte[] bytes) {
    List<ReceivedRecord> arrived = new ArrayList<>();
    try {
      ImportReader reader = new ImportReader(new ByteArrayInputStream(bytes), ForeignFormats.AUTO);
      for (Optional<ImportReader.Read> read = reader.next();
          read.isPresent();
          read = reader.next()) {
        arrived.add(new ReceivedRecord.Decoded(read.get().log()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return arrived;
  }

  private static AdoptedPolicy policy() {
    try {
      Policy policy = Policy.fromJson(Json.parseObject(bytes("policy.json")));
      return new AdoptedPolicy(1, policy, Registry.standard());
    } catch (Refused e) {
      throw new AssertionError("policy.json", e);
    }
  }
}
