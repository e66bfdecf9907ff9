package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
  private final Session session = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir private Path directory;

  private void assertMistake(String message, String... args) {
    Session.Ran ran = session.run(args);
    assertAll(
        String.join(" ", args),
        () -> assertEquals("cadastre: " + message, ran.err().strip()),
        () -> assertEquals(2, ran.exitCode()),
        () -> assertEquals(1, ran.errorLines()),
        () -> assertEquals("", ran.out()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frob | Unmatched argument at index 0: 'frob'; see cadastre --help",
        "frob --help | Unmatched argument at index 0: 'frob'; see cadastre --help",
        "--help frob | Unmatched argument at index 1: 'frob'; see cadastre --help",
        "tenant frob --help | Unmatched argument at index 1: 'frob'; see cadastre tenant --help",
        "tenant | expected one of the commands add, list; see cadastre tenant --help",
        "tenant list --frob | Unknown option: '--frob'; see cadastre tenant list --help",
        "tenant add | Missing required options and parameters: '--policy=FILE', 'ID';"
            + " see cadastre tenant add --help",
        "tenant add Bank --policy p.yaml | Invalid value for positional parameter at index 0 (ID):"
            + " a tenant's id is 1 to 63 lower-case letters, digits and hyphens; 'Bank' is not;"
            + " see cadastre tenant add --help",
        "tenant add cell --policy p.yaml | Invalid value for positional parameter at index 0 (ID):"
            + " 'cell' is a name that the cell uses itself; choose another;"
            + " see cadastre tenant add --help",
        "token issue --tenant a --role king | Invalid value for option '--role':"
            + " a role is one of ingest, counterpart, viewer, auditor, operator; found 'king';"
            + " see cadastre token issue --help",
        "token issue --tenant a --role viewer --expires soon | Invalid value for option"
            + " '--expires': 'soon' is not a length of time such as 12h or 30d (units: s, m, h, d);"
            + " see cadastre token issue --help",
        "serve --portal-port 70000 | Invalid value for option '--portal-port':"
            + " '70000' is not a port from 0 to 65535; see cadastre serve --help",
      })
  void aCommandLineThatMeansNothingIsOneLineAndExitCodeTwo(String line, String message) {
    assertMistake(message, line.split(" "));
  }

  @Test
  void whatWouldDriveATerminalIsReplaced() {
    assertMistake(
        "Unmatched argument at index 0: 'fr\ufffd[31mob\ufffd'; see cadastre --help",
        "fr\u001b[31mob\u202e");
  }

  @Test
  void noCommandAtAllIsAMistake() {
    assertMistake("expected a command; see cadastre --help");
  }

  @Test
  void aDirectoryWithoutACellIsNamed() {
    assertMistake(
        "there is no cell in "
            + directory
            + "; name its directory with --data, or start one with: cadastre serve --data "
            + directory,
        "tenant",
        "list",
        "--data",
        directory.toString());
  }

  @Test
  void aPolicyFileThatIsNotThereIsNamed() {
    Path missing = directory.resolve("none.yaml");
    assertMistake(
        "cannot read " + missing + ": no such file or directory",
        "tenant",
        "add",
        "bank",
        "--policy",
        missing.toString(),
        "--data",
        directory.toString());
  }

  @Test
  void aMistakeInAPolicyIsNamedWithItsLine() throws IOException {
    Path policy = directory.resolve("p.yaml");
    Files.writeString(policy, "a: 1\na: 2\n");
    assertMistake(
        policy + " line 2 column 1: expected each name once, found \"a\" again",
        "policy",
        "set",
        "bank",
        policy.toString(),
        "--data",
        directory.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "keys: {allow: [DE], custdy: [hyok]} | line 4 column 21: keys: expected one of"
            + " algorithms, allow, attested-release, controlled-by, custody, deny, double-key,"
            + " dual-control, justifications, max-cache, named, rotate-every, found \"custdy\"; did you mean"
            + " \"custody\"?",
        "keys: {allow: [DE, DF]} | line 4 column 20: keys.allow[1]: expected a name of the"
            + " registry, found \"DF\"; did you mean \"AF\"?",
        "keys: {allow: [DE], max-cache: 5 min} | line 4 column 21: keys.max-cache: expected a"
            + " duration such as 300s, 5m, 1h or 1d, found \"5 min\"",
        "operators: [DE] | line 4 column 1: operators: expected an object, found an array",
        "providers: {default: [amazon]} | line 4 column 23: providers.default[0]: expected a name"
            + " of the registry, found \"amazon\"; did you mean \"aws\"?",
        "exceptions: [{id: a, category: data, hop: key, place: US, basis: b, until: 2026-02-30}]"
            + " | line 4 column 69: exceptions[0].until: expected a date that exists,"
            + " found \"2026-02-30\"",
        "sites: {hq: Deutschland} | line 4 column 9: sites.hq: expected a name of the registry,"
            + " found \"Deutschland\"",
      })
  void aPolicysMistakeIsNamedWithItsPosition(String line, String message) throws IOException {
    Path policy = directory.resolve("p.yaml");
    Files.writeString(
        policy,
        "version: 1\ntenant: bank\ncategories: {data: {default: {allow: [DE]}}}\n" + line + "\n");
    assertMistake(
        policy + " " + message,
        "policy",
        "set",
        "bank",
        policy.toString(),
        "--data",
        directory.toString());
  }

  @Test
  void aSettingThatIsNotKnownIsNamedWithItsLine() throws IOException {
    Path config = directory.resolve("c.yaml");
    Files.writeString(config, "name: ledger.example.com\nports:\n  portals: 1\n");
    assertMistake(
        config
            + " line 3 column 3: expected only the members [portal, otlp-http, otlp-grpc], found"
            + " \"portals\"",
        "serve",
        "--config",
        config.toString(),
        "--data",
        directory.toString());
  }

  @Test
  void aStackTraceIsShownToWhoAsksForIt() {
    Session.Ran ran = session.run("tenant", "list", "--debug", "--data", directory.toString());
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().contains("\tat dev.cadastre.server.cli."), ran.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "tenant",
        "tenant add",
        "tenant list",
        "policy",
        "policy set",
        "policy test",
        "token",
        "token issue",
        "token list",
        "token revoke",
        "anchor",
        "pack",
        "verify",
        "fsck",
        "reindex",
        "backup",
        "restore",
        "keys",
        "keys list",
        "keys show",
      })
  void everyCommandExplainsItself(String command) {
    Session.Ran ran = session.run((command + " --help").strip().split(" "));
    assertAll(
        command,
        () -> assertEquals(0, ran.exitCode(), ran.err()),
        () -> assertTrue(ran.out().startsWith(("Usage: cadastre " + command).strip()), ran.out()),
        () -> assertTrue(ran.out().contains("--debug"), ran.out()),
        () -> assertFalse(ran.out().lines().anyMatch(line -> line.length() > 100), ran.out()),
        () -> assertEquals("", ran.err()));
  }
}
