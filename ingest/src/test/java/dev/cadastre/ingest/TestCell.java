package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ingest.grpc.OtlpGrpcServer;
import dev.cadastre.ingest.http.OtlpHttpServer;
import dev.cadastre.ingest.integrity.TrustedKeyDirectory;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.SenderDirectory;
import dev.cadastre.ingest.tls.ServerTls;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/** A ledger on disk with the tenants acme and globex, and both OTLP servers in front of it. */
public final class TestCell implements AutoCloseable {
  public static final String ACME = "token-of-acme";
  public static final String GLOBEX = "token-of-globex";
  static final String ALL = "token-for-all";
  public static final String VIEWER = "token-that-may-not-send";

  public static final LogName ACME_LOG = new LogName("acme");
  public static final LogName GLOBEX_LOG = new LogName("globex");

  /** Limits small enough to be reached by tests. */
  public static final IngestSettings SMALL =
      new IngestSettings(
          64 << 10, 1_000, 256 << 10, Duration.ofMillis(500), Duration.ofMillis(500));

  private static final Map<String, Sender> SENDERS =
      Map.of(
          ACME, new Sender("token/0000000a", Optional.of(ACME_LOG), true),
          GLOBEX, new Sender("token/0000000b", Optional.of(GLOBEX_LOG), true),
          ALL, new Sender("token/0000000c", Optional.empty(), true),
          VIEWER, new Sender("token/0000000d", Optional.of(ACME_LOG), false));

  public final Ledger ledger;
  final Optional<EvidenceAppraiser> appraiser;
  private final Map<LogName, Long> marks = new HashMap<>();
  public final MetricsText scraped = new MetricsText();
  public final IngestMetrics metrics = new IngestMetrics(scraped.meter());
  public final OtlpHttpServer http;
  public final OtlpGrpcServer grpc;

  public TestCell(Path directory) throws IOException, Refused {
    this(directory, IngestSettings.DEFAULT);
  }

  public TestCell(Path directory, IngestSettings settings) throws IOException, Refused {
    this(directory, settings, Optional.empty(), Optional.empty());
  }

  public TestCell(Path directory, Optional<EvidenceAppraiser> appraiser)
      throws IOException, Refused {
    this(directory, IngestSettings.DEFAULT, appraiser, Optional.empty());
  }

  /** Over TLS; the workload {@code api} of {@code acme.example} sends for acme. */
  public TestCell(Path directory, EvidenceAppraiser appraiser, ServerTls tls)
      throws IOException, Refused {
    this(directory, IngestSettings.DEFAULT, Optional.of(appraiser), Optional.of(tls));
  }

  private TestCell(
      Path directory,
      IngestSettings settings,
      Optional<EvidenceAppraiser> appraiser,
      Optional<ServerTls> tls)
      throws IOException, Refused {
    TestKeys keys = new TestKeys();
    ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            new LedgerSettings("test", "eu-de"),
            InstantSource.system(),
            keys,
            keys);
    for (LogName log : List.of(LogName.CELL, ACME_LOG, GLOBEX_LOG)) {
      if (!ledger.exists(log)) {
        ledger.create(log);
      }
    }
    this.appraiser = appraiser;
    Intake intake =
        new Intake(
            ledger,
            new TestSenders(),
            new TrustedKeyDirectory(directory.resolve("trust")),
            settings,
            metrics,
            appraiser);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    http = OtlpHttpServer.start(anyPort, intake, tls);
    grpc = OtlpGrpcServer.start(anyPort, intake, tls);
  }

  /** Waits until a metric, named with its labels, is as it should be. */
  public void awaitMetric(String name, LongPredicate enough) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!enough.test(metric(name))) {
      assertTrue(System.nanoTime() < deadline, () -> name + " is " + metric(name));
      Thread.onSpinWait();
    }
  }

  private long metric(String name) {
    return scraped
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static final class TestSenders implements SenderDirectory {
    @Override
    public Optional<Sender> byToken(String token) {
      return Optional.ofNullable(SENDERS.get(token));
    }

    @Override
    public Optional<Sender> byCertificate(Peer peer) {
      return peer.id().toString().endsWith("/api")
          ? Optional.of(new Sender(peer.id().sender(), Optional.of(ACME_LOG), true, peer.place()))
          : Optional.empty();
    }
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  /** Acme's data may be processed in one place alone. */
  public void allow(String place) throws Refused {
    String json =
        "{\"categories\":{\"*\":{\"processing\":{\"allow\":[\""
            + place
            + "\"]}}},\"tenant\":\"acme\",\"version\":1}";
    adopt(json);
  }

  /** Acme's records are judged by this policy from now on. */
  public void adopt(String json) throws Refused {
    Policy policy = Policy.fromJson((Json.Obj) Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    Policies.adopt(ledger, ACME_LOG, policy, json, "test");
  }

  /** Begins a test: what is in the logs by now is not its own. */
  public void mark() throws Refused {
    for (LogName log : ledger.logs()) {
      marks.put(log, ledger.reader(log).size());
    }
  }

  /** The records of a log since the mark, oldest first. */
  public List<RecordEvent> records(LogName log) throws Refused {
    LogReader reader = ledger.reader(log);
    List<RecordEvent> records = new ArrayList<>();
    for (long i = marks.getOrDefault(log, 0L); i < reader.size(); i++) {
      if (EventCodec.decode(reader.entry(i).eventBytes()) instanceof RecordEvent one) {
        records.add(one);
      }
    }
    return records;
  }

  /** How many entries a log has since the mark. */
  public long count(LogName log) throws Refused {
    return ledger.reader(log).size() - marks.getOrDefault(log, 0L);
  }

  /** The newest entry's bytes as text. */
  public String newestEntry(LogName log) throws Refused {
    LogReader reader = ledger.reader(log);
    return new String(reader.entry(reader.size() - 1).bytes(), StandardCharsets.UTF_8);
  }

  /** What is behind the digests of one of {@link #records}. */
  public List<Disclosure> disclosures(LogName log, int position) throws Refused {
    return ledger.disclosures(log, marks.getOrDefault(log, 0L) + position);
  }

  @Override
  public void close() {
    http.close();
    grpc.close();
    ledger.close();
  }
}
