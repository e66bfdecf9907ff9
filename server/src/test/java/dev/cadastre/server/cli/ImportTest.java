package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellServer;
import dev.cadastre.server.cell.ServeSettings;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("cadastre.root"), "examples", "foreign");
  private static final LogName BANK = new LogName("bank");

  private final Session session = new Session(InstantSource.system());

  @TempDir private Path directory;
  private String data = "";

  @BeforeEach
  void cell() throws Exception {
    Path cell = directory.resolve("data");
    data = cell.toString();
    CellIdentity identity = CellIdentity.settle(cell, Optional.empty(), Optional.empty());
    Cell.open(cell, identity, InstantSource.system()).close();
    Session.Ran ran =
        session.run(
            "tenant", "add", "bank", "--policy", Session.policy().toString(), "--data", data);
    assertEquals(0, ran.exitCode(), ran.err());
  }

  private Session.Ran run(String... more) {
    List<String> args = new ArrayList<>(List.of("import", "--tenant", "bank", "--data", data));
    args.addAll(List.of(more));
    return session.run(args.toArray(String[]::new));
  }

  private List<RecordEvent> records() throws Exception {
    return records(BANK);
  }

  private List<RecordEvent> records(LogName of) throws Exception {
    List<RecordEvent> records = new ArrayList<>();
    Path cell = Path.of(data);
    try (Cell open = Cell.open(cell, CellIdentity.of(cell).orElseThrow(), InstantSource.system())) {
      LogReader log = open.ledger().reader(of);
      for (long i = 0; i < log.size(); i++) {
        if (EventCodec.decode(log.entry(i).eventBytes()) instanceof RecordEvent record) {
          records.add(record);
        }
      }
    }
    return records;
  }

  @Test
  void everyExampleIsTaken() throws Exception {
    List<String> files = new ArrayList<>();
    for (String name :
        List.of(
            "cloudtrail.json",
            "gcp.ndjson",
            "azure-keyvault.json",
            "vault.ndjson",
            "opa.json",
            "kubernetes.json",
            "falco.ndjson",
            "ocsf.ndjson",
            "cloudtrail-transfers.json",
            "azure-activity.json",
            "entra-sign-in.json",
            "okta.ndjson",
            "in-toto.ndjson",
            "sarif.json",
            "checkov.json",
            "openlineage.ndjson",
            "envoy.ndjson",
            "s3-access.log",
            "vpc-flow.log")) {
      files.add(EXAMPLES.resolve(name).toString());
    }
    Session.Ran ran = run(files.toArray(String[]::new));
    assertEquals("99 taken, 0 repeats, 0 not understood and kept as other\n", ran.out(), ran.err());
    assertEquals(0, ran.exitCode());
    assertEquals("", ran.err());
    List<RecordEvent> records = records();
    assertEquals(99, records.size());
    RecordEvent first = records.get(0);
    assertEquals(Kind.KEY_USE, first.kind());
    assertTrue(first.verdict().isPresent(), "judged like everything else");
    assertEquals("cli", first.sender());
  }

  @Test
  void importingTwiceAddsNothing() throws Exception {
    Path unzipped = EXAMPLES.resolve("cloudtrail.json");
    Path zipped = directory.resolve("cloudtrail.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(unzipped, out);
    }
    assertEquals(
        "10 taken, 0 repeats, 0 not understood and kept as other\n",
        run(unzipped.toString()).out());
    assertEquals(
        "0 taken, 10 repeats, 0 not understood and kept as other\n",
        run("--format", "cloudtrail", zipped.toString()).out());
    assertEquals(10, records().size());
  }

  @Test
  void aBrokenRecordIsKeptAndNamed() throws Exception {
    String good = Files.readAllLines(EXAMPLES.resolve("vault.ndjson")).get(1);
    byte[] piped =
        (good + "\n{\"secret\":\"anna\n" + good.replace("000001", "000002") + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Session.Ran ran =
        session.runWith(
            piped, "import", "--tenant", "bank", "--data", data, "--format", "vault", "-");
    assertEquals("3 taken, 0 repeats, 1 not understood and kept as other\n", ran.out());
    assertEquals(
        "cadastre: - line 2: kept as other: the record breaks off in a string\n", ran.err());
    assertEquals(0, ran.exitCode());
    RecordEvent broken = records().get(1);
    assertEquals(Kind.OTHER, broken.kind());
    assertEquals("the record breaks off in a string", broken.problem());
    assertEquals(
        List.of(),
        List.copyOf(broken.attributes().asMap().keySet()),
        "private until someone looks");
  }

  /** From another cloud's records to a pack that verifies, and what it attests of them. */
  @Test
  void whatLeavesARegionIsAViolationInAVerifiedPack() throws Exception {
    Session.Ran added =
        session.run(
            "tenant", "add", "acme", "--policy", Session.policy().toString(), "--data", data);
    assertEquals(0, added.exitCode(), added.err());
    String file = EXAMPLES.resolve("cloudtrail-transfers.json").toString();
    Session.Ran taken = session.run("import", "--tenant", "acme", "--data", data, file);
    assertEquals(0, taken.exitCode(), taken.err());
    assertEquals(0, session.run("anchor", "--data", data).exitCode());
    String pack = directory.resolve("pack.zip").toString();
    Session.Ran packed = session.run("pack", "--tenant", "acme", "--out", pack, "--data", data);
    assertEquals(0, packed.exitCode(), packed.err());
    Session.Ran verified = session.run("verify", pack);
    assertEquals(0, verified.exitCode(), verified.out() + verified.err());
    List<String> violations =
        records(new LogName("acme")).stream()
            .filter(one -> one.verdict().filter(v -> v.outcome() == Outcome.VIOLATION).isPresent())
            .map(RecordEvent::name)
            .toList();
    assertEquals(
        List.of(
            "backup.ec2.copy_snapshot",
            "replica.rds.create_db_instance_read_replica",
            "replica.dynamodb.update_table",
            "replica.secretsmanager.replicate_secret_to_regions",
            "backup.backup.start_copy_job",
            "backup.backup.copy_job_completed",
            "backup.backup.create_backup_plan"),
        violations);
  }

  @Test
  void recordsOfAnotherFormatAreNotGuessedAt() throws Exception {
    Session.Ran ran = run("--format", "cloudtrail", EXAMPLES.resolve("falco.ndjson").toString());
    assertEquals("2 taken, 0 repeats, 2 not understood and kept as other\n", ran.out());
    assertTrue(
        ran.err().contains("falco.ndjson line 2: kept as other: not a record of format cloudtrail"),
        ran.err());
    assertTrue(records().stream().allMatch(r -> r.kind() == Kind.OTHER));
  }

  @Test
  void aFileThatIsBrokenFromItsBeginningIsNamed() throws Exception {
    Path broken = directory.resolve("broken.gz");
    Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 9, 0, 0, 0, 0, 0, 0, 0});
    Session.Ran ran = run(broken.toString());
    assertEquals(1, ran.exitCode());
    assertTrue(
        ran.err().contains("broken.gz: ") && ran.err().contains("before that, 0 taken"), ran.err());
  }

  @Test
  void aFileThatEndsTooEarlyIsSaidAndWhatItHeldIsTaken() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      Files.copy(EXAMPLES.resolve("vault.ndjson"), out);
    }
    Path cut = directory.resolve("cut.gz");
    byte[] all = zipped.toByteArray();
    Files.write(cut, java.util.Arrays.copyOf(all, all.length - 4));
    Session.Ran ran = run(cut.toString());
    assertEquals(1, ran.exitCode());
    assertEquals(1, ran.errorLines(), ran.err());
    assertTrue(
        ran.err().contains("cut.gz: ") && ran.err().contains("before that, 7 taken"), ran.err());
    assertEquals(7, records().size());
  }

  @Test
  void itCanBeSentToACellElsewhere() throws Exception {
    Path cell = Path.of(data);
    Session.Ran token =
        session.run("token", "issue", "--tenant", "bank", "--role", "ingest", "--data", data);
    try (Cell open = Cell.open(cell, CellIdentity.of(cell).orElseThrow(), InstantSource.system());
        CellServer server =
            CellServer.start(
                open,
                ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0))) {
      String url = server.endpoints().otlpHttp();
      String[] args = {
        "import",
        "--tenant",
        "bank",
        "--url",
        url,
        "--token",
        token.out().strip(),
        EXAMPLES.resolve("cloudtrail.json").toString()
      };
      Session.Ran ran = session.run(args);
      assertEquals(0, ran.exitCode(), ran.err());
      assertEquals("10 taken, 0 repeats, 0 not understood and kept as other\n", ran.out());
      args[6] = "no-token";
      Session.Ran refused = session.run(args);
      assertEquals(1, refused.exitCode());
      assertTrue(refused.err().contains("answered 401: the token is not known"), refused.err());
    }
    assertEquals(10, records().size());
  }

  @Test
  void mistakesAreOneLine() {
    assertMistake("there is no format 'csv'", "--format", "csv", "x");
    assertMistake("cannot read no-such-file: no such file", "no-such-file");
    Session.Ran ran =
        session.run(
            "import",
            "--tenant",
            "nobody",
            "--data",
            data,
            EXAMPLES.resolve("opa.json").toString());
    assertEquals(2, ran.exitCode());
    assertTrue(ran.err().startsWith("cadastre: there is no tenant nobody"), ran.err());
  }

  private void assertMistake(String beginning, String... args) {
    String[] known = args.clone();
    if (known[known.length - 1].equals("x")) {
      known[known.length - 1] = EXAMPLES.resolve("opa.json").toString();
    }
    Session.Ran ran = run(known);
    assertEquals(2, ran.exitCode());
    assertEquals(1, ran.errorLines());
    assertTrue(ran.err().startsWith("cadastre: " + beginning), ran.err());
  }
}
