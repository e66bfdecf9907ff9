package dev.cadastre.ledger.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that would not keep what it takes is not opened. */
class OwnTriggersTest {
  @TempDir Path directory;

  private void change(Schema schema, String... statements) throws Exception {
    try (Connection connection = SqliteDatabase.open(directory, schema).writer();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileAsTheMigrationsMadeItIsOpenedAgain(Schema schema) throws Exception {
    SqliteDatabase.open(directory, schema);
    assertDoesNotThrow(() -> SqliteDatabase.open(directory, schema));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create trigger eat before insert on segment when new.log = 'bank' begin select"
            + " raise(ignore); end",
        "create trigger eat after insert on checkpoint begin select 1; end",
        "create view eaten as select * from segment",
      })
  void foreignTriggerOrViewIsRefusedAndNamed(String sql) throws Exception {
    change(Schema.LEDGER, sql);
    StorageFailure refused =
        assertThrows(StorageFailure.class, () -> SqliteDatabase.open(directory, Schema.LEDGER));
    assertTrue(String.valueOf(refused.getMessage()).contains(" eat"), refused.toString());
  }

  @Test
  void triggerOfOurNameThatDoesSomethingElseIsRefused() throws Exception {
    change(
        Schema.LEDGER,
        "drop trigger segment_update",
        "create trigger segment_update before insert on segment begin select raise(ignore); end");
    assertThrows(StorageFailure.class, () -> SqliteDatabase.open(directory, Schema.LEDGER));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEDGER", "VAULT"})
  void tablesOfAnotherVersionAreRefusedInWords(Schema schema) throws Exception {
    change(schema, "update flyway_schema_history set checksum = checksum + 1");
    StorageFailure refused =
        assertThrows(StorageFailure.class, () -> SqliteDatabase.open(directory, schema));
    assertEquals(
        directory.resolve(SqliteFile.name(schema))
            + " has the tables of another version of Cadastre; use the version that made it, or"
            + " another directory (--data)",
        refused.getMessage());
  }

  @Test
  void missingTriggerIsLeftToTheChecksOfTheLogs() throws Exception {
    change(Schema.LEDGER, "drop trigger segment_update");
    assertDoesNotThrow(() -> SqliteDatabase.open(directory, Schema.LEDGER));
  }
}
