package dev.cadastre.proof.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.pack.TestPacks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier as people and scripts call it. */
class VerifyCommandTest {
  @TempDir private Path folder;
  private Path pack;
  private Path trust;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void writePack() throws Exception {
    pack = Files.write(folder.resolve("pack.zip"), TestPacks.good());
    trust = Files.write(folder.resolve("policy.txt"), TestPacks.trustPolicy());
  }

  private static Result run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
    int code =
        VerifyCommand.run(
            words,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void goodPackIsVerified() {
    Result result = run(pack);
    assertEquals(0, result.code(), result.out());
    assertTrue(
        result
            .out()
            .endsWith(
                "\n"
                    + "verified as consistent; keys not checked against anything you trust: see"
                    + " Trust\n"),
        result.out());
    assertTrue(result.out().contains("compare these SHA-256 fingerprints"), result.out());
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 110), result.out());
    assertEquals("", result.err());
  }

  @Test
  void aFilesNameDoesNotDriveTheTerminal() throws Exception {
    Path odd = Files.copy(pack, folder.resolve("a\u001b[2Jb.zip"));
    assertTrue(run(odd).out().startsWith("Evidence pack a\ufffd[2Jb.zip\n"), run(odd).out());
    Result missing = run(folder.resolve("c\u001b[2J.zip"));
    assertEquals(2, missing.code());
    assertTrue(missing.err().endsWith("c\ufffd[2J.zip\n"), missing.err());
  }

  @Test
  void tooLittleMemoryIsNoWordOnThePack() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream full =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    String[] words = {pack.toString(), "--json"};
    int code = VerifyCommand.run(words, full, new PrintStream(err, true, StandardCharsets.UTF_8));
    String said = err.toString(StandardCharsets.UTF_8);
    assertEquals(2, code);
    assertTrue(said.contains("too little memory"), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void theReportNamesThePackAndEveryCheckWithItsMeaning() {
    String out = run(pack).out();
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(0).matches("Evidence pack \\S+\\.zip"), out);
    assertEquals("example.com/eu-de/bank, entries 6 to 11", lines.get(1));
    assertEquals("", lines.get(2));
    assertEquals("", lines.get(lines.size() - 2));
    assertTrue(lines.get(3).matches("  ok       Archive        \\S.*"), out);
    String start = "  (ok     |skipped|note   )  \\S.{14}\\S.*";
    assertEquals(18, lines.stream().filter(line -> line.matches(start)).count(), out);
    String meaning = "nothing in it climbs out, links elsewhere, hides or explodes.";
    assertTrue(out.replaceAll("\\s+", " ").contains(meaning), out);
    String more = "\n" + " ".repeat(26);
    assertTrue(out.contains("links elsewhere, hides or" + more + "explodes.\n"), out);
    assertTrue(out.contains("anchors log." + more + "Whose keys they are"), out);
  }

  @Test
  void goodPackIsVerifiedUnderItsTrustPolicy() {
    Result result = run(pack, "--trust", trust);
    assertEquals(0, result.code(), result.out());
    assertTrue(result.out().contains("the trust policy lists every key"), result.out());
    assertTrue(result.out().endsWith("\nverified\n"), result.out());
    assertEquals(0, run("--trust=" + trust, pack).code());
  }

  @Test
  void tamperedPackIsRefusedWithTheEntryNamed() throws Exception {
    Files.write(pack, TestPacks.editedEntry());
    Result result = run(pack);
    assertEquals(1, result.code(), result.out());
    String last = result.out().lines().reduce((one, other) -> other).orElseThrow();
    assertEquals(
        "refused: Entries: entry 8 was changed: its bytes are not those that were anchored", last);
  }

  @Test
  void jsonIsOneObject() throws Exception {
    Json.Obj verified =
        Json.parseObject(run(pack, "--json").out().strip().getBytes(StandardCharsets.UTF_8));
    assertEquals("verified", verified.str("result"));
    assertEquals(18, verified.arr("checks").size());
    Files.write(pack, TestPacks.editedEntry());
    Json.Obj refused =
        Json.parseObject(run("--json", pack).out().strip().getBytes(StandardCharsets.UTF_8));
    assertEquals("refused", refused.str("result"));
    assertEquals(8, refused.integer("firstWrongEntry"));
  }

  @Test
  void trustThatIsRequiredIsTold() throws Exception {
    Result untrusted = run(pack, "--require-trust");
    assertEquals(3, untrusted.code());
    assertTrue(
        untrusted
            .out()
            .endsWith(
                "\n"
                    + "not verified: consistent, but keys not checked against anything you trust:"
                    + " see Trust\n"),
        untrusted.out());
    assertEquals(0, run(pack, "--require-trust", "--trust", trust).code());
    Json.Obj json = json(run(pack, "--require-trust", "--json"));
    assertEquals("untrusted", json.str("result"));
    assertTrue(json.str("verdict").startsWith("not verified"), json.toString());
    Files.write(pack, TestPacks.editedEntry());
    assertEquals(1, run(pack, "--require-trust").code());
  }

  private static Json.Obj json(Result result) throws Exception {
    return Json.parseObject(result.out().strip().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatNoCheckSpeaksOfIsListed() throws Exception {
    String out = run(pack).out();
    assertTrue(out.contains("\n  not checked\n"), out);
    assertTrue(out.contains("- whose keys these are\n"), out);
    assertFalse(run(pack, "--trust", trust).out().contains("whose keys"), out);
    Json.Obj json = json(run(pack, "--json"));
    assertEquals("whose keys these are", json.strings("notChecked").get(0));
    assertEquals("verified", json.str("result"));
    assertTrue(json.str("verdict").contains("keys not checked"), json.toString());
  }

  @Test
  void severalPacksAreVerifiedAsOne() throws Exception {
    Path set = Files.createDirectory(folder.resolve("set"));
    List<byte[]> packs = TestPacks.set();
    for (int i = 0; i < packs.size(); i++) {
      Files.write(set.resolve("p" + i + ".zip"), packs.get(i));
    }
    for (Object[] named :
        new Object[][] {
          {set}, {set.resolve("p1.zip"), set.resolve("p0.zip")}, {set, "--trust", trust}
        }) {
      Result result = run(named);
      assertEquals(0, result.code(), result.out());
      assertTrue(result.out().contains("  ok       Joints         entries 0 to 11"), result.out());
    }
    Json.Obj json = json(run(set, "--json"));
    assertEquals(2, json.objects("packs").size());
    assertEquals(0, json.integer("from"));
    assertEquals(12, json.integer("to"));
    Result twice = run(set, set.resolve("p1.zip"));
    assertEquals(1, twice.code(), twice.out());
    Files.delete(set.resolve("p0.zip"));
    Result alone = run(set);
    assertEquals(0, alone.code(), alone.out());
    assertTrue(alone.out().contains("part 2 of 2"), alone.out());
  }

  @Test
  void somethingElseThanAPackIsRefused() throws Exception {
    for (String text : List.of("", "hello", "PK\5\6" + "\0".repeat(18))) {
      Files.writeString(pack, text);
      Result result = run(pack);
      assertEquals(1, result.code(), result.out());
      assertTrue(result.out().contains("\nrefused: "), result.out());
    }
  }

  @Test
  void misuseIsOneLineAndUsage() {
    for (Object[] args :
        new Object[][] {
          {},
          {"--trust"},
          {pack, "--bogus"},
          {pack, "--trust", trust, "--trust", trust},
          {""},
          {"--json"}
        }) {
      Result result = run(args);
      assertEquals(2, result.code(), result.err());
      assertEquals(2, result.err().lines().count(), result.err());
      assertEquals("", result.out());
    }
  }

  @Test
  void unreadableFilesAreNamed() throws Exception {
    Files.writeString(folder.resolve("bad.txt"), "quorum nobody\n");
    Path emptyFolder = Files.createDirectory(folder.resolve("empty"));
    for (Object[] args :
        new Object[][] {
          {folder.resolve("missing.zip")},
          {emptyFolder},
          {pack, "--trust", folder.resolve("missing.txt")},
          {pack, "--trust", folder.resolve("bad.txt")}
        }) {
      Result result = run(args);
      assertEquals(2, result.code(), result.out());
      assertEquals(1, result.err().lines().count(), result.err());
      assertFalse(result.err().contains("Exception"), result.err());
    }
  }

  @Test
  void helpExplains() {
    assertEquals(0, run("--help").code());
    assertTrue(run("-h").out().contains("--trust POLICY"));
  }
}
