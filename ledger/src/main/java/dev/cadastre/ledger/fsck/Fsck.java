package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.RowSeal;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.proof.note.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Checks a cell's directory from its bytes: each file's own integrity and schema; for each log
 * every segment, entry, link, time, event, verdict, tile, checkpoint and anchored checkpoint. Reads
 * one moment of the files, whether or not a server is running on them, and in bounded memory.
 * Damage is a finding, never an exception.
 *
 * <p>An older copy of the whole directory is sound in itself; only what was published since tells,
 * see {@link Against#published}.
 */
public final class Fsck {
  /**
   * What the files are held against from outside.
   *
   * @param signer the cell's keys; without them a log is trusted to name its own
   * @param published signed notes of checkpoints that left the cell, such as those of the anchors
   *     log that a witness or an archive has
   * @param index the check of the derived index against the logs
   * @param vault what the cell's keys tell of the vault; empty without them
   */
  public record Against(
      Optional<CheckpointSigner> signer,
      List<SignedNote> published,
      IndexCheck index,
      Optional<VaultSecrets> vault) {
    public static final Against NOTHING =
        new Against(Optional.empty(), List.of(), stores -> List.of());

    public Against(
        Optional<CheckpointSigner> signer, List<SignedNote> published, IndexCheck index) {
      this(signer, published, index, Optional.empty());
    }

    public Against {
      published = List.copyOf(published);
    }
  }

  /**
   * What the cell's keys tell of the vault.
   *
   * @param keyWrap what the logs' disclosure keys are wrapped with
   * @param seal what tokens are sealed with
   */
  public record VaultSecrets(KeyWrap keyWrap, RowSeal seal) {}

  /** Holds the derived index against the logs. */
  @FunctionalInterface
  public interface IndexCheck {
    /** What differs, one line each; empty if nothing does or there is no index. */
    List<String> check(Stores stores);
  }

  private final Path directory;
  private final Stores stores;
  private final Against against;
  private final FsckFindings findings = new FsckFindings();
  private final TokenActs tokenActs = new TokenActs();
  private final List<LogSummary> summaries = new ArrayList<>();
  private final Map<String, SignedHead> heads = new HashMap<>();
  private boolean readHeads;

  private Fsck(Path directory, Stores stores, Against against) {
    this.directory = directory;
    this.stores = stores;
    this.against = against;
  }

  /**
   * @param directory the cell's, which has what was signed last
   * @param stores the cell's
   */
  public static FsckReport run(Path directory, Stores stores, Against against) {
    Fsck fsck = new Fsck(directory, stores, against);
    // The index is built again from the logs, which takes half as long as checking them.
    CompletableFuture<List<FsckFinding>> index = CompletableFuture.supplyAsync(fsck::index);
    fsck.readHeads();
    fsck.file(Schema.LEDGER, fsck::logs);
    // After the ledger: a token is revoked in the vault first, then the log says so.
    fsck.file(Schema.VAULT, fsck::vault);
    List<FsckFinding> all = new ArrayList<>(fsck.findings.all());
    all.addAll(index.join());
    return new FsckReport(fsck.summaries, all);
  }

  private interface Content {
    void check(Snapshot file);
  }

  private void file(Schema schema, Content content) {
    String name = stores.name(schema);
    guarded(
        findings,
        "",
        name,
        () -> {
          try (Snapshot file = Snapshot.of(stores.look(schema))) {
            stores.faults(schema, file).forEach(line -> findings.add("", name, line));
            content.check(file);
          }
        });
  }

  /**
   * The last line of defence: whatever damage makes of a row, the check of everything else goes on.
   */
  private static void guarded(FsckFindings findings, String log, String table, Runnable step) {
    try {
      step.run();
    } catch (StorageFailure failure) {
      findings.add(log, table, String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      findings.add(log, table, "holds what no program of ours wrote: " + failure.getMessage());
    }
  }

  private void logs(Snapshot file) {
    LedgerStore store = new LedgerStore(file);
    AnchorsCheck anchors = new AnchorsCheck(store, findings);
    Map<String, String> origins = new TreeMap<>(store.origins());
    unknownLogs(Set.copyOf(origins.values()));
    headsWithoutLog(Set.copyOf(origins.values()));
    String anchorsOrigin = origins.remove(LogName.ANCHORS.value());
    if (anchorsOrigin != null) {
      guarded(
          findings,
          "anchors",
          "segment",
          () -> log(LogName.ANCHORS, anchorsOrigin, store, anchors));
    }
    anchors.end();
    origins.forEach(
        (name, origin) ->
            guarded(
                findings, name, "segment", () -> log(new LogName(name), origin, store, anchors)));
  }

  private void vault(Snapshot file) {
    against
        .vault()
        .ifPresent(
            secrets ->
                new VaultCheck(
                        secrets.keyWrap(),
                        secrets.seal(),
                        tokenActs,
                        stores.name(Schema.VAULT),
                        findings)
                    .check(file));
  }

  private void log(LogName name, String origin, LedgerStore store, AnchorsCheck anchors) {
    EventCheck events =
        new EventCheck(name, origin, store, against.signer(), anchors, tokenActs, findings);
    List<SignedRoot> others = new ArrayList<>(anchors.leaves(name));
    others.addAll(published(origin));
    others.addAll(head(name, origin, store));
    summaries.add(new LogCheck(name, origin, store, events, others, findings).check());
    anchors.requireAll(name);
  }

  private List<SignedRoot> head(LogName log, String origin, LedgerStore store) {
    SignedHead head = heads.get(origin);
    if (head == null) {
      if (readHeads && store.newestCheckpointSize(log).isPresent()) {
        findings.add(
            log.value(), SignedRoot.HEADS, "does not say what was signed of it; put it back");
      }
      return List.of();
    }
    if (head.size() <= head.floor()) {
      findings.add(log.value(), SignedRoot.HEADS, "it is being taken back, which was interrupted");
    }
    return head.size() == 0 ? List.of() : List.of(SignedRoot.of(head));
  }

  /** What was signed last, which no copy of the ledger can bring along. */
  private void readHeads() {
    try {
      heads.putAll(SignedHeadsFile.read(directory));
      readHeads = true;
    } catch (IOException | Refused damage) {
      findings.add("", SignedRoot.HEADS, "cannot be read: " + damage.getMessage());
    }
  }

  private void headsWithoutLog(Set<String> origins) {
    for (String origin : heads.keySet()) {
      if (!origins.contains(origin)) {
        findings.add("", SignedRoot.HEADS, "of " + origin + ", which has no log here");
      }
    }
  }

  private List<SignedRoot> published(String origin) {
    List<SignedRoot> roots = new ArrayList<>();
    for (SignedNote note : against.published()) {
      try {
        SignedCheckpoint signed = SignedCheckpoint.parse(note.bytes());
        if (signed.checkpoint().origin().equals(origin)) {
          long size = signed.checkpoint().size();
          roots.add(new SignedRoot("published checkpoint", size, size, note.bytes()));
        }
      } catch (Refused wrong) {
        findings.add("", "published checkpoint", String.valueOf(wrong.getMessage()));
      }
    }
    return roots;
  }

  private void unknownLogs(Set<String> origins) {
    for (SignedNote note : against.published()) {
      String origin = note.text().lines().findFirst().orElse("");
      if (!origins.contains(origin)) {
        findings.add("", "published checkpoint", "of " + origin + ", which has no log here");
      }
    }
  }

  private List<FsckFinding> index() {
    FsckFindings found = new FsckFindings();
    String file = stores.name(Schema.INDEX);
    if (stores.exists(Schema.INDEX)) {
      guarded(
          found,
          "",
          file,
          () -> against.index().check(stores).forEach(line -> found.add("", file, line)));
    }
    return found.all();
  }
}
