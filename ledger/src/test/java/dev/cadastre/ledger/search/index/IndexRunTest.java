package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indexer looks forty times a second; a log that cannot be read is not read as often. */
class IndexRunTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");
  private static final int LOOKS = 40;

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private final SampleEvents events = new SampleEvents(1);
  private int reads;

  /** The logs, of which one cannot be read. */
  private final class Damaged implements EntrySource {
    private final StorageFailure failure;

    Damaged(StorageFailure failure) {
      this.failure = failure;
    }

    @Override
    public List<LogName> logs() {
      return logs.logs();
    }

    @Override
    public long newestSegment() {
      return logs.newestSegment();
    }

    @Override
    public List<LogName> grownSince(long segment) {
      return logs.grownSince(segment);
    }

    @Override
    public long size(LogName log) {
      return logs.size(log);
    }

    @Override
    public List<Entry> entries(LogName log, long from, long to) {
      if (log.equals(BANK)) {
        reads++;
        throw failure;
      }
      return logs.entries(log, from, to);
    }
  }

  private void append(LogName log) {
    long index = logs.size(log);
    logs.append(log, events.next(index), SampleEvents.START_NS + index);
  }

  private void look(StorageFailure failure) {
    append(BANK);
    append(SHOP);
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    try (IndexRun run = new IndexRun(index, new Damaged(failure), why -> {})) {
      for (int i = 0; i < LOOKS; i++) {
        run.catchUp((log, position) -> true);
        append(SHOP);
      }
      run.catchUp((log, position) -> true);
      assertTrue(run.problem().isPresent());
    }
    try (IndexWriter written = new IndexWriter(index, logs)) {
      assertEquals(LOOKS + 1, written.position(SHOP), "the other log is not held up");
      assertEquals(0, written.position(BANK));
    }
  }

  @Test
  void aStoppedLogIsReadOnce() {
    look(new LogStopped(BANK, "damaged", null));
    assertEquals(1, reads);
  }

  @Test
  void aLogThatCannotBeReadIsNotReadAtEachLook() {
    long begin = System.nanoTime();
    look(new StorageFailure("cannot be read"));
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    assertTrue(reads <= 1 + seconds, reads + " reads in " + seconds + " s");
  }
}
