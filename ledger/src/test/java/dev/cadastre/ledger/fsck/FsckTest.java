package dev.cadastre.ledger.fsck;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.SampleCell;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each sort of damage, made on purpose, is found where it is. */
class FsckTest {
  @TempDir static Path shared;
  @TempDir Path own;

  private Tampered cell;

  @BeforeAll
  static void write() throws Exception {
    SampleCell.write(shared.resolve("cell"));
  }

  @BeforeEach
  void copy() throws Exception {
    cell = Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
  }

  private void assertFound(String log, String table, String what) {
    FsckReport report = cell.fsck();
    assertTrue(
        report.findings().stream()
            .anyMatch(
                one ->
                    one.log().equals(log)
                        && one.table().equals(table)
                        && one.line().contains(what)),
        () -> String.join("\n", report.lines()));
  }

  @Test
  void findsNothingInASoundCell() throws Exception {
    FsckReport report = cell.fsck();
    assertEquals(List.of(), report.findings());
    assertEquals(
        List.of("anchors", "acme", "zenith"), report.logs().stream().map(LogSummary::log).toList());
    assertEquals(SampleCell.ACME_ENTRIES, report.logs().get(1).entries());
    assertTrue(report.logs().get(1).roots() >= 7, report::toString);
    assertTrue(report.clean());
    Json.Obj json = Json.parseObject(report.toJson().jcs());
    assertEquals(List.of(), json.arr("findings"));
    assertTrue(
        Fsck.run(
                cell.directory,
                SqliteStores.in(cell.directory),
                keys(SampleCell.signer()::signerFor))
            .clean());
  }

  private static Fsck.Against keys(dev.cadastre.ledger.model.CheckpointSigner signer) {
    return new Fsck.Against(Optional.of(signer), List.of(), directory -> List.of());
  }

  @Test
  void findsALogThatNamesOtherKeysThanTheCells() {
    FsckReport report =
        Fsck.run(
            cell.directory,
            SqliteStores.in(cell.directory),
            keys(origin -> new Ed25519NoteSigner(origin, new byte[32])));
    assertEquals(
        3, report.findings().stream().filter(one -> one.what().contains("cell's key")).count());
  }

  @Test
  void findsAnEntryThatWasEditedAndNamesIt() throws Exception {
    long rowid = cell.segmentOf("acme", 19);
    long first = Long.parseLong(cell.text("segment", rowid, "first_index"));
    List<byte[]> entries = cell.entries(rowid);
    byte[] edited =
        new String(entries.get(3), StandardCharsets.UTF_8)
            .replace("\"read\"", "\"reid\"")
            .getBytes(StandardCharsets.UTF_8);
    cell.replaceEntry(rowid, 3, edited);
    assertFound("acme", "segment", "entry " + (first + 4) + ": expected to follow the leaf");
    assertFound(
        "acme", "tile", "tile " + (first + 3) + ": tile 0/" + (first + 3) / 256 + " differs");
  }

  @Test
  void findsAStateOfKeysThatTheEntriesDoNotGive() throws Exception {
    SampleCell.append(cell.directory, "acme", SampleCell.emptyState());
    assertEquals(
        List.of(), cell.fsck().findings(), "nothing is known of keys, and nothing is said");
    SampleCell.append(cell.directory, "acme", SampleCell.emptyState());
    assertFound("acme", "segment", "0 keys in memory, after the state in entry 828)");
  }

  @Test
  void findsAnAnchorThatIsDatedOutOfOrderAndOlderThanWhatItCovers() throws Exception {
    SampleCell.anchorTooEarly(cell.directory);
    assertFound("anchors", "segment", "dated out of order: anchor 4 was made at ");
    assertFound("acme", "anchor_leaf", "and covers entry 827, which was received later");
    assertFound("zenith", "anchor_leaf", "which was received later");
  }

  @Test
  void findsATriggerThatIsGoneOrAltered() throws Exception {
    cell.execute("create trigger late after insert on log begin select 1; end");
    assertFound("", "ledger.db", "trigger late is foreign here");
    cell = Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
    cell.raw("drop trigger tile_update");
    assertFound("", "ledger.db", "trigger tile_update is missing");
    cell.raw("create trigger tile_update before update on tile begin select 1; end");
    assertFound("", "ledger.db", "trigger tile_update is not as the migrations made it");
  }

  @Test
  void findsThatTheTailWasCutOffBeforeACheckpoint() throws Exception {
    cell.execute(
        "delete from segment where log = 'acme' and first_index > 700",
        "delete from tile where tile_index >= 2");
    assertFound("acme", "checkpoint", "signed at size 828, the log has");
    assertFound("acme", "anchor_leaf", "signed at size 828, the log has");
  }

  @Test
  void findsAnEmptiedTable() throws Exception {
    cell.execute("delete from tile");
    assertFound("acme", "tile", "tile 0/2 is missing");
    cell = Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
    cell.execute("delete from policy");
    assertFound("acme", "policy", "expected a row with");
    cell = Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
    cell.execute("delete from anchor_leaf");
    assertFound("zenith", "anchor_leaf", "the log has no leaf in this anchor");
    cell = Tampered.copy(shared.resolve("cell"), own.resolve("cell"));
    cell.execute("delete from segment where log = 'zenith'");
    assertFound("zenith", "segment", "the log has no entries");
  }

  @Test
  void findsARowThatWasAdded() throws Exception {
    cell.execute("insert into policy values ('acme', 5, 'abc')");
    assertFound("acme", "policy", "there is no adoption in that entry");
    cell.execute(
        "insert into tile select log, level, 9, hashes from tile where tile_index = 1 and log ="
            + " 'acme'");
    assertFound("acme", "tile", "tile 0/9 lies beyond");
    cell.execute("insert into anchor values (77, '2026-03-01')");
    assertFound("anchors", "anchor", "there is no anchor in that entry");
    cell.execute("insert into log values ('ghost', 'test.example/eu-de/ghost')");
    assertFound("ghost", "segment", "the log has no entries");
  }

  @Test
  void findsASegmentThatIsMissingTwiceOrSwapped() throws Exception {
    cell.execute(
        "delete from segment where log = 'acme' and first_index = (select first_index from segment"
            + " where log = 'acme' limit 1 offset 30)");
    assertFound("acme", "segment", "expected a segment that starts at entry");
    cell.execute(
        "insert into segment (log, first_index, count, bytes) select log, first_index + 1, count,"
            + " bytes from segment where log = 'acme' and first_index > 600 and count = 19 limit"
            + " 1");
    assertFound("acme", "segment", "the rest of this log was not checked");
  }

  @Test
  void findsAHistoryThatWasWrittenAnewByItsAnchorAndItsHead() throws Exception {
    cell.rewriteAcme(400);
    FsckReport report = cell.fsck();
    assertTrue(
        report.findings().stream()
            .allMatch(
                one ->
                    List.of("anchor_leaf", "signed/heads").contains(one.table())
                        && one.log().equals("acme")),
        () -> String.join("\n", report.lines()));
    assertFound("acme", "anchor_leaf", "the entries have");
    assertFound("acme", "signed/heads", "the entries give");
  }

  @Test
  void findsHeadsThatAreMissingEmptyOrOfAnother() throws Exception {
    Path heads = cell.directory.resolve("signed").resolve("heads");
    String lines = Files.readString(heads);
    String ofAcme =
        lines.lines().filter(line -> line.contains("/acme ")).reduce((a, b) -> b).orElseThrow();
    Files.writeString(
        heads,
        lines.lines().filter(line -> !line.contains("/acme ")).collect(joining("\n")) + "\n");
    assertFound("acme", "signed/heads", "does not say what was signed of it");
    Files.writeString(heads, lines + ofAcme.replace("acme", "other") + "\n");
    assertFound("", "signed/heads", "cannot be read");
    Files.writeString(heads, "");
    assertFound("", "signed/heads", "cannot be read");
    Files.delete(heads);
    assertFound("acme", "signed/heads", "does not say what was signed of it");
  }

  @Test
  void findsAnOlderCopyByWhatWasPublishedSince() throws Exception {
    String origin = "test.example/eu-de/anchors";
    NoteSigner signer = SampleCell.signer().signerFor(origin);
    SignedNote published = SignedNote.sign(origin + "\n9\n" + Hash.ZERO.base64() + "\n", signer);
    Fsck.Against against =
        new Fsck.Against(Optional.empty(), List.of(published), directory -> List.of());
    List<FsckFinding> findings =
        Fsck.run(cell.directory, SqliteStores.in(cell.directory), against).findings();
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(
        findings.get(0).line().contains("published checkpoint 9: signed at size 9, the log has 4"),
        findings::toString);
  }

  @Test
  void reportsFilesThatAreNoDatabases() throws Exception {
    Files.writeString(cell.ledger(), "x".repeat(9_000));
    assertFound("", "ledger.db", "not a database");
    Files.delete(cell.ledger());
    assertFound("", "ledger.db", "there is no file");
    assertTrue(
        !Fsck.run(
                own.resolve("nothing"),
                SqliteStores.in(own.resolve("nothing")),
                Fsck.Against.NOTHING)
            .clean());
  }

  @Test
  void asksForTheIndex() throws Exception {
    Files.createFile(cell.directory.resolve("index.db"));
    Fsck.Against against =
        new Fsck.Against(
            Optional.empty(), List.of(), directory -> List.of("log acme, events: row 5"));
    assertEquals(
        List.of("index.db: log acme, events: row 5"),
        Fsck.run(cell.directory, SqliteStores.in(cell.directory), against).findings().stream()
            .map(FsckFinding::line)
            .toList());
  }
}
