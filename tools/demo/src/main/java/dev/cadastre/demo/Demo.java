package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.Endpoints;
import dev.cadastre.server.cell.PolicyYaml;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Four tenants on a running cell: provisions those that are not there yet, tells their stories, and
 * then keeps them living. Everything that is told goes through the OpenTelemetry SDK's exporters
 * and the cell's own ports.
 */
public final class Demo implements AutoCloseable {
  private static final long SEED = 20_261_121L;

  private final Cell cell;
  private final Endpoints endpoints;
  private final PrintStream out;
  private final SendCounts tally;
  private final DemoTokens tokens;
  private final List<Scenario> scenarios =
      List.of(new Rheinbank(), new Paybridge(), new LumenImaging(), new EscolaViva());
  private final List<Tenant> living = new ArrayList<>();

  private Demo(Cell cell, Endpoints endpoints, PrintStream out, PrintStream err)
      throws IOException, Refused {
    this.cell = cell;
    this.endpoints = endpoints;
    this.out = out;
    this.tally = new SendCounts(err);
    this.tokens = DemoTokens.open(cell);
  }

  /**
   * Provisions what is missing, and returns once {@code demo.json} is written.
   *
   * @param err is told of exports that fail
   */
  public static Demo start(Cell cell, Endpoints endpoints, PrintStream out, PrintStream err)
      throws IOException, Refused, InterruptedException {
    Demo demo = new Demo(cell, endpoints, out, err);
    DemoFile.remove(cell);
    demo.provision();
    DemoFile file = new DemoFile(cell, endpoints, demo.tokens);
    file.write(demo.scenarios);
    file.print(demo.scenarios, out);
    return demo;
  }

  private void provision() throws IOException, Refused, InterruptedException {
    boolean changed = false;
    for (Scenario scenario : scenarios) {
      LogName log = new LogName(scenario.tenant());
      if (!cell.ledger().exists(log) || cell.ledger().policy(log).isEmpty()) {
        cell.operator("cli").addTenant(log, policy(scenario.tenant()));
      }
      if (!tokens.told(scenario.tenant())) {
        tell(scenario);
        changed = true;
      }
    }
    if (changed || cell.newestAnchor().isEmpty()) {
      out.println("closing an anchor over it");
      cell.operator("cli").anchor();
    }
  }

  private void tell(Scenario scenario) throws IOException, Refused, InterruptedException {
    out.println("provisioning " + scenario.tenant() + ": " + scenario.title());
    long failedBefore = tally.failedSoFar();
    try (Tenant tenant = tenant(scenario, "story", SEED)) {
      tenant.tell(cell.clock().instant());
    }
    if (tally.failedSoFar() > failedBefore) {
      throw new IOException(
          "the story of " + scenario.tenant() + " did not arrive whole; start the demo again");
    }
    tokens.nowTold(scenario.tenant());
  }

  private Tenant tenant(Scenario scenario, String run, long seed) throws IOException, Refused {
    String token = tokens.tenant(scenario.tenant(), Role.INGEST);
    Random random = new Random(seed + scenario.tenant().hashCode());
    return new Tenant(scenario, endpoints, token, run, tally, random);
  }

  /** The tenants of this run, ready to live. */
  List<Tenant> tenants() throws IOException, Refused {
    if (living.isEmpty()) {
      byte[] run = new byte[3];
      cell.random().nextBytes(run);
      for (Scenario scenario : scenarios) {
        living.add(tenant(scenario, HexFormat.of().formatHex(run), SEED + 1));
      }
    }
    return living;
  }

  SendCounts tally() {
    return tally;
  }

  Cell cell() {
    return cell;
  }

  private static PolicyYaml policy(String tenant) throws IOException, Refused {
    String name = tenant + ".yaml";
    try (InputStream yaml = Demo.class.getResourceAsStream("/policies/" + name)) {
      if (yaml == null) {
        throw new FileNotFoundException("the program lacks its example policy " + name);
      }
      return PolicyYaml.parse(name, yaml.readAllBytes());
    }
  }

  /** Sends what is under way and says how much was not accepted. */
  @Override
  public void close() {
    living.forEach(Tenant::close);
    out.println(
        "demo: "
            + tally.acknowledgedSoFar()
            + " of "
            + tally.sentSoFar()
            + " records acknowledged");
  }
}
