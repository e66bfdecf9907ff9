package dev.cadastre.server.backup;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.ledger.store.sqlite.ReadOnlyDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteFile;
import dev.cadastre.proof.tlog.TileProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * What a directory has of a cell that a backup of it has not: entries, and what was signed over
 * entries. Each is one line.
 */
final class Losses {
  private final LedgerStore backup;
  private final Segments entries;
  private final StoredTiles tiles;
  private final Map<String, LogName> logsByOrigin = new TreeMap<>();
  private final List<String> losses = new ArrayList<>();

  private Losses(Snapshot backup) {
    this.backup = new LedgerStore(backup);
    StoppedLogs stopped = new StoppedLogs();
    this.entries = new Segments(this.backup, stopped);
    this.tiles = new StoredTiles(this.backup, entries, stopped);
    this.backup.origins().forEach((log, origin) -> logsByOrigin.put(origin, new LogName(log)));
  }

  static List<String> of(Path data, Path backup) throws IOException {
    try (Snapshot copy = Snapshot.of(ReadOnlyDatabase.of(backup, Schema.LEDGER))) {
      Losses losses = new Losses(copy);
      losses.signed(data);
      losses.entries(data);
      return losses.losses;
    }
  }

  private void signed(Path data) throws IOException {
    try {
      SignedHeadsFile.read(data).forEach(this::signed);
    } catch (Refused damaged) {
      losses.add("what was signed last cannot be read: " + damaged.getMessage());
    }
  }

  private void signed(String origin, SignedHead head) {
    LogName log = logsByOrigin.get(origin);
    if (log == null) {
      losses.add(origin + " was signed at size " + head.size() + ", and the backup lacks the log");
      return;
    }
    long size = backup.size(log);
    if (size < head.highest()) {
      losses.add(
          "log " + log + " was signed at size " + head.highest() + ", the backup has " + size);
    } else if (!root(log, head.size()).equals(head.root())) {
      losses.add(
          "log "
              + log
              + " was signed at size "
              + head.size()
              + " with another root than the backup's");
    }
  }

  private Hash root(LogName log, long size) {
    try {
      TileProofs proofs =
          new TileProofs(
              address -> tiles.hashes(log, address.level(), address.index(), address.width()),
              size);
      return proofs.frontier(size).root();
    } catch (Refused impossible) {
      throw new StorageFailure("log " + log + " has no size " + size, impossible);
    }
  }

  /** Entries that were acknowledged and not signed yet. What cannot be read tells nothing. */
  private void entries(Path data) {
    Path file = data.resolve(SqliteFile.name(Schema.LEDGER));
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (Snapshot there = Snapshot.of(ReadOnlyDatabase.of(data, Schema.LEDGER))) {
      LedgerStore store = new LedgerStore(there);
      Segments stored = new Segments(store, new StoppedLogs());
      for (LogName log : store.logs()) {
        entries(log, store.size(log), stored);
      }
    } catch (StorageFailure | NoSuchElementException damaged) {
      losses.add("what " + file + " holds cannot be read: " + damaged.getMessage());
    }
  }

  private void entries(LogName log, long size, Segments stored) {
    long copied = backup.size(log);
    long both = Math.min(size, copied);
    if (both > 0
        && !Merkle.leafHash(stored.entry(log, both - 1))
            .equals(Merkle.leafHash(entries.entry(log, both - 1)))) {
      losses.add("log " + log + " has another past than the backup's");
    } else if (size > copied) {
      losses.add("log " + log + " has " + (size - copied) + " entries that the backup lacks");
    }
  }
}
