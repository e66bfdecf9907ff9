package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the index says otherwise than the log is found, and where. */
final class IndexCheckTest {
  private static final LogName BANK = new LogName("bank");

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private Database index;

  @BeforeEach
  void indexSomeEvents() {
    SampleEvents events = new SampleEvents(1);
    for (long i = 0; i < 298; i++) {
      logs.append(BANK, events.next(i), SampleEvents.START_NS + i * SampleEvents.SECOND_NS);
    }
    SampleEvents.alerting()
        .forEach(
            event ->
                logs.append(BANK, event, SampleEvents.START_NS + 300 * SampleEvents.SECOND_NS));
    index = SqliteDatabase.open(directory, Schema.INDEX);
    new Indexer(directory, index, logs).catchUp();
  }

  private List<String> findings() {
    return IndexCheck.check(
        index, logs, SqliteDatabase.open(directory.resolve("scratch"), Schema.INDEX));
  }

  private void tamper(String sql) throws SQLException {
    try (Connection connection = index.writer();
        Statement statement = connection.createStatement()) {
      assertTrue(statement.executeUpdate(sql) > 0, sql);
    }
  }

  @Test
  void anIndexThatLiesBehindItsLogIsSound() {
    assertEquals(List.of(), findings());
    logs.append(BANK, new SampleEvents(2).next(300), SampleEvents.START_NS + 1_000_000_000_000L);
    assertEquals(List.of(), findings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table term|update term set text = upper(text) where id = 3",
        "table block|update block set time_min = time_min + 1",
        "table block_rows|update block_rows set bytes = zeroblob(20)",
        "table block_rows|delete from block_rows",
        "table block_posting|update block_posting set bytes = zeroblob(4)",
        "table block_posting|delete from block_posting",
        "table record_run|delete from record_run",
        "table record_run|update record_run set bytes = zeroblob(length(bytes))",
        "table posting|insert into posting values (1, 0, 1, x'00')",
        "table rollup_kind|update rollup_kind set events = events + 1",
        "table rollup_place|update rollup_place set last_index = 0",
        "table rollup_key|insert into rollup_key values (1, 7, 1, 1, 5)",
        "table key_state|update key_state set disabled_time = 5",
        "table detector_memory|delete from detector_memory",
        "table detector_memory|update detector_memory set value = '1 2'",
        "table alert|delete from alert",
        "table alert|update alert set detail = 'nothing'",
        "table rollup_alert|update rollup_alert set events = events + 1",
        "table alert_total|update alert_total set events = 0",
        "entry 298 is another|update indexed_log set position = position - 1",
        "entry 299 is another|update indexed_log set last_leaf = zeroblob(32)",
        "entry 299 is another|update indexed_log set last_leaf = null",
        "301 entries, the log has 300|update indexed_log set position = position + 1",
        "index of log other|update indexed_log set name = 'other'",
        "table term|delete from indexed_log"
      })
  void aChangedRowIsFoundAndItsTableNamed(String expected, String sql) throws SQLException {
    tamper(sql);
    List<String> findings = findings();
    assertTrue(findings.toString().contains(expected), () -> sql + " gave " + findings);
  }
}
