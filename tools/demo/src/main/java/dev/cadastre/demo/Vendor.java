package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.yaml.YamlDocument;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who runs the demo's cell. Its tenants are its customers.
 *
 * @param title who it is, for people
 * @param cell what its cell is called, after where it is
 */
record Vendor(String id, String title, String cell, List<Story> customers) {
  /** Whose customers are shown unless another is asked for. */
  static final String FIRST = "paybridge";

  private static final String VENDORS = "vendors.yaml";

  /** What its ledger is called. */
  String ledger() {
    return id + ".example";
  }

  static List<String> ids() throws IOException, Refused {
    return List.copyOf(all().members().keySet());
  }

  /** The vendor whose ledger is called so. */
  static Optional<String> ofLedger(String name) throws IOException, Refused {
    return ids().stream().filter(id -> name.equals(id + ".example")).findFirst();
  }

  static Vendor read(String id) throws IOException, Refused {
    Json.Obj all = all();
    if (!all.has(id)) {
      throw new Refused(
          "the demo's vendors are " + String.join(", ", ids()) + "; found \"" + id + '"');
    }
    Json.Obj said = all.obj(id);
    said.only("title", "cell", "customers");
    List<Story> customers = new ArrayList<>();
    for (String tenant : said.strings("customers")) {
      byte[] yaml = resource("stories/" + tenant + ".yaml");
      customers.add(StoryReader.read(id, tenant, yaml));
    }
    return new Vendor(id, said.str("title"), said.str("cell"), customers);
  }

  private static Json.Obj all() throws IOException, Refused {
    return YamlDocument.parse(VENDORS, resource(VENDORS)).root();
  }

  /** Whether the program brings that along. */
  static boolean has(String name) {
    return Vendor.class.getResource("/" + name) != null;
  }

  /** What the program brings along. */
  static byte[] resource(String name) throws IOException {
    try (InputStream content = Vendor.class.getResourceAsStream("/" + name)) {
      if (content == null) {
        throw new FileNotFoundException("the program lacks its file " + name);
      }
      return content.readAllBytes();
    }
  }
}
