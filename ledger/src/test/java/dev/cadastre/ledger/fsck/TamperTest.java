package dev.cadastre.ledger.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.SampleCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real file under random hands, from a seed. Whatever changes what anyone would be shown is
 * found, and the log and the table are named; what changes nothing need not be.
 */
class TamperTest {
  private static final int ROUNDS = 40;

  @TempDir static Path shared;
  @TempDir Path own;

  private static List<String> sound;

  private record Column(String table, String name) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("segment", "bytes"),
          new Column("segment", "first_index"),
          new Column("segment", "count"),
          new Column("segment", "log"),
          new Column("tile", "hashes"),
          new Column("tile", "level"),
          new Column("tile", "tile_index"),
          new Column("checkpoint", "note"),
          new Column("checkpoint", "size"),
          new Column("policy", "sha256"),
          new Column("policy", "entry_index"),
          new Column("anchor", "date"),
          new Column("anchor", "entry_index"),
          new Column("anchor_leaf", "salt"),
          new Column("anchor_leaf", "path"),
          new Column("anchor_leaf", "position"),
          new Column("anchor_leaf", "note"),
          new Column("anchor_leaf", "size"),
          new Column("log", "origin"));

  @BeforeAll
  static void write() throws Exception {
    SampleCell.write(shared.resolve("cell"));
    sound = Tampered.copy(shared.resolve("cell"), shared.resolve("reference")).shown();
  }

  private Tampered copy() throws IOException {
    return Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsAnAlteredValueAndNamesItsLogAndTable(long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Tampered cell = copy();
      Column column = COLUMNS.get(random.nextInt(COLUMNS.size()));
      List<Long> rowids = cell.rowids(column.table);
      long rowid = rowids.get(random.nextInt(rowids.size()));
      String log =
          column.table.equals("anchor")
              ? "anchors"
              : cell.text(column.table, rowid, column.table.equals("log") ? "name" : "log");
      Object before = value(cell, column, rowid);
      Object after = alter(before, random);
      String story =
          "seed " + seed + ", round " + round + ": " + column + " of row " + rowid + " of " + log;
      try {
        cell.set(column.table, rowid, column.name, after);
      } catch (java.sql.SQLException refused) {
        // The file's own constraints do not allow it: no way to alter a file.
        continue;
      }
      FsckReport report = cell.fsck();
      if (cell.shown().equals(sound)) {
        continue;
      }
      assertTrue(
          report.findings().stream()
              .anyMatch(one -> one.log().equals(log) && one.table().equals(table(column, one))),
          () -> story + "\n" + String.join("\n", report.lines()));
    }
  }

  /** A log's altered origin shows in its birth entry, where the two differ. */
  private static String table(Column column, Finding finding) {
    return column.table.equals("log") ? finding.table() : column.table;
  }

  private static Object value(Tampered cell, Column column, long rowid) throws Exception {
    return switch (column.name) {
      case "bytes", "hashes", "note", "salt", "path" ->
          cell.bytes(column.table, rowid, column.name);
      case "log", "origin", "sha256", "date" -> cell.text(column.table, rowid, column.name);
      default -> Long.valueOf(cell.text(column.table, rowid, column.name));
    };
  }

  private static Object alter(Object value, Random random) {
    if (value instanceof Long number) {
      return random.nextBoolean()
          ? number + 1 + random.nextInt(3)
          : number ^ 1L << random.nextInt(40);
    }
    byte[] bytes =
        value instanceof byte[] blob ? blob : ((String) value).getBytes(StandardCharsets.UTF_8);
    if (value instanceof String) {
      bytes[random.nextInt(bytes.length)] = (byte) ('a' + random.nextInt(26));
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (random.nextInt(5) == 0) {
      return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void findsRowsThatWereDeletedOrSwapped(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> tables = List.of("log", "segment", "tile", "policy", "anchor", "anchor_leaf");
    for (int round = 0; round < ROUNDS; round++) {
      Tampered cell = copy();
      String table = tables.get(random.nextInt(tables.size()));
      List<Long> rowids = cell.rowids(table);
      long one = rowids.get(random.nextInt(rowids.size()));
      long other = rowids.get(random.nextInt(rowids.size()));
      String story =
          "seed " + seed + ", round " + round + ": " + table + " rows " + one + " and " + other;
      boolean swap = table.equals("segment") && random.nextBoolean();
      if (swap) {
        byte[] first = cell.bytes("segment", one, "bytes");
        cell.set("segment", one, "bytes", cell.bytes("segment", other, "bytes"));
        cell.set("segment", other, "bytes", first);
      } else {
        cell.execute("delete from " + table + " where rowid = " + one);
      }
      if (!cell.shown().equals(sound)) {
        assertFalse(cell.fsck().clean(), story);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void findsFlippedBitsAnywhereInTheFile(long seed) throws Exception {
    Random random = new Random(seed);
    int changed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Tampered cell = copy();
      byte[] file = Files.readAllBytes(cell.ledger());
      int flips = 1 + random.nextInt(4);
      for (int i = 0; i < flips; i++) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(cell.ledger(), file);
      String story = "seed " + seed + ", round " + round;
      FsckReport report = cell.fsck();
      if (!cell.shown().equals(sound)) {
        changed++;
        assertFalse(report.clean(), story);
      }
    }
    assertTrue(changed > ROUNDS / 4, "rounds that changed what is shown: " + changed);
  }

  @ParameterizedTest
  @ValueSource(longs = {31})
  void findsAFileCutShort(long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 2; round++) {
      Tampered cell = copy();
      byte[] file = Files.readAllBytes(cell.ledger());
      Files.write(cell.ledger(), java.util.Arrays.copyOf(file, random.nextInt(file.length)));
      assertFalse(cell.fsck().clean(), "seed " + seed + ", round " + round);
    }
    assertEquals(sound, copy().shown());
  }
}
