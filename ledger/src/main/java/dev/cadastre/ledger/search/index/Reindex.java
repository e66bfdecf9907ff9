package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Drops the index and builds it anew from the logs, whether or not a server runs: the process that
 * indexes does the work.
 */
public final class Reindex {
  private static final long LOOK_EVERY_NS = 200_000_000L;
  private static final int LOOKS_PER_LINE = 10;

  private Reindex() {}

  /**
   * Returns when every log is indexed up to where it was at the start.
   *
   * @param progress is told in one line, now and then, how far it is
   */
  public static void run(
      Path directory, Database index, EntrySource logs, Consumer<String> progress) {
    ask(index);
    Optional<IndexLock> lock = IndexLock.tryTake(directory);
    if (lock.isPresent()) {
      here(lock.get(), index, logs, progress);
    } else {
      progress.accept("the running server rebuilds the index");
      await(index, logs, progress);
    }
  }

  private static void ask(Database index) {
    try (Connection connection = index.writer();
        Statements statements = new Statements(connection)) {
      statements.run("insert into rebuild (done) values (0)");
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  private static void here(
      IndexLock held, Database index, EntrySource logs, Consumer<String> progress) {
    try (held;
        IndexRun run = new IndexRun(index, logs, progress)) {
      run.all(
          (log, position) -> {
            progress.accept(line(log, position, logs.size(log)));
            return true;
          });
    }
  }

  private static void await(Database index, EntrySource logs, Consumer<String> progress) {
    try (Search search = new Search(index, logs)) {
      while (search.rebuildPending()) {
        LockSupport.parkNanos(LOOK_EVERY_NS);
      }
      for (LogName log : logs.logs()) {
        await(search, log, logs.size(log), progress);
      }
    }
  }

  private static void await(Search search, LogName log, long size, Consumer<String> progress) {
    for (int looks = 1; search.indexed(log) < size; looks++) {
      if (looks % LOOKS_PER_LINE == 0) {
        progress.accept(line(log, search.indexed(log), size));
      }
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }

  private static String line(LogName log, long position, long size) {
    return "log " + log + ": " + position + " of " + size + " entries";
  }
}
