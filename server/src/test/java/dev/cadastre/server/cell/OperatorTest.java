package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTest {
  private static final LogName ACME = new LogName("acme");

  @TempDir private Path data;
  private Cell cell;
  private Operator operator;

  @BeforeEach
  void open() throws Exception {
    CellIdentity identity =
        CellIdentity.settle(data, Optional.of("ledger.test"), Optional.of("eu"));
    cell = Cell.open(data, identity, () -> Instant.parse("2026-03-01T12:00:00Z"));
    operator = cell.operator("cli");
  }

  @AfterEach
  void close() {
    cell.close();
  }

  private static PolicyYaml policy() throws IOException, Refused {
    Path file =
        Path.of(System.getProperty("cadastre.root"), "portal/src/test/resources/policy.yaml");
    return PolicyYaml.parse("policy.yaml", Files.readAllBytes(file));
  }

  /** What the cell's own log says was done, as {@code sender: action target}. */
  private List<String> acts() throws Refused {
    List<Entry> entries = new ArrayList<>();
    cell.ledger()
        .reader(LogName.CELL)
        .entries(1, cell.ledger().reader(LogName.CELL).size(), entries::add);
    List<String> acts = new ArrayList<>();
    for (Entry entry : entries) {
      RecordEvent act = (RecordEvent) EventCodec.decode(entry.eventBytes());
      assertEquals("operator.act", act.kindWire());
      acts.add(
          act.sender()
              + ": "
              + act.attributes().string(Names.AUDIT_ACTION).orElseThrow()
              + " "
              + act.attributes().string(Names.AUDIT_TARGET_ID).orElseThrow());
    }
    return acts;
  }

  @Test
  void eachActIsAnEntryInTheCellsOwnLog() throws Exception {
    operator.addTenant(ACME, policy());
    operator.adoptPolicy(ACME, policy(), "cli");
    String token =
        operator.issueToken(
            Role.VIEWER, Optional.of(ACME), "a visitor", Optional.of(Duration.ofDays(1)));
    String id = cell.tokens().verify(token).orElseThrow().tokenId();
    operator.revokeToken(id);
    operator.anchor();
    assertEquals(
        List.of(
            "cli: tenant.add acme",
            "cli: policy.set acme",
            "cli: token.issue token/" + id,
            "cli: token.revoke token/" + id,
            "cli: anchor anchors"),
        acts());
    assertTrue(cell.tokens().verify(token).isEmpty());
  }

  @Test
  void aTokenIsNotInTheLogThatSaysItWasIssued() throws Exception {
    operator.addTenant(ACME, policy());
    String token = operator.issueToken(Role.INGEST, Optional.of(ACME), "", Optional.empty());
    // Not by the last underscore: base64url has that letter too.
    String secret = token.substring("cad_ingest_".length());
    assertEquals(43, secret.length());
    for (long i = 0; i < cell.ledger().reader(LogName.CELL).size(); i++) {
      byte[] bytes = cell.ledger().reader(LogName.CELL).entry(i).bytes();
      assertFalse(new String(bytes, StandardCharsets.UTF_8).contains(secret));
    }
  }

  @Test
  void aTenantIsAddedOnce() throws Exception {
    assertEquals(1, operator.addTenant(ACME, policy()));
    Refused refused = assertThrows(Refused.class, () -> operator.addTenant(ACME, policy()));
    assertEquals(
        "tenant acme exists already; change its policy with: policy set acme",
        refused.getMessage());
  }

  @Test
  void provisioningThatWasInterruptedIsCompleted() throws Exception {
    cell.ledger().create(ACME);
    assertEquals(1, operator.addTenant(ACME, policy()));
    assertEquals(1, cell.ledger().policy(ACME).orElseThrow().index());
  }

  @Test
  void aPolicyChangeSaysWhoMadeItAndWhatChangedAndNoVerdictChangesWithIt() throws Exception {
    operator.addTenant(ACME, allowing("DE"));
    Entry first = read("DE", "FR");
    long adopted = operator.adoptPolicy(ACME, allowing("DE, FR"), "Maria, data protection officer");
    Entry second = read("DE", "FR");
    LogReader log = cell.ledger().reader(ACME);
    PolicyAdoption adoption = PolicyHistory.adoption(log, adopted);
    assertEquals("Maria, data protection officer", adoption.author());
    assertEquals(List.of("*.default: allow + FR"), PolicyHistory.changes(log, adoption));
    assertArrayEquals(first.bytes(), log.entry(first.index()).bytes());
    assertEquals(List.of("violation", "1"), verdict(first));
    assertEquals(List.of("compliant", Long.toString(adopted)), verdict(second));
  }

  private static PolicyYaml allowing(String places) throws Refused {
    String yaml =
        "version: 1\ntenant: acme\ncategories: {'*': {default: {allow: [" + places + "]}}}\n";
    return PolicyYaml.parse("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a data access as ingest would, judged by the policy in force. */
  private Entry read(String processing, String storage) throws Refused {
    AdoptedPolicy policy = cell.ledger().policy(ACME).orElseThrow();
    RecordEvent event =
        RecordEvent.builder(Kind.DATA_ACCESS, "token/00000001")
            .locations(
                Map.of(
                    Hop.PROCESSING, new Location(processing, Assurance.CLAIMED),
                    Hop.STORAGE, new Location(storage, Assurance.CLAIMED)))
            .build();
    RecordEvent judged =
        event.withVerdict(
            Judge.judge(event, policy.policy(), policy.registry(), policy.index(), 0));
    AppendResult result =
        cell.ledger().append(List.of(Draft.record(ACME, judged, List.of()))).join();
    long index = ((AppendResult.Appended) result).receipts().get(0).index();
    return cell.ledger().reader(ACME).entry(index);
  }

  private static List<String> verdict(Entry entry) throws Refused {
    Verdict verdict = ((RecordEvent) EventCodec.decode(entry.eventBytes())).verdict().orElseThrow();
    return List.of(verdict.outcome().wire(), Long.toString(verdict.policy()));
  }

  @Test
  void theCellsOwnLogsAreNoTenants() {
    assertEquals(List.of(), cell.tenants());
    for (LogName own : List.of(LogName.CELL, LogName.ANCHORS, ACME)) {
      Refused refused =
          assertThrows(Refused.class, () -> operator.adoptPolicy(own, policy(), "cli"));
      assertEquals("there is no tenant " + own + "; there are none yet", refused.getMessage());
    }
  }
}
