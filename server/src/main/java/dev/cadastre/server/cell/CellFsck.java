package dev.cadastre.server.cell;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.feed.StoredEntries;
import dev.cadastre.ledger.files.ScratchDirectory;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckFinding;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.log.StartCheck;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.index.IndexCheck;
import dev.cadastre.ledger.store.ReadPool;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A whole data directory checked from its bytes; what is checked is left as it was found. */
public final class CellFsck {
  private CellFsck() {}

  /**
   * @param published signed checkpoints that left the cell
   */
  public static FsckReport run(CellFiles files, List<SignedNote> published) throws IOException {
    try {
      CellKeys keys = files.keys();
      FsckReport report = run(files.data(), keys, published);
      List<FsckFinding> findings = new ArrayList<>(ownLogs(files, keys));
      findings.addAll(report.findings());
      return new FsckReport(report.logs(), findings);
    } catch (Refused noKeys) {
      FsckReport rest =
          Fsck.run(
              files.data(),
              files.stores(),
              new Fsck.Against(Optional.empty(), published, CellFsck::indexFindings));
      List<FsckFinding> findings = new ArrayList<>(rest.findings());
      findings.add(
          0,
          new FsckFinding(
              "", CellFiles.KEYS, OptionalLong.empty(), String.valueOf(noKeys.getMessage())));
      return new FsckReport(rest.logs(), findings);
    }
  }

  /** Logs that are missing, or another cell's: what is not there has no bytes to check. */
  private static List<FsckFinding> ownLogs(CellFiles files, CellKeys keys) {
    CellIdentity identity = files.identity();
    LedgerSettings settings = new LedgerSettings(identity.name(), identity.cell());
    try (Snapshot ledger = Snapshot.of(files.stores().look(Schema.LEDGER))) {
      return StartCheck.ownLogs(ledger, keys, settings::origin).stream()
          .filter(finding -> finding.table().equals("log"))
          .toList();
    } catch (StorageFailure unreadable) {
      return List.of(); // the check of the file itself says so
    }
  }

  /** The same with keys that need not lie in the directory. */
  public static FsckReport run(Path data, CellKeys keys, List<SignedNote> published) {
    return Fsck.run(
        data,
        SqliteStores.in(data),
        new Fsck.Against(
            Optional.of(keys),
            published,
            CellFsck::indexFindings,
            Optional.of(new Fsck.VaultSecrets(keys, keys))));
  }

  /** What the index says otherwise than the logs; one line each. */
  private static List<String> indexFindings(Stores stores) {
    try {
      Path scratch = Files.createTempDirectory("cadastre-fsck");
      try (ReadPool ledger = new ReadPool(stores.look(Schema.LEDGER))) {
        return IndexCheck.check(
            stores.look(Schema.INDEX),
            new StoredEntries(ledger),
            SqliteStores.in(scratch).open(Schema.INDEX));
      } finally {
        ScratchDirectory.delete(scratch);
      }
    } catch (IOException failure) {
      return List.of("the index could not be checked: " + failure.getMessage());
    }
  }
}
