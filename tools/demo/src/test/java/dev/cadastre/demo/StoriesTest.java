package dev.cadastre.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellServer;
import dev.cadastre.server.cell.ServeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each customer's story, told to a real cell: its log holds what docs/demo.md says it does, in the
 * entries that the page names. With {@code -Dcadastre.rewrite=true} its tables are made anew.
 */
final class StoriesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("cadastre.root", "../.."), "docs", "demo.md");

  /** At noon, so that no day ends under way. */
  private static final InstantSource CLOCK = noon();

  @TempDir static Path directory;

  /** What was told, by tenant. */
  private static final Map<String, Told> TOLD = new TreeMap<>();

  private record Told(Story story, List<Entry> entries) {
    List<RecordEvent> records() throws Refused {
      List<RecordEvent> records = new ArrayList<>();
      for (Entry entry : entries) {
        if (EventCodec.decode(entry.eventBytes()) instanceof RecordEvent record
            && record.kind().fromSenders()) {
          records.add(record);
        }
      }
      return records;
    }
  }

  private static InstantSource noon() {
    Instant now = InstantSource.system().instant();
    Instant noon = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
    return InstantSource.offset(InstantSource.system(), Duration.between(now, noon));
  }

  @BeforeAll
  static void tell() throws IOException, Refused, InterruptedException {
    for (String id : Vendor.ids()) {
      Vendor vendor = Vendor.read(id);
      Path data = directory.resolve(id);
      PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
      ServeSettings ports =
          ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0);
      CellIdentity identity =
          CellIdentity.settle(data, Optional.of(vendor.ledger()), Optional.of(vendor.cell()));
      try (Cell cell = Cell.open(data, identity, CLOCK);
          CellServer server = CellServer.start(cell, ports);
          Demo demo = Demo.start(cell, vendor, server.endpoints(), out, out)) {
        assertEquals(demo.tally().sentSoFar(), demo.tally().acknowledgedSoFar());
        for (Story story : vendor.customers()) {
          TOLD.put(story.tenant(), new Told(story, entries(cell, story.tenant())));
        }
      }
    }
  }

  private static List<Entry> entries(Cell cell, String tenant) throws Refused {
    List<Entry> entries = new ArrayList<>();
    LogReader log = cell.ledger().reader(new LogName(tenant));
    log.entries(0, log.size(), entries::add);
    return entries;
  }

  private static long count(List<RecordEvent> records, Outcome outcome) {
    return records.stream()
        .flatMap(record -> record.verdict().stream())
        .filter(verdict -> verdict.outcome() == outcome)
        .count();
  }

  @Test
  void everyStoryIsMostlyCompliantAndHasSomeOfEachOtherOutcome() throws Exception {
    for (Told told : TOLD.values()) {
      List<RecordEvent> records = told.records();
      String tenant = told.story().tenant();
      assertTrue(count(records, Outcome.COMPLIANT) > records.size() * 8L / 10, tenant);
      for (Outcome outcome : Outcome.values()) {
        assertTrue(count(records, outcome) >= 1, tenant + " " + outcome);
      }
      assertTrue(records.stream().allMatch(record -> record.problem().isEmpty()), tenant);
    }
  }

  @Test
  void noServiceSendsWhatIsOfNoKind() throws Exception {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Told told : TOLD.values()) {
      told.records().forEach(record -> kinds.add(record.kind()));
    }
    assertFalse(kinds.contains(Kind.OTHER));
    assertTrue(kinds.size() >= 15, kinds.toString());
  }

  @Test
  void noMessageAndNoPersonsNameStandsInALog() throws Exception {
    for (Told told : TOLD.values()) {
      for (RecordEvent record : told.records()) {
        String text = new String(EventCodec.encode(record), StandardCharsets.UTF_8);
        assertFalse(text.contains("\"content\""), text);
        assertFalse(text.contains("@" + told.story().tenant()), text);
      }
    }
  }

  @Test
  void thePageNamesTheEntriesThatTellIt() throws Exception {
    String page = Files.readString(PAGE);
    String made = page;
    Set<String> missing = new TreeSet<>(TOLD.keySet());
    for (Told told : TOLD.values()) {
      String begin = "<!-- entries of " + told.story().tenant() + " -->\n";
      int from = made.indexOf(begin);
      int to = made.indexOf("\n<!-- end -->", Math.max(from, 0));
      if (from >= 0 && to >= 0) {
        made = made.substring(0, from + begin.length()) + table(told) + made.substring(to);
        missing.remove(told.story().tenant());
      }
    }
    if (Boolean.getBoolean("cadastre.rewrite")) {
      Files.writeString(PAGE, made);
      return;
    }
    assertEquals(Set.of(), missing, "customers of whom the page does not tell");
    assertEquals(made, page, "run StoriesTest with -Dcadastre.rewrite=true");
  }

  private static String table(Told told) throws Refused {
    StringBuilder table = new StringBuilder("\n| entry | event | says | |\n|---|---|---|---|\n");
    Map<Long, List<Alert>> alerts = alerts(told);
    for (Scene scene : told.story().scenes()) {
      List<Entry> entries = of(scene, told);
      assertEquals(scene.act().events().size(), entries.size(), scene.toString());
      if (scene.tells().isEmpty()) {
        continue;
      }
      String tells = scene.tells();
      for (Entry entry : entries) {
        RecordEvent record = (RecordEvent) EventCodec.decode(entry.eventBytes());
        List<String> says = says(record, alerts.getOrDefault(entry.index(), List.of()));
        table
            .append("| " + entry.index() + " | `" + record.name() + "` | ")
            .append(String.join(", ", says) + " | " + tells + " |\n");
        tells = "";
      }
    }
    return table.toString();
  }

  /** The verdict with what only the order of entries shows, then what was noticed. */
  private static List<String> says(RecordEvent record, List<Alert> alerts) {
    Set<String> broken = new TreeSet<>();
    alerts.forEach(alert -> alert.kind().rule().ifPresent(broken::add));
    List<String> says = new ArrayList<>();
    record.verdict().ifPresent(verdict -> says.add(inShort(verdict, broken)));
    alerts.stream()
        .map(alert -> "`" + alert.kind().wire() + "`")
        .sorted()
        .distinct()
        .forEach(says::add);
    return says;
  }

  /**
   * @param broken what the order of entries shows to be broken
   */
  private static String inShort(Verdict verdict, Set<String> broken) {
    Outcome outcome = broken.isEmpty() ? verdict.outcome() : Outcome.VIOLATION;
    Set<String> rules = new TreeSet<>();
    broken.forEach(rule -> rules.add("`" + rule + "`"));
    for (Finding finding : verdict.findings()) {
      if (finding.outcome() == outcome && outcome != Outcome.COMPLIANT) {
        rules.add("`" + finding.rule() + "`");
      }
    }
    return rules.isEmpty()
        ? outcome.wire()
        : "**" + outcome.wire() + "** " + String.join(" ", rules);
  }

  private static List<Entry> of(Scene scene, Told told) throws Refused {
    Instant today =
        CLOCK.instant().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    long ns = today.minus(scene.ago()).getEpochSecond() * 1_000_000_000;
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : told.entries()) {
      Event event = EventCodec.decode(entry.eventBytes());
      if (event instanceof RecordEvent record && record.time() == ns) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static Map<Long, List<Alert>> alerts(Told told) throws Refused {
    Map<Long, List<Alert>> alerts = new TreeMap<>();
    Detectors detectors = new Detectors(Registry.standard());
    for (Entry entry : told.entries()) {
      Event event = EventCodec.decode(entry.eventBytes());
      for (Alert alert : detectors.add(entry.index(), entry.received(), event)) {
        alerts.computeIfAbsent(alert.index(), index -> new ArrayList<>()).add(alert);
      }
    }
    return alerts;
  }
}
