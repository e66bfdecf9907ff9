package dev.cadastre.ledger;

import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of record ids on SQLite. */
class SqliteRecordIdTest extends RecordIdContract {
  @TempDir Path temporary;

  @Override
  Database ledgerDatabase() {
    return SqliteDatabase.open(temporary.resolve("cell"), Schema.LEDGER);
  }

  @Override
  Database vaultDatabase() {
    return SqliteDatabase.open(temporary.resolve("cell"), Schema.VAULT);
  }

  @Override
  SignedHeads signedHeads() {
    return SignedHeadsFile.in(temporary.resolve("cell"));
  }
}
