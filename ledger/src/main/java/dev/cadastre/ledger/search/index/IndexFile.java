package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.DatabaseFile;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The index's file before anything reads from it. All of it follows from the logs, so whatever is
 * damaged, of another version, or says otherwise than they do, is dropped, to be built again.
 */
public final class IndexFile {
  private IndexFile() {}

  /**
   * Opens the index and drops what does not agree with the logs, unless another process indexes,
   * which then has done so.
   *
   * @param dropped told in one line of each thing that was dropped, and why
   */
  public static Database open(Path directory, EntrySource logs, Consumer<String> dropped) {
    try (IndexLock held = IndexLock.tryTake(directory).orElse(null)) {
      return held == null
          ? SqliteDatabase.open(directory, Schema.INDEX)
          : reconciled(directory, logs, dropped);
    }
  }

  /** Whether another process indexes, as each server does. */
  public static boolean inUse(Path directory) {
    try (IndexLock held = IndexLock.tryTake(directory).orElse(null)) {
      return held == null;
    }
  }

  private static Database reconciled(Path directory, EntrySource logs, Consumer<String> dropped) {
    Optional<String> fault = fault(directory);
    if (fault.isEmpty()) {
      try {
        return opened(directory, logs, dropped);
      } catch (StorageFailure damage) {
        fault = Optional.of(String.valueOf(damage.getMessage()));
      }
    }
    delete(directory);
    dropped.accept(fault.get());
    return SqliteDatabase.open(directory, Schema.INDEX);
  }

  private static Database opened(Path directory, EntrySource logs, Consumer<String> dropped) {
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    try (IndexRun run = new IndexRun(index, logs, dropped)) {
      run.reconcile();
    }
    return index;
  }

  private static Optional<String> fault(Path directory) {
    try {
      return DatabaseFile.exists(directory, Schema.INDEX)
          ? DatabaseFile.fault(directory, Schema.INDEX)
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new StorageFailure("cannot read the index: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void delete(Path directory) {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(directory.resolve(Schema.INDEX.fileName() + suffix));
      }
    } catch (IOException failure) {
      throw new StorageFailure("cannot drop the index: " + failure.getMessage(), failure);
    }
  }
}
