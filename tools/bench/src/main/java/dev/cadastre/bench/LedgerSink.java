package dev.cadastre.bench;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.anchors.keys.KeyStoreDamaged;
import dev.cadastre.bench.load.InProcess;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.integrity.TrustedKeyDirectory;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.location.EvidenceSettings;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger in this process and the way into it: decode, judge, encode, link, hash, commit, sync.
 */
final class LedgerSink implements InProcess.Sink, AutoCloseable {
  private final Ledger ledger;
  private final Intake intake;
  private final LogName[] logs;
  private int turn;

  /**
   * @param logs how many logs take the requests in turn
   */
  LedgerSink(Path directory, InstantSource clock, int logs)
      throws IOException, KeyStoreDamaged, Refused {
    this(directory, new LedgerSettings("bench", "here"), clock, logs(logs));
    for (LogName log : this.logs) {
      if (!ledger.exists(log)) {
        ledger.create(log);
        adopt(log);
      }
    }
  }

  private LedgerSink(Path directory, LedgerSettings settings, InstantSource clock, LogName[] logs)
      throws IOException, KeyStoreDamaged, Refused {
    CellKeys keys = CellKeys.open(directory.resolve("keys"));
    this.ledger =
        Ledger.open(
            SqliteStores.in(directory), SignedHeadsFile.in(directory), settings, clock, keys, keys);
    this.intake =
        new Intake(
            ledger,
            none -> Optional.empty(),
            new TrustedKeyDirectory(directory.resolve("trust")),
            IngestSettings.DEFAULT,
            new IngestMetrics(),
            Optional.of(appraiser(directory, clock)));
    this.logs = logs;
  }

  /** As a served cell that trusts nobody to speak of locations. */
  private static EvidenceAppraiser appraiser(Path directory, InstantSource clock)
      throws IOException, Refused {
    return EvidenceAppraiser.open(
        new EvidenceSettings(
            directory.resolve("trust").resolve("location"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            directory.resolve("evidence.txt")),
        clock);
  }

  /** Opens a cell that commands made, for one of its tenants. */
  static LedgerSink of(Path data, LogName tenant, InstantSource clock)
      throws IOException, KeyStoreDamaged, Refused {
    Json.Obj cell = Json.parseObject(Files.readAllBytes(data.resolve("cell.json")));
    LedgerSettings settings = new LedgerSettings(cell.str("name"), cell.str("cell"));
    return new LedgerSink(data, settings, clock, new LogName[] {tenant});
  }

  private static LogName[] logs(int count) throws Refused {
    LogName[] logs = new LogName[count];
    for (int i = 0; i < count; i++) {
      logs[i] = new LogName("tenant-" + i);
    }
    return logs;
  }

  private void adopt(LogName log) throws Refused {
    String json =
        "{\"categories\":{\"*\":{\"default\":{\"allow\":[\"EU\"]}}},\"tenant\":\""
            + log
            + "\",\"version\":1}";
    Json.Obj parsed = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
    Policies.adopt(ledger, log, Policy.fromJson(parsed), json, "bench");
  }

  Ledger ledger() {
    return ledger;
  }

  LogName log() {
    return logs[0];
  }

  @Override
  public CompletableFuture<?> take(byte[] request) {
    return intake
        .logs(new Sender("token/00000001", Optional.of(nextLog()), true), request)
        .thenAccept(
            kept -> {
              if (kept.isEmpty()) {
                throw new IllegalStateException("the ledger refused a request");
              }
            });
  }

  private synchronized LogName nextLog() {
    turn = (turn + 1) % logs.length;
    return logs[turn];
  }

  @Override
  public void close() {
    ledger.close();
  }
}
