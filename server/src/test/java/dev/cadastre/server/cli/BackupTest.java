package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cell is copied while it runs, and put back. */
class BackupTest {
  private final Session session = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir Path directory;
  private Path data;
  private Path copy;

  @BeforeEach
  void makeACell() {
    data = directory.resolve("data");
    copy = directory.resolve("copy");
    done("tenant add acme --policy " + Session.policy() + " --data " + data);
    done("anchor --data " + data);
  }

  private String done(String line) {
    Session.Ran ran = session.run(line.split(" "));
    assertEquals(0, ran.exitCode(), line + "\n" + ran.err());
    return ran.out().strip();
  }

  private void refused(int exitCode, String why, String... args) {
    Session.Ran ran = session.run(args);
    assertEquals(exitCode, ran.exitCode(), ran.out() + ran.err());
    String last = ran.err().strip().lines().reduce((before, line) -> line).orElse("");
    assertTrue(last.contains(why), ran.err());
  }

  private void grow() {
    done("token issue --tenant acme --role viewer --data " + data);
  }

  private long entries(Path of, String log) throws Exception {
    return done("fsck --data " + of)
        .lines()
        .filter(line -> line.startsWith("log " + log + ": "))
        .mapToLong(line -> Long.parseLong(line.split(" ")[2]))
        .sum();
  }

  @Test
  void aCopyOfARunningCellHasAllThatWasAcknowledged() throws Exception {
    String token = done("token issue --tenant acme --role ingest --data " + data);
    try (ServerProcess server = ServerProcess.on(data, "--the-clock-is-right")) {
      for (int i = 0; i < 20; i++) {
        assertEquals(200, server.postLogs(token, record(i)).statusCode());
      }
      long before = entries(data, "acme");
      done("backup --to " + copy + " --data " + data);
      assertEquals(before, entries(copy, "acme"));
      server.kill();
    }
    // What lies in the database alone, as a copy of that file would have it, is less.
    Path fresh = directory.resolve("fresh");
    done("restore --from " + copy + " --data " + fresh);
    assertEquals(entries(copy, "acme"), entries(fresh, "acme"));
    assertEquals(entries(copy, "cell") + 1, entries(fresh, "cell"), "the restore is noted");
    try (ServerProcess server = ServerProcess.on(fresh)) {
      assertEquals(200, server.postLogs(token, record(20)).statusCode(), "tokens came along");
    }
  }

  private static String record(int number) {
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
        + "\"1772366400000000000\",\"body\":{\"stringValue\":\"n"
        + number
        + "\"}}]}]}]}";
  }

  @Test
  void aCopyIsItsOwnersAlone() throws Exception {
    done("backup --to " + copy + " --data " + data);
    try (Stream<Path> paths = Files.walk(copy)) {
      for (Path path : paths.toList()) {
        assertEquals(
            Files.isDirectory(path) ? "rwx------" : "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
            path.toString());
      }
    }
  }

  @Test
  void aCopyWithoutKeysIsRestoredWithThoseThatWereKeptApart() throws Exception {
    done("backup --without-keys --to " + copy + " --data " + data);
    assertFalse(Files.exists(copy.resolve("keys")));
    Path fresh = directory.resolve("fresh");
    refused(
        2,
        "the backup was made without the cell's keys; name the directory that has them with --keys",
        "restore",
        "--from",
        copy.toString(),
        "--data",
        fresh.toString());
    assertFalse(Files.exists(fresh));
    done("restore --from " + copy + " --data " + fresh + " --keys " + data.resolve("keys"));
    done("fsck --data " + fresh);
    done("anchor --data " + fresh);
  }

  @Test
  void aRestoreThatWouldLoseAcknowledgedEntriesIsRefusedUnlessThatIsAccepted() throws Exception {
    done("backup --to " + copy + " --data " + data);
    grow();
    long grown = entries(data, "cell");
    String[] restore = {"restore", "--from", copy.toString(), "--data", data.toString()};
    refused(1, "log cell has 1 entries that the backup lacks", restore);
    assertEquals(grown, entries(data, "cell"), "nothing was touched");
    String[] accepted =
        Stream.concat(Stream.of(restore), Stream.of("--accept-loss", "a rehearsal"))
            .toArray(String[]::new);
    Session.Ran ran = session.run(accepted);
    assertEquals(0, ran.exitCode(), ran.err());
    assertTrue(ran.out().contains("what stood there before is in "), ran.out());
    done("fsck --data " + data);
    done("anchor --data " + data);
  }

  @Test
  void aDamagedCellIsRestoredAndKeepsItsNewerVault() throws Exception {
    done("backup --to " + copy + " --data " + data);
    String id = tokenAfterTheBackup();
    Files.write(data.resolve("ledger.db"), new byte[0]);
    refused(2, "ledger.db is empty", "anchor", "--data", data.toString());
    String[] restore = {
      "restore",
      "--from",
      copy.toString(),
      "--data",
      data.toString(),
      "--accept-loss",
      "a damaged disk"
    };
    Session.Ran ran = session.run(restore);
    assertEquals(0, ran.exitCode(), ran.err());
    assertTrue(done("token list --data " + data).contains(id), "the newer vault is kept");
    done("fsck --data " + data);
  }

  private String tokenAfterTheBackup() {
    grow();
    return done("token list --data " + data).split(" ")[0];
  }

  @Test
  void aLostDirectoryIsRestored() throws Exception {
    done("backup --to " + copy + " --data " + data);
    for (String lost : List.of("ledger.db", "vault.db", "cell.json", "keys/cell.p12")) {
      Files.delete(data.resolve(lost));
    }
    done("restore --from " + copy + " --data " + data);
    done("fsck --data " + data);
    done("anchor --data " + data);
  }

  @Test
  void whatIsNoBackupIsRefused() throws Exception {
    done("backup --to " + copy + " --data " + data);
    String fresh = directory.resolve("fresh").toString();
    refused(
        2,
        "is there already and not empty; name a new directory with --to",
        "backup",
        "--to",
        copy.toString(),
        "--data",
        data.toString());
    refused(
        2,
        "lies within the cell's own directory",
        "backup",
        "--to",
        data.resolve("x").toString(),
        "--data",
        data.toString());
    refused(
        2,
        "is no backup that came to its end: it has no backup.json",
        "restore",
        "--from",
        data.toString(),
        "--data",
        fresh);
    byte[] bytes = Files.readAllBytes(copy.resolve("ledger.db"));
    bytes[bytes.length - 200] ^= 1;
    Files.write(copy.resolve("ledger.db"), bytes);
    refused(2, "is not sound: ", "restore", "--from", copy.toString(), "--data", fresh);
    assertFalse(Files.exists(Path.of(fresh)));
  }

  @Test
  void anotherCellsDirectoryIsLeftAlone() throws Exception {
    done("backup --to " + copy + " --data " + data);
    Path other = directory.resolve("other");
    done("tenant add acme --name ledger.two --policy " + Session.policy() + " --data " + other);
    refused(
        2,
        "is of ledger.two/local, the backup of cadastre.local/local",
        "restore",
        "--from",
        copy.toString(),
        "--data",
        other.toString());
  }

  @Test
  void aDirectoryThatIsServedIsLeftAlone() throws Exception {
    done("backup --to " + copy + " --data " + data);
    try (ServerProcess server = ServerProcess.on(data, "--the-clock-is-right")) {
      assertTrue(server.pid() > 0);
      refused(
          2,
          "a server runs on " + data + "; end it first",
          "restore",
          "--from",
          copy.toString(),
          "--data",
          data.toString());
    }
  }
}
