package dev.cadastre.ledger.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.SampleCell;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real file under random hands, each from a seed that a failure prints: some 1,000 ways in every
 * build, N times as many with {@code -Dcadastre.effort=N}. Whatever changes what anyone would be
 * shown is found; where rows were changed, their log and table are named. What changes nothing need
 * not be found.
 */
class TamperTest {
  private static final int TIMES = Integer.getInteger("cadastre.effort", 1);

  @TempDir static Path shared;
  @TempDir Path own;

  private static Set<String> sound;
  private static final List<Path> OLDER = new ArrayList<>();

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
          new Column("log", "origin"),
          new Column("log", "name"));

  @BeforeAll
  static void write() throws Exception {
    Path cell = shared.resolve("cell");
    SampleCell.write(cell, 13, step -> keepCopy(cell, step));
    sound = Tampered.copy(cell, shared.resolve("reference")).shown();
    assertTrue(sound.size() > 60, () -> "rows: " + sound.size());
  }

  private static void keepCopy(Path cell, int step) {
    Path copy = shared.resolve("older-" + step + ".db");
    try {
      Tampered.snapshot(cell.resolve("ledger.db"), copy);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    OLDER.add(copy);
  }

  private Tampered copy() throws IOException {
    return Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
  }

  private interface Way {
    /** Tampers; empty if the file's own constraints allow no such thing, else what was done. */
    Optional<Done> apply(Tampered cell, Random random) throws Exception;
  }

  /** What was done, and where it has to be found; either may be anywhere. */
  private record Done(String what, Optional<String> log, Optional<String> table) {
    static Optional<Done> somewhere(String what) {
      return Optional.of(new Done(what, Optional.empty(), Optional.empty()));
    }

    static Optional<Done> in(String log, String table, String what) {
      return Optional.of(new Done(what, Optional.of(log), Optional.of(table)));
    }

    boolean namedBy(FsckFinding finding) {
      return log.filter(name -> !name.equals(finding.log())).isEmpty()
          && table.filter(name -> !name.equals(finding.table())).isEmpty();
    }
  }

  /** Tampers again and again; gives back how often that changed what is shown. */
  private int tamper(long seed, int rounds, Way way) throws Exception {
    Random random = new Random(seed);
    int changed = 0;
    for (int round = 0; round < rounds * TIMES; round++) {
      Tampered cell = copy();
      Optional<Done> done = way.apply(cell, random);
      if (done.isPresent() && cell.showsOtherThan(sound)) {
        changed++;
        requireFound(cell, done.get(), "seed " + seed + ", round " + round);
      }
    }
    return changed;
  }

  private static void requireFound(Tampered cell, Done done, String story) {
    FsckReport report = cell.fsck();
    assertTrue(
        report.findings().stream().anyMatch(done::namedBy),
        () -> story + ": " + done + "\n" + String.join("\n", report.lines()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsAnAlteredValueAndNamesItsLogAndTable(long seed) throws Exception {
    int changed = tamper(seed, 100, TamperTest::alterValue);
    assertTrue(changed > 40, "rounds that changed what is shown: " + changed);
  }

  private static Optional<Done> alterValue(Tampered cell, Random random) throws Exception {
    Column column = COLUMNS.get(random.nextInt(COLUMNS.size()));
    long rowid = any(cell.rowids(column.table), random);
    String log = logOf(cell, column.table, rowid);
    Object after = alter(value(cell, column, rowid), random);
    try {
      cell.set(column.table, rowid, column.name, after);
    } catch (SQLException refused) {
      return Optional.empty();
    }
    String what = column + " of row " + rowid + " of " + log;
    // A log's altered origin shows in its birth entry, its altered name in all that refers to it;
    // that a log's last segment went to another log, where its size was signed.
    return switch (column.table + "." + column.name) {
      case "log.origin", "log.name" -> Done.somewhere(what);
      case "segment.log" -> Optional.of(new Done(what, Optional.of(log), Optional.empty()));
      default -> Done.in(log, column.table, what);
    };
  }

  private static String logOf(Tampered cell, String table, long rowid) throws SQLException {
    return switch (table) {
      case "anchor" -> "anchors";
      case "log" -> cell.text(table, rowid, "name");
      default -> cell.text(table, rowid, "log");
    };
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static Object value(Tampered cell, Column column, long rowid) throws Exception {
    return switch (column.name) {
      case "bytes", "hashes", "note", "salt", "path" ->
          cell.bytes(column.table, rowid, column.name);
      case "log", "name", "origin", "sha256", "date" -> cell.text(column.table, rowid, column.name);
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
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {11})
  void findsADeletedRow(long seed) throws Exception {
    int changed = tamper(seed, 100, TamperTest::deleteRow);
    assertTrue(changed > 60, "rounds that changed what is shown: " + changed);
  }

  private static Optional<Done> deleteRow(Tampered cell, Random random) throws Exception {
    String table = any(Tampered.TABLES, random);
    long rowid = any(cell.rowids(table), random);
    String log = logOf(cell, table, rowid);
    cell.execute("delete from " + table + " where rowid = " + rowid);
    // That a last segment is gone shows where its size was signed.
    return table.equals("log")
        ? Done.somewhere("log " + log + " deleted")
        : Optional.of(
            new Done(
                "row " + rowid + " of " + table + " deleted",
                Optional.of(log),
                Optional.of(table).filter(name -> !name.equals("segment"))));
  }

  @ParameterizedTest
  @ValueSource(longs = {14})
  void findsValuesThatWereSwappedBetweenTwoRows(long seed) throws Exception {
    int changed = tamper(seed, 100, TamperTest::swapValues);
    assertTrue(changed > 30, "rounds that changed what is shown: " + changed);
  }

  private static Optional<Done> swapValues(Tampered cell, Random random) throws Exception {
    List<Column> swappable = COLUMNS.stream().filter(one -> !one.table.equals("log")).toList();
    Column column = any(swappable, random);
    long one = any(cell.rowids(column.table), random);
    long other = any(cell.rowids(column.table), random);
    Object first = value(cell, column, one);
    Object second = value(cell, column, other);
    try {
      cell.swap(column.table, column.name, one, first, other, second);
    } catch (SQLException refused) {
      return Optional.empty();
    }
    return Optional.of(
        new Done(
            column + " of rows " + one + " and " + other,
            Optional.empty(),
            Optional.of(column.table)));
  }

  @ParameterizedTest
  @ValueSource(longs = {17})
  void findsARowThatWasAddedLikeAnother(long seed) throws Exception {
    int changed = tamper(seed, 100, TamperTest::addRow);
    assertTrue(changed > 20, "rounds that changed what is shown: " + changed);
  }

  private static Optional<Done> addRow(Tampered cell, Random random) throws Exception {
    Column key = any(COLUMNS, random);
    long rowid = any(cell.rowids(key.table), random);
    List<String> values = new ArrayList<>();
    for (String column : cell.columns(key.table)) {
      if (column.equals("number")) {
        values.add("null"); // the next one
        continue;
      }
      boolean altered = column.equals(key.name);
      Object value = altered ? alter(value(cell, key, rowid), random) : "";
      values.add(
          altered && !(value instanceof byte[])
              ? "'" + value + "'"
              : cell.literal(key.table, rowid, column));
    }
    try {
      cell.execute("insert into " + key.table + " values (" + String.join(",", values) + ")");
    } catch (SQLException refused) {
      return Optional.empty();
    }
    return Done.somewhere("row like " + rowid + " of " + key.table + ": " + values);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void findsFlippedBitsAnywhereInTheFile(long seed) throws Exception {
    int changed =
        tamper(
            seed,
            150,
            (cell, random) -> {
              byte[] file = Files.readAllBytes(cell.ledger());
              for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
              }
              Files.write(cell.ledger(), file);
              return Done.somewhere("bits flipped");
            });
    assertTrue(changed > 35, "rounds that changed what is shown: " + changed);
  }

  @ParameterizedTest
  @ValueSource(longs = {31})
  void findsPagesThatAreMissingEmptiedOrSwapped(long seed) throws Exception {
    int changed =
        tamper(
            seed,
            100,
            (cell, random) -> {
              byte[] file = Files.readAllBytes(cell.ledger());
              Files.write(cell.ledger(), misplaced(file, random));
              return Done.somewhere("pages");
            });
    assertTrue(changed > 50, "rounds that changed what is shown: " + changed);
  }

  private static byte[] misplaced(byte[] file, Random random) {
    int pages = file.length / 4096;
    int one = random.nextInt(pages) * 4096;
    int other = random.nextInt(pages) * 4096;
    return switch (random.nextInt(3)) {
      case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> {
        Arrays.fill(file, one, one + 4096, (byte) 0);
        yield file;
      }
      default -> {
        byte[] page = Arrays.copyOfRange(file, one, one + 4096);
        System.arraycopy(file, other, file, one, 4096);
        System.arraycopy(page, 0, file, other, 4096);
        yield file;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {41})
  void findsATailThatWasCutOffWithAllThatSpeaksOfIt(long seed) throws Exception {
    int changed = tamper(seed, 50, TamperTest::cutTail);
    assertTrue(changed > 40, "rounds that changed what is shown: " + changed);
  }

  /** Leaves a log that is sound in itself: only its anchors know that there was more. */
  private static Optional<Done> cutTail(Tampered cell, Random random) throws Exception {
    String log = any(List.of("acme", "zenith"), random);
    List<Long> rowids = cell.rowids("segment");
    rowids = rowids.stream().filter(rowid -> isOf(cell, log, rowid)).toList();
    long size = Long.parseLong(cell.text("segment", any(rowids, random), "first_index"));
    String of = " where log = '" + log + "' and ";
    cell.execute(
        "delete from segment" + of + "first_index >= " + size,
        "delete from tile" + of + "(tile_index + 1) * 256 > " + size,
        "delete from policy" + of + "entry_index >= " + size,
        "delete from checkpoint" + of + "size > " + size);
    return Optional.of(new Done("cut to " + size, Optional.of(log), Optional.empty()));
  }

  private static boolean isOf(Tampered cell, String log, long segment) {
    try {
      return cell.text("segment", segment, "log").equals(log);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {51})
  void findsACheckpointThatWasReplaced(long seed) throws Exception {
    int changed = tamper(seed, 60, TamperTest::replaceCheckpoint);
    assertTrue(changed > 35, "rounds that changed what is shown: " + changed);
  }

  /** By another one of the file, or by one that the log's own key signs over another root. */
  private static Optional<Done> replaceCheckpoint(Tampered cell, Random random) throws Exception {
    String table = random.nextBoolean() ? "checkpoint" : "anchor_leaf";
    long rowid = any(cell.rowids(table), random);
    String log = cell.text(table, rowid, "log");
    byte[] other =
        random.nextBoolean()
            ? cell.bytes(table, any(cell.rowids(table), random), "note")
            : forged(log, Long.parseLong(cell.text(table, rowid, "size")), random);
    cell.set(table, rowid, "note", other);
    return Done.in(log, table, "note of row " + rowid);
  }

  private static byte[] forged(String log, long size, Random random) throws Refused {
    String origin = "test.example/eu-de/" + log;
    NoteSigner signer = SampleCell.signer().signerFor(origin);
    byte[] root = new byte[32];
    random.nextBytes(root);
    String text =
        origin + "\n" + size + "\n" + java.util.Base64.getEncoder().encodeToString(root) + "\n";
    return SignedNote.sign(text, signer).bytes();
  }

  @Test
  void findsATableThatWasEmptiedOrIsOfAnOlderCopy() throws Exception {
    int changed = 0;
    for (String table : Tampered.TABLES) {
      Tampered emptied = copy();
      emptied.execute("delete from " + table);
      changed += requireFoundIfChanged(emptied, table + " emptied");
      for (int step = 0; step < OLDER.size(); step += 2) {
        Tampered cell = copy();
        cell.replaceTable(table, OLDER.get(step));
        changed += requireFoundIfChanged(cell, table + " as of step " + (step + 1));
      }
    }
    assertTrue(changed > 60, "tables that changed what is shown: " + changed);
  }

  private static int requireFoundIfChanged(Tampered cell, String what) {
    if (!cell.showsOtherThan(sound)) {
      return 0;
    }
    requireFound(cell, Done.somewhere(what).orElseThrow(), what);
    return 1;
  }

  /**
   * An older copy is sound in itself. What was signed or published since gives it away; together
   * with heads as old as it is, the latter alone.
   */
  @Test
  void findsTheWholeFileRolledBackByItsHeadsAndByTheNewestAnchor() throws Exception {
    SignedNote newest = newestAnchorsCheckpoint();
    Fsck.Against published =
        new Fsck.Against(Optional.empty(), List.of(newest), directory -> List.of());
    int olderThanHeads = 0;
    for (int step = 0; step < OLDER.size() - 1; step++) {
      Tampered cell = copy();
      Files.copy(OLDER.get(step), cell.ledger(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      int older = step;
      boolean signedSince = !cell.fsck().clean();
      olderThanHeads += signedSince ? 1 : 0;
      FsckReport report = Fsck.run(cell.directory, SqliteStores.in(cell.directory), published);
      assertFalse(report.clean(), () -> "step " + (older + 1) + " of " + OLDER.size());
    }
    assertEquals(OLDER.size() - 1, olderThanHeads, "copies older than what was signed");
    Path sound = copy().directory;
    assertTrue(Fsck.run(sound, SqliteStores.in(sound), published).clean());
  }

  private SignedNote newestAnchorsCheckpoint() throws Exception {
    Tampered cell = copy();
    List<Long> rowids = cell.rowids("checkpoint");
    long newest = rowids.get(rowids.size() - 1);
    assertEquals("anchors", cell.text("checkpoint", newest, "log"));
    return SignedNote.parse(cell.bytes("checkpoint", newest, "note"));
  }
}
