package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A data directory that lost a part, or has a part of another, is refused and left as it is. */
class DataDirectoryTest {
  private static final Session SESSION = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir static Path shared;
  @TempDir Path own;
  private Path data;

  /** Two cells of one name, and a third of another; each with two policies, a token, an anchor. */
  @BeforeAll
  static void make() throws Exception {
    make("cell", "ledger.one");
    make("twin", "ledger.one");
    make("other", "ledger.two");
  }

  private static void make(String directory, String name) throws Exception {
    String data = shared.resolve(directory).toString();
    String policy = Session.policy().toString();
    run("tenant add acme --policy " + policy + " --name " + name + " --data " + data);
    run("policy set acme " + policy + " --data " + data);
    run("token issue --tenant acme --role viewer --data " + data);
    run("anchor --data " + data);
  }

  private static String run(String line) {
    String[] args = line.replace("", "").split(" ");
    Session.Ran ran = SESSION.run(args);
    assertEquals(0, ran.exitCode(), line + "\n" + ran.err());
    return ran.out().strip();
  }

  @BeforeEach
  void copy() throws IOException {
    data = own.resolve("data");
    copy(shared.resolve("cell"), data);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private interface Change {
    void make(Path data) throws Exception;
  }

  /** What may befall a directory, and what is said of it. */
  enum Damage {
    NO_IDENTITY("holds keys but no cell.json", data -> Files.delete(data.resolve("cell.json"))),
    EMPTY_IDENTITY("cell.json is damaged", data -> empty(data.resolve("cell.json"))),
    NO_KEYS("/keys is missing", data -> delete(data.resolve("keys"))),
    NO_KEY_STORE("cell.p12 is missing", data -> Files.delete(data.resolve("keys/cell.p12"))),
    EMPTY_KEY_STORE("cell.p12 is empty", data -> empty(data.resolve("keys/cell.p12"))),
    NO_PASSWORD(
        "cell.password is missing", data -> Files.delete(data.resolve("keys/cell.password"))),
    OTHER_PASSWORD("cannot open ", data -> take("twin", "keys/cell.password", data)),
    OTHER_KEYS(
        "names another key than the cell's",
        data -> {
          take("twin", "keys/cell.p12", data);
          take("twin", "keys/cell.password", data);
        }),
    NO_LEDGER("ledger.db is missing", data -> Files.delete(data.resolve("ledger.db"))),
    NO_VAULT("vault.db is missing", data -> Files.delete(data.resolve("vault.db"))),
    EMPTY_LEDGER("ledger.db is empty", data -> empty(data.resolve("ledger.db"))),
    EMPTY_VAULT("vault.db is empty", data -> empty(data.resolve("vault.db"))),
    TEXT_AS_LEDGER("ledger.db is no SQLite database", data -> scribble(data.resolve("ledger.db"))),
    TEXT_AS_VAULT("vault.db is no SQLite database", data -> scribble(data.resolve("vault.db"))),
    CUT_LEDGER("ledger.db is cut off", data -> cut(data.resolve("ledger.db"))),
    CUT_VAULT("vault.db is cut off", data -> cut(data.resolve("vault.db"))),
    SWAPPED(
        "ledger.db is a vault.db under another name",
        data -> {
          Files.move(data.resolve("ledger.db"), data.resolve("x"));
          Files.move(data.resolve("vault.db"), data.resolve("ledger.db"));
          Files.move(data.resolve("x"), data.resolve("vault.db"));
        }),
    NEW_LEDGER(
        "the cell's own log is missing",
        data -> {
          Files.delete(data.resolve("ledger.db"));
          SqliteDatabase.open(data, Schema.LEDGER);
        }),
    NEW_VAULT(
        "it holds no key at all",
        data -> {
          Files.delete(data.resolve("vault.db"));
          SqliteDatabase.open(data, Schema.VAULT);
        }),
    TWINS_LEDGER("names another key than the cell's", data -> take("twin", "ledger.db", data)),
    TWINS_VAULT("the vault or the keys are another cell's", data -> take("twin", "vault.db", data)),
    OTHERS_LEDGER("expected ledger.one/local/", data -> take("other", "ledger.db", data)),
    OTHERS_VAULT(
        "the vault or the keys are another cell's", data -> take("other", "vault.db", data)),
    OTHERS_IDENTITY("expected ledger.two/local/", data -> take("other", "cell.json", data));

    final String said;
    private final Change change;

    Damage(String said, Change change) {
      this.said = said;
      this.change = change;
    }
  }

  /** What may befall the rows that say which policies a tenant's log adopted. */
  enum PolicyDamage {
    NO_POLICY(
        "entry 2 adopts a policy, and its row is gone",
        data -> change(data, "policy", "delete from policy")),
    NO_NEWEST_POLICY(
        "entry 2 adopts a policy, and its row is gone",
        data -> change(data, "policy", "delete from policy where entry_index = 2")),
    NO_FIRST_POLICY(
        "entry 2 replaces the policy of entry 1, whose row is gone",
        data -> change(data, "policy", "delete from policy where entry_index = 1")),
    OTHER_POLICY(
        "its row of entry 2 has 00,",
        data -> change(data, "policy", "update policy set sha256 = '00' where entry_index = 2")),
    MOVED_POLICY(
        "its row says that entry 3 adopts a policy, which it does not",
        data -> change(data, "policy", "update policy set entry_index = 3 where entry_index = 2"));

    private final String said;
    private final Change change;

    PolicyDamage(String said, Change change) {
      this.said = said;
      this.change = change;
    }
  }

  /** Its events would be judged by another policy, or by none. */
  @ParameterizedTest
  @EnumSource(PolicyDamage.class)
  void aLogWhosePoliciesAreNotItsEntriesTakesNothing(PolicyDamage damage) throws Exception {
    damage.change.make(data);
    LogName acme = new LogName("acme");
    CellIdentity identity = CellIdentity.of(data).orElseThrow();
    try (Cell cell = Cell.open(data, identity, () -> Instant.parse("2026-03-02T12:00:00Z"))) {
      cell.ledger().checkAll();
      assertEquals(Set.of(acme), cell.ledger().stopped().keySet());
      String why = cell.ledger().stopped().get(acme);
      assertTrue(why.contains(damage.said), why);
      RecordEvent event = RecordEvent.builder(Kind.OTHER, "cli").build();
      AppendResult result =
          cell.ledger().append(List.of(Draft.record(acme, event, List.of()))).join();
      assertTrue(!(result instanceof AppendResult.Appended), result::toString);
    }
    Session.Ran fsck = SESSION.run("fsck", "--data", data.toString());
    assertEquals(1, fsck.exitCode(), fsck.out());
    assertTrue(fsck.out().contains("FOUND log acme, policy"), fsck.out());
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void isRefusedAndLeftAsItIs(Damage damage) throws Exception {
    damage.change.make(data);
    Map<String, String> before = files();
    for (String command : new String[] {"serve", "anchor", "token list", "tenant list"}) {
      Session.Ran ran = SESSION.run((command + " --data " + data).split(" "));
      assertAll(
          command,
          () -> assertEquals(2, ran.exitCode(), ran.err()),
          () -> assertEquals(1, ran.errorLines(), ran.err()),
          () -> assertTrue(ran.err().contains(damage.said), ran.err()),
          () -> assertEquals(before, files()));
    }
    Session.Ran fsck = SESSION.run("fsck", "--data", data.toString());
    assertNotEquals(0, fsck.exitCode(), fsck.out());
    assertEquals(before, files());
  }

  /** Every file but SQLite's own that come and go, with its digest. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.toList()) {
        files.put(
            data.relativize(path).toString(),
            Files.isDirectory(path) ? "" : Hash.sha256(Files.readAllBytes(path)).hex());
      }
    }
    return files;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void empty(Path file) throws IOException {
    Files.write(file, new byte[0]);
  }

  private static void scribble(Path file) throws IOException {
    Files.write(file, "this is no database\n".repeat(400).getBytes(StandardCharsets.US_ASCII));
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void take(String cell, String file, Path data) throws IOException {
    Files.write(data.resolve(file), Files.readAllBytes(shared.resolve(cell).resolve(file)));
  }

  /** As someone does who may write the file: the triggers are out of the way meanwhile. */
  private static void change(Path data, String table, String sql) throws Exception {
    String file = "jdbc:sqlite:" + data.resolve("ledger.db");
    try (Connection connection = DriverManager.getConnection(file);
        Statement statement = connection.createStatement()) {
      for (String event : new String[] {"update", "delete"}) {
        statement.execute("drop trigger " + table + "_" + event);
      }
      statement.execute(sql);
      for (String event : new String[] {"update", "delete"}) {
        statement.execute(
            String.format(
                Locale.ROOT,
                "create trigger %1$s_%2$s before %2$s on %1$s begin"
                    + " select raise(abort, '%1$s is insert only'); end",
                table,
                event));
      }
    }
  }

  @Test
  void aSoundDirectoryIsLookedAtWithoutChangingIt() throws Exception {
    Map<String, String> before = files();
    for (String command :
        new String[] {"fsck", "token list", "tenant list", "keys list", "keys show acme"}) {
      run(command + " --data " + data);
      assertEquals(before, files(), command);
    }
  }

  @Test
  void aTokenThatSqlInsertedOpensNothingAndIsReported() throws Exception {
    String file = "jdbc:sqlite:" + data.resolve("vault.db");
    try (Connection connection = DriverManager.getConnection(file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into token values ('0badc0de', randomblob(32), 'operator', null, 'x', 1, null,"
              + " null)");
    }
    Session.Ran fsck = SESSION.run("fsck", "--data", data.toString());
    assertEquals(1, fsck.exitCode(), fsck.out());
    assertTrue(
        fsck.out()
            .contains(
                "FOUND token: token 0badc0de was not issued by this cell as it stands there, and"
                    + " opens nothing; end it: cadastre token revoke 0badc0de"),
        fsck.out());
    run("token revoke 0badc0de --data " + data);
    run("fsck --data " + data);
  }

  @Test
  void aTokenThatWasRevokedAndIsGoodAgainIsReported() throws Exception {
    String id = run("token list --data " + data).split(" ")[0];
    run("token revoke " + id + " --data " + data);
    run("fsck --data " + data);
    take("cell", "vault.db", data);
    Session.Ran fsck = SESSION.run("fsck", "--data", data.toString());
    assertEquals(1, fsck.exitCode(), fsck.out());
    assertTrue(fsck.out().contains("token " + id + " is good again, though entry"), fsck.out());
  }

  @Test
  void aFirstStartThatWasBrokenOffIsGoneOnWith() throws Exception {
    Path fresh = own.resolve("fresh");
    Files.createDirectory(fresh);
    Files.writeString(
        fresh.resolve("cell.json"), "{\"cell\":\"local\",\"founding\":true,\"name\":\"a.b\"}");
    SqliteDatabase.open(fresh, Schema.LEDGER);
    Session.Ran looked = SESSION.run("token", "list", "--data", fresh.toString());
    assertEquals(2, looked.exitCode());
    assertTrue(looked.err().contains("was not made to its end; start it once more"), looked.err());
    run("tenant add acme --policy " + Session.policy() + " --data " + fresh);
    run("fsck --data " + fresh);
    assertEquals(
        "{\"cell\":\"local\",\"name\":\"a.b\"}", Files.readString(fresh.resolve("cell.json")));
  }

  @Test
  void everythingIsItsOwnersAlone() throws Exception {
    Path made = own.resolve("made");
    run("tenant add acme --policy " + Session.policy() + " --data " + made);
    try (Stream<Path> paths = Files.walk(made)) {
      for (Path path : paths.toList()) {
        assertEquals(
            Files.isDirectory(path) ? "rwx------" : "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
            path.toString());
      }
    }
  }

  @Test
  void aCopyThatLostItsModesIsMended() throws Exception {
    for (String part : new String[] {"keys/cell.p12", "ledger.db", "vault.db", "cell.json"}) {
      Files.setPosixFilePermissions(
          data.resolve(part), PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setPosixFilePermissions(
        data.resolve("keys"), PosixFilePermissions.fromString("rwxr-xr-x"));
    run("anchor --data " + data);
    for (String part : new String[] {"keys/cell.p12", "ledger.db", "vault.db", "cell.json"}) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(part))),
          part);
    }
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))));
  }
}
