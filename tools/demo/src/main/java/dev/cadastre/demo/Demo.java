package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.Endpoints;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.yaml.YamlDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A vendor's customers on a running cell: provisions those that are not there yet, tells their
 * stories, and then keeps them living. Everything that is told goes through the OpenTelemetry SDK's
 * exporters and the cell's own ports.
 */
public final class Demo implements AutoCloseable {
  private static final long SEED = 20_261_121L;

  private final Cell cell;
  private final Vendor vendor;
  private final Endpoints endpoints;
  private final PrintStream out;
  private final SendCounts tally;
  private final DemoTokens tokens;
  private final List<Tenant> living = new ArrayList<>();

  private Demo(Cell cell, Vendor vendor, Endpoints endpoints, PrintStream out, PrintStream err)
      throws IOException, Refused {
    this.cell = cell;
    this.vendor = vendor;
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
  static Demo start(Cell cell, Vendor vendor, Endpoints endpoints, PrintStream out, PrintStream err)
      throws IOException, Refused, InterruptedException {
    Demo demo = new Demo(cell, vendor, endpoints, out, err);
    DemoFile.remove(cell);
    demo.provision();
    DemoFile file = new DemoFile(cell, endpoints, demo.tokens);
    file.write(vendor);
    file.print(vendor, out);
    return demo;
  }

  private void provision() throws IOException, Refused, InterruptedException {
    List<Story> untold = new ArrayList<>();
    for (Story story : vendor.customers()) {
      LogName log = new LogName(story.tenant());
      if (!cell.ledger().exists(log) || cell.ledger().policy(log).isEmpty()) {
        cell.operator("cli").addTenant(log, policy(story.tenant()));
        adoptInventory(log);
      }
      if (!tokens.told(story.tenant())) {
        untold.add(story);
      }
    }
    tell(untold);
    if (!untold.isEmpty() || cell.newestAnchor().isEmpty()) {
      out.println("closing an anchor over it");
      cell.operator("cli").anchor();
    }
  }

  /** All at once: telling a story is mostly waiting for its records to be on disk. */
  private void tell(List<Story> stories) throws IOException, Refused, InterruptedException {
    Instant now = cell.clock().instant();
    List<Callable<Story>> tellers = new ArrayList<>();
    for (Story story : stories) {
      out.println("telling of " + story.tenant() + ": " + story.title());
      Tenant tenant = tenant(story, "story", SEED);
      tellers.add(() -> told(story, tenant, now));
    }
    long failedBefore = tally.failedSoFar();
    ExecutorService at = Executors.newFixedThreadPool(Math.max(1, tellers.size()));
    try {
      for (Future<Story> told : at.invokeAll(tellers)) {
        told.get();
      }
    } catch (ExecutionException broken) {
      throw new IOException("a story could not be told", broken.getCause());
    } finally {
      at.shutdownNow();
    }
    if (tally.failedSoFar() > failedBefore) {
      throw new IOException("a story did not arrive whole; start the demo again");
    }
    for (Story story : stories) {
      tokens.nowTold(story.tenant());
    }
  }

  private static Story told(Story story, Tenant tenant, Instant now) throws InterruptedException {
    try (tenant) {
      tenant.tell(now);
    }
    return story;
  }

  private Tenant tenant(Story story, String run, long seed) throws IOException, Refused {
    Map<Service, DemoSender> senders = new HashMap<>();
    for (Service service : story.services()) {
      String token =
          tokens.tenant(story.tenant(), service.customers() ? Role.COUNTERPART : Role.INGEST);
      senders.put(service, new DemoSender(story.tenant(), service, endpoints, token, run, tally));
    }
    return new Tenant(story, senders, new Random(seed + story.tenant().hashCode()));
  }

  /** The tenants of this run, ready to live. */
  List<Tenant> tenants() throws IOException, Refused {
    if (living.isEmpty()) {
      byte[] run = new byte[3];
      cell.random().nextBytes(run);
      for (Story story : vendor.customers()) {
        living.add(tenant(story, HexFormat.of().formatHex(run), SEED + 1));
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

  /** What the vendor declares of the customer's resources, if it does. */
  private void adoptInventory(LogName tenant) throws IOException, Refused {
    String name = "inventories/" + tenant + ".yaml";
    if (Vendor.has(name)) {
      Json.Obj declared = YamlDocument.parse(name, Vendor.resource(name)).root();
      cell.operator("cli").adoptInventory(tenant, Inventory.fromJson(declared), vendor.id());
    }
  }

  private static PolicyYaml policy(String tenant) throws IOException, Refused {
    String name = tenant + ".yaml";
    return PolicyYaml.parse(name, Vendor.resource("policies/" + name));
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
