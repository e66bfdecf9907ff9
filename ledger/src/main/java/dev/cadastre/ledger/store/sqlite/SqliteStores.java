package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The stores as files of one directory. Any number of processes of one machine may have them open.
 */
public final class SqliteStores implements Stores {
  private final Path directory;

  private SqliteStores(Path directory) {
    this.directory = directory;
  }

  public static Stores in(Path directory) {
    return new SqliteStores(directory);
  }

  @Override
  public String name(Schema schema) {
    return SqliteFile.name(schema);
  }

  @Override
  public boolean exists(Schema schema) {
    return Files.exists(directory.resolve(name(schema)));
  }

  @Override
  public Database open(Schema schema) {
    return SqliteDatabase.open(directory, schema);
  }

  @Override
  public Database look(Schema schema) {
    return ReadOnlyDatabase.of(directory, schema);
  }

  @Override
  public Optional<String> fault(Schema schema) throws IOException {
    return DatabaseFile.fault(directory, schema);
  }

  @Override
  public List<String> faults(Schema schema, Snapshot store) {
    return FileCheck.faults(schema, store);
  }

  @Override
  public void drop(Schema schema) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(directory.resolve(name(schema) + suffix));
    }
  }
}
