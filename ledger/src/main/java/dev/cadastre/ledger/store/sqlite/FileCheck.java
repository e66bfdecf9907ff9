package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jooq.Record;

/**
 * One SQLite file as such: its own integrity check, whose file it is, and that tables and triggers
 * are those of the migrations.
 */
final class FileCheck {
  /** What the migrations make, by schema; the same for every file of a program. */
  private static final Map<Schema, Map<String, String>> MIGRATED = new ConcurrentHashMap<>();

  private final Schema schema;
  private final List<String> found = new ArrayList<>();

  private FileCheck(Schema schema) {
    this.schema = schema;
  }

  /** What is wrong, one line each. */
  static List<String> faults(Schema schema, Snapshot file) {
    FileCheck check = new FileCheck(schema);
    check.guarded(() -> check.applicationId(file));
    check.guarded(() -> check.integrity(file));
    check.guarded(() -> check.foreignKeys(file));
    check.guarded(() -> check.objects(file));
    if (schema == Schema.LEDGER) {
      check.guarded(() -> check.numbers(file));
    }
    return check.found;
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (StorageFailure failure) {
      found(String.valueOf(failure.getMessage()));
    }
  }

  private void found(String what) {
    found.add(what);
  }

  private void applicationId(Snapshot file) {
    int id =
        file.read(context -> context.fetchSingle("pragma application_id").get(0, Integer.class));
    int expected = SqliteFile.applicationId(schema);
    if (id != expected) {
      found("expected application id " + expected + ", found " + id);
    }
  }

  private void integrity(Snapshot file) {
    List<String> lines =
        file.read(context -> context.fetch("pragma integrity_check")).stream()
            .map(row -> row.get(0, String.class))
            .toList();
    if (!lines.equals(List.of("ok"))) {
      lines.forEach(this::found);
    }
  }

  private void foreignKeys(Snapshot file) {
    for (Record row : file.read(context -> context.fetch("pragma foreign_key_check"))) {
      found(
          "row "
              + row.get(1)
              + " of "
              + row.get(0)
              + " refers to a row of "
              + row.get(2)
              + " that is not there");
    }
  }

  /** Segments are numbered as they were committed, from 1, and none is ever removed. */
  private void numbers(Snapshot file) {
    String ends =
        "select count(*), coalesce(min(number), 1), coalesce(max(number), 0) from segment";
    Record row = file.read(context -> context.fetchSingle(ends));
    long count = row.get(0, Long.class);
    long first = row.get(1, Long.class);
    long last = row.get(2, Long.class);
    if (first != 1 || last != count) {
      found(count + " segments are numbered from " + first + " to " + last);
    }
    String turned =
        "select log, number from (select log, number, first_index, lag(first_index) over (partition"
            + " by log order by number) as before from segment) where before >= first_index";
    for (Record one : file.read(context -> context.fetch(turned))) {
      found("segment " + one.get(1) + " of " + one.get(0) + " is numbered behind a later one");
    }
  }

  private void objects(Snapshot file) {
    Map<String, String> expected = MIGRATED.computeIfAbsent(schema, FileCheck::migrated);
    Map<String, String> actual = objectsOf(file);
    expected.forEach(
        (name, sql) -> {
          if (!actual.containsKey(name)) {
            found(name + " is missing");
          } else if (!sql.equals(actual.get(name))) {
            found(name + " is not as the migrations made it");
          }
        });
    actual.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> found(name + " is foreign here"));
  }

  private static Map<String, String> objectsOf(Snapshot file) {
    Map<String, String> objects = new TreeMap<>();
    String sql =
        "select type || ' ' || name, coalesce(sql, '') from sqlite_master where name not like"
            + " 'sqlite_stat%'";
    for (Record row : file.read(context -> context.fetch(sql))) {
      objects.put(row.get(0, String.class), row.get(1, String.class));
    }
    return objects;
  }

  /** From a fresh file, which has just what the migrations make. */
  private static Map<String, String> migrated(Schema schema) {
    try {
      Path directory = Files.createTempDirectory("cadastre-fsck");
      try (Snapshot fresh = Snapshot.of(migrated(directory, schema))) {
        return objectsOf(fresh);
      } finally {
        delete(directory);
      }
    } catch (IOException failure) {
      throw new StorageFailure(
          "cannot write a fresh file to compare with: " + failure.getMessage(), failure);
    }
  }

  private static Database migrated(Path directory, Schema schema) {
    SqliteDatabase.open(directory, schema);
    return ReadOnlyDatabase.of(directory, schema);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
