package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.stored.Courtesy;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.RecordRuns;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one connection that writes the index. A batch's rows and the log's new position go in one
 * transaction, so every entry is indexed exactly once whatever happens between. After a {@link
 * StorageFailure} it must be rolled back or closed.
 */
final class IndexWriter implements AutoCloseable {
  private static final int LOGS_REMEMBERED = 64;

  private final Database index;
  private final EntrySource source;
  private final Connection connection;
  private final Statements statements;
  private final Map<LogName, IndexedLog> logs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LogName, IndexedLog> eldest) {
          return size() > LOGS_REMEMBERED;
        }
      };

  private static final class IndexedLog implements Facts.Watch {
    private final int id;
    private final Terms terms;
    private final KnownIds ids;
    private final DetectorMemory memory;
    private final Detectors detectors;
    private ReadNames read;

    IndexedLog(int id, Terms terms, KnownIds ids, DetectorMemory memory, Detectors detectors) {
      this.id = id;
      this.terms = terms;
      this.ids = ids;
      this.memory = memory;
      this.detectors = detectors;
      this.read = ReadNames.NONE.with(detectors.reads());
    }

    @Override
    public List<Alert> see(EntryFrame.Parts entry, Event event) {
      List<Alert> alerts = detectors.add(entry.index(), entry.received(), event);
      read = read.with(detectors.reads());
      return alerts;
    }

    @Override
    public ReadNames read() {
      return read;
    }
  }

  /**
   * @param source where the entries are, to tell those apart whose ids have one hash
   */
  IndexWriter(Database index, EntrySource source) {
    this.index = index;
    this.source = source;
    try {
      connection = index.derivedWriter();
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
    statements = new Statements(connection);
  }

  /** How many entries of the log are indexed. */
  long position(LogName log) {
    return one("select position from indexed_log where name = ?", log.value());
  }

  /** The leaf hash of the last entry that is indexed; empty if none is. */
  Optional<Hash> lastLeaf(LogName log) {
    try (ResultSet rows =
        statements
            .prepare("select last_leaf from indexed_log where name = ?", log.value())
            .executeQuery()) {
      byte[] leaf = rows.next() ? rows.getBytes(1) : null;
      return leaf == null ? Optional.empty() : Optional.of(Hash.of(leaf));
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  /** Every log of which anything is indexed. */
  List<LogName> logs() {
    List<LogName> names = new ArrayList<>();
    try (ResultSet rows = statements.prepare("select name from indexed_log").executeQuery()) {
      while (rows.next()) {
        names.add(new LogName(rows.getString(1)));
      }
      return names;
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  /**
   * Indexes entries, which follow the log's position without a gap.
   *
   * @throws StorageFailure also when they do not, or one is no entry of this format
   */
  void index(LogName name, List<byte[]> entries) {
    inTransaction(() -> indexed(name, entries));
  }

  private long indexed(LogName name, List<byte[]> entries) throws SQLException {
    IndexedLog log = log(name);
    long position = statements.one("select position from indexed_log where id = ?", log.id);
    EntryBatch batch = new EntryBatch(statements, log.id, position, log.ids);
    try {
      for (byte[] bytes : entries) {
        EntryFrame.Parts entry = EntryFrame.read(bytes);
        Courtesy.letOthersRun(entry.index());
        batch.add(entry, Facts.of(entry, log.terms, log));
      }
    } catch (Refused e) {
      throw new StorageFailure(
          "log " + name + " entry " + batch.position() + ": " + e.getMessage(), e);
    }
    log.memory.save();
    statements.run(
        "update indexed_log set position = ?, last_leaf = ? where id = ?",
        batch.save(),
        Merkle.leafHash(entries.get(entries.size() - 1)).bytes(),
        log.id);
    return batch.position();
  }

  private IndexedLog log(LogName name) throws SQLException {
    IndexedLog log = logs.get(name);
    if (log == null) {
      statements.run(
          "insert into indexed_log (name, position) values (?, 0) on conflict do nothing",
          name.value());
      int id = (int) statements.one("select id from indexed_log where name = ?", name.value());
      long position = statements.one("select position from indexed_log where id = ?", id);
      KnownIds ids = new KnownIds(new RecordRuns(statements, id), name, source, position);
      DetectorMemory memory = new DetectorMemory(statements, id);
      Detectors detectors = new Detectors(Registry.standard(), memory);
      log = new IndexedLog(id, new Terms(statements, id), ids, memory, detectors);
      logs.put(name, log);
    }
    return log;
  }

  /** The newest rebuild that was asked for and not done yet; 0 for none. */
  long rebuildAsked() {
    return one("select max(id) from rebuild where done = 0");
  }

  private long one(String sql, Object... arguments) {
    try {
      return statements.one(sql, arguments);
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  /** Empties every table and notes that rebuilds up to this one are done, in one transaction. */
  void clear(long rebuild) {
    inTransaction(
        () -> {
          for (IndexTables.Table table : IndexTables.OF_A_LOG) {
            statements.run("delete from " + table.name());
          }
          statements.run("delete from " + IndexTables.LOGS);
          statements.run("update rebuild set done = 1 where id <= ?", rebuild);
          return 0;
        });
    logs.clear();
  }

  /** Forgets all that is indexed of one log. */
  void drop(LogName log) {
    inTransaction(
        () -> {
          long id = statements.one("select id from indexed_log where name = ?", log.value());
          for (IndexTables.Table table : IndexTables.OF_A_LOG) {
            statements.run("delete from " + table.name() + " where log = ?", id);
          }
          statements.run("delete from " + IndexTables.LOGS + " where id = ?", id);
          return 0;
        });
    logs.remove(log);
  }

  private interface Work {
    long run() throws SQLException;
  }

  private long inTransaction(Work work) {
    begin();
    try {
      long result = work.run();
      statements.run("commit");
      return result;
    } catch (SQLException failure) {
      throw undone(Statements.failed(failure));
    } catch (RuntimeException failure) {
      throw undone(failure);
    }
  }

  private void begin() {
    try {
      statements.run(index.begin());
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  /** Rolls back, and forgets what is not stored after all. */
  private RuntimeException undone(RuntimeException cause) {
    logs.clear();
    try {
      statements.run("rollback");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  /** Whatever was not committed is rolled back. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }
}
