package dev.cadastre.portal.cell;

import dev.cadastre.anchors.CellKeys;
import dev.cadastre.anchors.KeyStoreDamaged;
import dev.cadastre.ledger.CheckpointSigner;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LedgerSettings;
import dev.cadastre.ledger.search.IndexCheck;
import dev.cadastre.ledger.search.LedgerEntries;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.SqliteDatabase;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A cell's files as a check reads them, which must not repair or make any of them. */
public record CellFiles(Path data, CellIdentity identity, InstantSource clock) {
  private static final String KEYS = "keys";

  /** The cell's keys; empty if they are kept elsewhere. */
  public Optional<CheckpointSigner> signer() throws IOException, Refused {
    return Files.exists(data.resolve(KEYS)) ? Optional.of(keys(data)) : Optional.empty();
  }

  /** The keys, made first if there are none. */
  static CellKeys keys(Path data) throws IOException, Refused {
    try {
      return CellKeys.open(data.resolve(KEYS));
    } catch (KeyStoreDamaged damaged) {
      throw new Refused(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  /** What the index says otherwise than the logs; one line each. */
  public List<String> indexFindings(Path directory) {
    try (ScratchDirectory scratch = ScratchDirectory.in(directory.resolve("scratch"));
        Ledger ledger = openLedger(directory)) {
      return IndexCheck.check(
          SqliteDatabase.open(directory, Schema.INDEX),
          new LedgerEntries(ledger),
          SqliteDatabase.open(scratch.path(), Schema.INDEX));
    } catch (IOException | Refused unreadable) {
      return List.of("the index could not be checked: " + unreadable.getMessage());
    }
  }

  private Ledger openLedger(Path directory) throws IOException, Refused {
    CellKeys keys = keys(directory);
    LedgerSettings settings = new LedgerSettings(identity.name(), identity.cell());
    return Ledger.open(directory, settings, clock, keys, keys);
  }
}
