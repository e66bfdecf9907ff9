package dev.cadastre.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Token;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a whole: real exporters, real ports, a real cell on disk. */
final class DemoTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final ServeSettings FREE_PORTS =
      ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0);

  /** The one with the fewest events; StoriesTest tells of all. */
  private static final String VENDOR = "lumen";

  @TempDir static Path data;
  private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();

  private interface Look {
    void at(Demo demo, Cell cell) throws IOException, Refused, InterruptedException;
  }

  private static void run(Look look) throws IOException, Refused, InterruptedException {
    PrintStream out = new PrintStream(SAID, true, StandardCharsets.UTF_8);
    Vendor vendor = Vendor.read(VENDOR);
    CellIdentity identity =
        CellIdentity.settle(data, Optional.of(vendor.ledger()), Optional.of(vendor.cell()));
    try (Cell cell = Cell.open(data, identity, CLOCK);
        CellServer server = CellServer.start(cell, FREE_PORTS);
        Demo demo = Demo.start(cell, vendor, server.endpoints(), out, out)) {
      look.at(demo, cell);
    }
  }

  @BeforeAll
  static void provision() throws IOException, Refused, InterruptedException {
    run(
        (demo, cell) -> {
          long arrived = 0;
          for (Story customer : Vendor.read(VENDOR).customers()) {
            arrived += records(cell, customer.tenant());
          }
          assertEquals(demo.tally().sentSoFar(), demo.tally().acknowledgedSoFar(), DemoTest::said);
          assertEquals(demo.tally().acknowledgedSoFar(), arrived, DemoTest::said);
        });
  }

  private static long records(Cell cell, String tenant) throws Refused {
    List<RecordEvent> records = new ArrayList<>();
    LogReader log = cell.ledger().reader(new LogName(tenant));
    List<Entry> entries = new ArrayList<>();
    log.entries(0, log.size(), entries::add);
    for (Entry entry : entries) {
      if (EventCodec.decode(entry.eventBytes()) instanceof RecordEvent record
          && record.kind().fromSenders()) {
        records.add(record);
      }
    }
    return records.size();
  }

  @Test
  void demoJsonIsPrivateAndItsTokensOpenWhatTheySay() throws Exception {
    run(
        (demo, cell) -> {
          Path file = data.resolve("demo.json");
          assertEquals(
              PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
          Json.Obj json = Json.parseObject(Files.readAllBytes(file));
          for (Json.Obj tenant : json.objects("tenants")) {
            LogName log = new LogName(tenant.str("id"));
            assertTrue(principal(cell, tenant.str("ingestToken")).may(Permission.SEND, log));
            assertTrue(principal(cell, tenant.str("viewerToken")).may(Permission.READ_EVENTS, log));
            assertTrue(
                principal(cell, tenant.str("auditorToken")).may(Permission.READ_PRIVATE, log));
            assertEquals(
                json.str("portal") + "/sign-in?token=" + tenant.str("viewerToken"),
                tenant.str("signIn"));
          }
          assertTrue(principal(cell, json.str("operatorToken")).mayInCell(Permission.ADMINISTER));
          assertTrue(cell.newestAnchor().isPresent());
        });
  }

  private static Principal principal(Cell cell, String token) {
    return cell.tokens().verify(token).orElseThrow();
  }

  @Test
  void startedAgainItSendsNothingAnewAndKeepsItsTokens() throws Exception {
    byte[] before = Files.readAllBytes(data.resolve("demo.json"));
    run(
        (demo, cell) -> {
          assertEquals(0, demo.tally().sentSoFar());
          assertEquals(
              Json.parseObject(before).str("operatorToken"),
              Json.parseObject(Files.readAllBytes(data.resolve("demo.json"))).str("operatorToken"));
        });
  }

  @Test
  void trafficGoesOnUntilItsTimeIsOverAndIsAllAcknowledged() throws Exception {
    run(
        (demo, cell) -> {
          new Traffic(demo, 200).run(new CountDownLatch(1), Optional.of(Duration.ofSeconds(1)));
          for (Tenant tenant : demo.tenants()) {
            tenant.flush();
          }
          long sent = demo.tally().sentSoFar();
          assertTrue(sent > 50, "sent " + sent);
          assertEquals(sent, demo.tally().acknowledgedSoFar(), DemoTest::said);
        });
  }

  @Test
  void recordsThatAreNotAcceptedAreSaidAtOnce() throws Exception {
    run(
        (demo, cell) -> {
          demo.tenants();
          for (Token token : cell.tokens().list()) {
            cell.tokens().revoke(token.principal().tokenId());
          }
          new Traffic(demo, 200).run(new CountDownLatch(1), Optional.of(Duration.ofSeconds(1)));
          for (Tenant tenant : demo.tenants()) {
            tenant.flush();
          }
          assertEquals(0, demo.tally().acknowledgedSoFar());
          assertEquals(demo.tally().sentSoFar(), demo.tally().failedSoFar(), DemoTest::said);
          assertTrue(said().contains("were not accepted"));
        });
  }

  /** What the demo printed. */
  private static String said() {
    return SAID.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aDirectoryOfOneVendorIsNotTakenForAnother() throws Exception {
    Vendor other = Vendor.read(Vendor.FIRST);
    Refused refused =
        assertThrows(
            Refused.class,
            () ->
                CellIdentity.settle(data, Optional.of(other.ledger()), Optional.of(other.cell())));
    assertTrue(String.valueOf(refused.getMessage()).contains("lumen.example"));
    assertEquals(Optional.of("paybridge"), Vendor.ofLedger("paybridge.example"));
    assertTrue(
        assertThrows(Refused.class, () -> Vendor.read("nobody")).getMessage().contains("lumen"));
  }
}
