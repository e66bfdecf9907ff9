package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.files.PrivateFile;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The demo's tokens, kept in a private file beside the cell: a vault holds digests only, and a demo
 * started again should know its tokens still. It also notes whose story was told.
 */
final class DemoTokens {
  private final Cell cell;
  private final Path file;
  private final Map<String, String> tokens = new TreeMap<>();
  private final Map<String, Boolean> told = new TreeMap<>();

  private DemoTokens(Cell cell) {
    this.cell = cell;
    this.file = cell.data().resolve("demo-tokens.json");
  }

  static DemoTokens open(Cell cell) throws IOException, Refused {
    DemoTokens tokens = new DemoTokens(cell);
    if (Files.exists(tokens.file)) {
      Json.Obj stored = Json.parseObject(Files.readAllBytes(tokens.file));
      for (Map.Entry<String, Json> token : stored.obj("tokens").members().entrySet()) {
        tokens.tokens.put(token.getKey(), stored.obj("tokens").str(token.getKey()));
      }
      stored.strings("told").forEach(tenant -> tokens.told.put(tenant, true));
    }
    return tokens;
  }

  /** The tenant's token for that role; a new one if there is none that is still good. */
  String tenant(String tenant, Role role) throws IOException, Refused {
    return token(tenant + "/" + role.wire(), role, Optional.of(new LogName(tenant)));
  }

  /** The operator's token, good for all tenants. */
  String operator() throws IOException, Refused {
    return token("*/" + Role.OPERATOR.wire(), Role.OPERATOR, Optional.empty());
  }

  private String token(String name, Role role, Optional<LogName> tenant)
      throws IOException, Refused {
    String known = tokens.get(name);
    if (known != null && cell.tokens().verify(known).isPresent()) {
      return known;
    }
    String issued =
        cell.operator("cli").issueToken(role, tenant, "demo " + role.wire(), Optional.empty());
    tokens.put(name, issued);
    save();
    return issued;
  }

  boolean told(String tenant) {
    return told.containsKey(tenant);
  }

  void nowTold(String tenant) throws IOException {
    told.put(tenant, true);
    save();
  }

  private void save() throws IOException {
    Json.Obj.Builder all = Json.Obj.builder();
    tokens.forEach(all::put);
    Json.Obj content =
        Json.Obj.builder()
            .put("tokens", all.build())
            .put("told", Json.strings(told.keySet()))
            .build();
    PrivateFile.replace(file, content.jcs());
  }
}
