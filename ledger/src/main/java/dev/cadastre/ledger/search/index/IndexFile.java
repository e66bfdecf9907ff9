package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
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
   * @param directory the cell's, which holds the lock
   * @param dropped told in one line of each thing that was dropped, and why
   */
  public static Database open(
      Path directory, Stores stores, EntrySource logs, Consumer<String> dropped) {
    try (IndexLock held = IndexLock.tryTake(directory).orElse(null)) {
      return held == null ? stores.open(Schema.INDEX) : reconciled(stores, logs, dropped);
    }
  }

  /** Whether another process indexes, as each server does. */
  public static boolean inUse(Path directory) {
    try (IndexLock held = IndexLock.tryTake(directory).orElse(null)) {
      return held == null;
    }
  }

  private static Database reconciled(Stores stores, EntrySource logs, Consumer<String> dropped) {
    Optional<String> fault = fault(stores);
    if (fault.isEmpty()) {
      try {
        return opened(stores, logs, dropped);
      } catch (StorageFailure damage) {
        fault = Optional.of(String.valueOf(damage.getMessage()));
      }
    }
    delete(stores);
    dropped.accept(fault.get());
    return stores.open(Schema.INDEX);
  }

  private static Database opened(Stores stores, EntrySource logs, Consumer<String> dropped) {
    Database index = stores.open(Schema.INDEX);
    try (IndexRun run = new IndexRun(index, logs, dropped)) {
      run.reconcile();
    }
    return index;
  }

  private static Optional<String> fault(Stores stores) {
    try {
      return stores.exists(Schema.INDEX) ? stores.fault(Schema.INDEX) : Optional.empty();
    } catch (IOException unreadable) {
      throw new StorageFailure("cannot read the index: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void delete(Stores stores) {
    try {
      stores.drop(Schema.INDEX);
    } catch (IOException failure) {
      throw new StorageFailure("cannot drop the index: " + failure.getMessage(), failure);
    }
  }
}
