package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes on one directory: side by side, and killed in the middle. */
class ProcessesTest {
  private static final LogName LOG = AppenderProcess.LOG;

  /** The last line of a killed process may be cut off. */
  private static final Predicate<String> ACKNOWLEDGEMENT =
      Pattern.compile("acked \\S+ [0-9]+ [0-9a-f]{64}").asMatchPredicate();

  private static final int ROUNDS = 2 * Integer.getInteger("cadastre.effort", 1);

  @TempDir Path temporary;

  private Path directory;

  @BeforeEach
  void create() throws Refused {
    directory = temporary.resolve("cell");
    try (Ledger ledger = open()) {
      ledger.create(LOG);
    }
  }

  private Ledger open() throws Refused {
    TestKeys keys = new TestKeys();
    return Ledger.open(
        SqliteStores.in(directory),
        SignedHeadsFile.in(directory),
        AppenderProcess.SETTINGS,
        InstantSource.system(),
        keys,
        keys);
  }

  private static Process begin(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return process;
  }

  @Test
  void appendToOneLogTogether() throws Exception {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> outputs = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      processes.add(AppenderProcess.start(directory, name, 70));
      outputs.add(AppenderProcess.output(processes.get(processes.size() - 1)));
    }
    for (BufferedReader output : outputs) {
      assertEquals("ready", output.readLine());
    }
    for (Process process : processes) {
      begin(process);
    }
    List<CompletableFuture<List<String>>> lines =
        outputs.stream()
            .map(output -> CompletableFuture.supplyAsync(() -> output.lines().toList()))
            .toList();
    List<String> all = new ArrayList<>();
    for (CompletableFuture<List<String>> one : lines) {
      all.addAll(one.get());
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    long sent = 3 * 70 / 7 * 28;
    verify(all);
    try (Ledger ledger = open()) {
      assertTrue(Math.abs(CheckLog.check(ledger, LOG) - sent) < 60, "about " + sent + " entries");
      assertEquals(
          all.size() + 1, ledger.reader(LOG).size(), "each acknowledged once, nothing else");
    }
  }

  @Test
  void keepARecordOnceThatEachOfThemGets() throws Exception {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> outputs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(AppenderProcess.start(directory, "a", 42));
      outputs.add(AppenderProcess.output(processes.get(i)));
    }
    for (BufferedReader output : outputs) {
      assertEquals("ready", output.readLine());
    }
    for (Process process : processes) {
      begin(process);
    }
    List<CompletableFuture<List<String>>> lines =
        outputs.stream()
            .map(output -> CompletableFuture.supplyAsync(() -> output.lines().toList()))
            .toList();
    List<List<String>> all = new ArrayList<>();
    for (CompletableFuture<List<String>> one : lines) {
      all.add(one.get().stream().sorted().toList());
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    assertEquals(all.get(0), all.get(1), "every process got the same receipts");
    assertEquals(all.get(0), all.get(2));
    verify(all.get(0));
    try (Ledger ledger = open()) {
      assertEquals(all.get(0).size() + 1, CheckLog.check(ledger, LOG));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void loseNothingThatWasAcknowledgedWhenKilled(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> all = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Process process = AppenderProcess.start(directory, "r" + round, 1_000_000);
      BufferedReader output = AppenderProcess.output(process);
      assertEquals("ready", output.readLine());
      begin(process);
      int acknowledged = random.nextInt(1_000);
      for (int i = 0; i < acknowledged; i++) {
        all.add(output.readLine());
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
      output.lines().filter(ACKNOWLEDGEMENT).forEach(all::add);
      verify(all);
    }
    try (Ledger ledger = open()) {
      assertTrue(CheckLog.check(ledger, LOG) > all.size());
    }
  }

  /**
   * Every acknowledged record is in the log at its place, once; nothing is there that was not sent;
   * fsck is content.
   */
  private void verify(List<String> acknowledgements) throws Refused {
    Map<String, String> found = new HashMap<>();
    try (Ledger ledger = open()) {
      LogReader log = ledger.reader(LOG);
      log.entries(
          1,
          log.size(),
          entry ->
              found.merge(
                  id(entry.eventBytes()),
                  entry.index() + " " + entry.leafHash(),
                  (one, other) -> one + " and " + other));
      assertEquals(log.size() - 1, found.size(), "no record twice");
    }
    for (String line : acknowledgements) {
      String[] parts = line.split(" ", 3);
      assertEquals("acked", parts[0], line);
      assertEquals(parts[2], found.get(parts[1]), line);
    }
    found.keySet().forEach(id -> assertTrue(id.matches("[abcr][0-9]?-[0-9]+-[0-6]"), id));
    FsckReport report = Fsck.run(directory, SqliteStores.in(directory), Fsck.Against.NOTHING);
    assertTrue(report.clean(), () -> String.join("\n", report.lines()));
  }

  private static String id(byte[] event) {
    try {
      return ((RecordEvent) EventCodec.decode(event)).id();
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }
}
