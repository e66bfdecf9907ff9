package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.files.PrivateFile;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.Endpoints;
import dev.cadastre.server.cell.ServerFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code demo.json}: tells scripts that the demo is ready, where it answers, and with which tokens.
 */
final class DemoFile {
  private final Cell cell;
  private final Endpoints endpoints;
  private final DemoTokens tokens;

  DemoFile(Cell cell, Endpoints endpoints, DemoTokens tokens) {
    this.cell = cell;
    this.endpoints = endpoints;
    this.tokens = tokens;
  }

  private static Path file(Cell cell) {
    return cell.data().resolve("demo.json");
  }

  /** Takes away what a run before left, so that nobody takes that for this one. */
  static void remove(Cell cell) throws IOException {
    Files.deleteIfExists(file(cell));
  }

  void write(Vendor vendor) throws IOException, Refused {
    List<Json> tenants = new ArrayList<>();
    for (Story customer : vendor.customers()) {
      tenants.add(tenant(customer.tenant()));
    }
    Json.Obj content =
        ServerFile.describe(cell, endpoints)
            .put("tenants", new Json.Arr(tenants))
            .put("operatorToken", tokens.operator())
            .put("vendor", vendor.id())
            .build();
    PrivateFile.replace(file(cell), content.jcs());
  }

  private Json.Obj tenant(String id) throws IOException, Refused {
    return Json.Obj.builder()
        .put("id", id)
        .put("ingestToken", tokens.tenant(id, Role.INGEST))
        .put("auditorToken", tokens.tenant(id, Role.AUDITOR))
        .put("counterpartToken", tokens.tenant(id, Role.COUNTERPART))
        .put("viewerToken", tokens.tenant(id, Role.VIEWER))
        .put("signIn", signIn(id))
        .build();
  }

  private String signIn(String tenant) throws IOException, Refused {
    return endpoints.portal() + "/sign-in?token=" + tokens.tenant(tenant, Role.VIEWER);
  }

  /** For the person at the terminal. */
  void print(Vendor vendor, PrintStream out) throws IOException, Refused {
    out.println(endpoints.line());
    out.println();
    out.println(vendor.title());
    out.println("Sign in as one of its customers:");
    for (Story customer : vendor.customers()) {
      out.println("  " + customer.title());
      out.println("    " + signIn(customer.tenant()));
    }
    out.println();
    out.println("What to look at: docs/demo.md");
    List<String> others = new ArrayList<>(Vendor.ids());
    others.remove(vendor.id());
    for (String other : others) {
      out.println("Another vendor: ./cadastre demo --vendor " + other + " --data " + other);
    }
    out.println("Tokens and URLs: " + file(cell).toAbsolutePath());
  }
}
