package dev.cadastre.anchors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.TakenBack;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.tlog.InclusionProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older copy of a cell's store is put back; what was signed since stays what it is. */
class RestorerTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test", "eu");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path dir;

  /** What was signed of each log, by size, before and after. */
  private final Map<LogName, Map<Long, Hash>> signed = new HashMap<>();

  private CellKeys keys;

  @BeforeEach
  void keys() throws Exception {
    keys = CellKeys.open(dir.resolve("keys"));
  }

  private Ledger open() throws Exception {
    Ledger ledger =
        Ledger.open(
            SqliteStores.in(cell()), SignedHeadsFile.in(cell()), SETTINGS, () -> NOW, keys, keys);
    ledger.checkAll();
    return ledger;
  }

  private Path cell() {
    return dir.resolve("cell");
  }

  /** A copy, then three anchors and some entries more, then the copy put back. */
  private void goBack(LogName... bornAfterTheCopy) throws Exception {
    try (Ledger ledger = open()) {
      for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK, SHOP)) {
        if (!Arrays.asList(bornAfterTheCopy).contains(log)) {
          ledger.create(log);
        }
      }
      append(ledger, BANK, 20);
      new Anchorer(ledger, () -> NOW).anchorNow();
    }
    copy(cell(), dir.resolve("copy"));
    try (Ledger ledger = open()) {
      for (LogName log : bornAfterTheCopy) {
        ledger.create(log);
      }
      Anchorer anchorer = new Anchorer(ledger, () -> NOW);
      for (int i = 0; i < 3; i++) {
        append(ledger, BANK, 700);
        append(ledger, SHOP, 1);
        append(ledger, LogName.CELL, 2);
        anchorer.anchorNow();
      }
      note(ledger);
    }
    copy(dir.resolve("copy"), cell());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path directory : List.of(to, from)) {
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> databases =
            files.filter(file -> file.getFileName().toString().contains(".db")).toList();
        for (Path file : databases) {
          if (directory.equals(to)) {
            Files.delete(file);
          } else {
            Files.copy(file, to.resolve(file.getFileName()));
          }
        }
      }
    }
  }

  /** Every checkpoint that is kept; none of one size may have another root. */
  private void note(Ledger ledger) throws Exception {
    for (LogName log : ledger.logs()) {
      Map<Long, Hash> roots = signed.computeIfAbsent(log, name -> new TreeMap<>());
      List<Checkpoint> found = new ArrayList<>();
      found.add(ledger.reader(log).checkpoint().checkpoint());
      ledger
          .anchors()
          .upTo(log, Long.MAX_VALUE, 100)
          .forEach(one -> found.add(one.leaf().checkpoint().checkpoint()));
      for (Checkpoint one : found) {
        Hash before = roots.put(one.size(), one.root());
        assertTrue(before == null || before.equals(one.root()), log + " at " + one.size());
      }
    }
  }

  private static void append(Ledger ledger, LogName log, int count) throws Exception {
    RecordEvent event =
        RecordEvent.builder(Kind.OTHER, "cli").name("at " + ledger.reader(log).size()).build();
    List<Draft> drafts = Collections.nCopies(count, Draft.record(log, event, List.of()));
    assertInstanceOf(Appended.class, ledger.append(drafts).join());
  }

  @Test
  void logsGoOnBeyondAllThatWasSigned() throws Exception {
    goBack();
    try (Ledger ledger = open()) {
      assertEquals(Set.of(LogName.ANCHORS, LogName.CELL, BANK, SHOP), ledger.stopped().keySet());
      assertEquals(4, new Restorer(ledger, () -> NOW, "cli").accept().size());
      assertEquals(Map.of(), ledger.stopped());
      append(ledger, BANK, 3);
      append(ledger, LogName.CELL, 3);
      Anchorer.Made made = new Anchorer(ledger, () -> NOW).anchorNow();
      assertEquals(3, made.logs());
      assertFalse(made.event().incomplete());
      note(ledger);
    }
    try (Ledger ledger = open()) {
      assertEquals(Map.of(), ledger.stopped());
      note(ledger);
    }
  }

  @Test
  void aLogThatTheCopyLacksIsBornAgainAndFilled() throws Exception {
    goBack(SHOP);
    try (Ledger ledger = open()) {
      new Restorer(ledger, () -> NOW, "cli").accept();
      assertEquals(Map.of(), ledger.stopped());
      new Anchorer(ledger, () -> NOW).anchorNow();
      note(ledger);
    }
  }

  @Test
  void thePublicLogSaysItAndNamesNobody() throws Exception {
    goBack();
    try (Ledger ledger = open()) {
      List<TakenBack> takenBack = new Restorer(ledger, () -> NOW, "cli").accept();
      LogReader anchors = ledger.reader(LogName.ANCHORS);
      byte[] entry = anchors.entry(2).bytes();
      String text = new String(entry, StandardCharsets.UTF_8);
      assertFalse(text.contains("bank") || text.contains("shop"), text);
      AnchorEvent said =
          assertInstanceOf(AnchorEvent.class, EventCodec.decode(anchors.entry(2).eventBytes()));
      assertTrue(said.incomplete());
      assertEquals(16, said.takenBack().orElseThrow().leaves(), "few logs look like sixteen");
      Map<LogName, Map<String, String>> acts = acts(ledger);
      for (TakenBack one : takenBack) {
        verify(one, acts.getOrDefault(one.log(), Map.of()), said);
      }
    }
  }

  /** What the cell's log says of a log leads to what the public log says. */
  private static void verify(TakenBack one, Map<String, String> act, AnchorEvent said)
      throws Exception {
    String origin = SETTINGS.origin(one.log());
    assertEquals(one.signed().size(), Long.parseLong(act.get("signed.size")));
    String text =
        new Checkpoint(origin, one.signed().size(), Hash.ofHex(act.get("signed.root"))).text()
            + new Checkpoint(origin, one.size(), Hash.ofHex(act.get("root"))).text();
    List<Hash> path = new ArrayList<>();
    for (String hash : act.get("path").split(" ", -1)) {
      path.add(Hash.ofHex(hash));
    }
    Hash salt = Hash.ofHex(act.get("salt"));
    assertEquals(one.log().equals(LogName.ANCHORS), salt.equals(Hash.ZERO));
    new InclusionProof(Long.parseLong(act.get("position")), said.takenBack().get().leaves(), path)
        .verify(new BlindedLeaf(salt, text).hash(), said.takenBack().get().root());
  }

  private static Map<LogName, Map<String, String>> acts(Ledger ledger) throws Exception {
    Map<LogName, Map<String, String>> acts = new HashMap<>();
    LogReader cell = ledger.reader(LogName.CELL);
    cell.entries(
        1,
        cell.size(),
        entry -> {
          RecordEvent event = read(entry.eventBytes());
          if (event.kind() == Kind.OPERATOR_ACT) {
            acts.put(new LogName(text(event, "audit.target.id")), details(event));
          }
        });
    return acts;
  }

  private static RecordEvent read(byte[] event) {
    try {
      return (RecordEvent) EventCodec.decode(event);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String text(RecordEvent event, String name) {
    return event.attributes().string(name).orElse("");
  }

  private static Map<String, String> details(RecordEvent event) {
    return Stream.of("signed.size", "signed.root", "size", "root", "salt", "position", "path")
        .collect(Collectors.toMap(name -> name, name -> text(event, "ledger.operator." + name)));
  }

  @Test
  void whatWasInterruptedIsDoneAgain() throws Exception {
    goBack();
    try (Ledger ledger = open()) {
      ledger.acceptTakenBack(ledger.takenBack());
    }
    try (Ledger ledger = open()) {
      assertNotEquals(Map.of(), ledger.stopped());
      new Restorer(ledger, () -> NOW, "cli").accept();
      new Anchorer(ledger, () -> NOW).anchorNow();
      assertEquals(Map.of(), ledger.stopped());
      note(ledger);
    }
  }
}
