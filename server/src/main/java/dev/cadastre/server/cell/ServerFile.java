package dev.cadastre.server.cell;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.files.PrivateFile;
import dev.cadastre.ledger.model.LogName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code server.json}: tells scripts which process serves a data directory, and where. */
public final class ServerFile implements AutoCloseable {
  private final Path file;

  private ServerFile(Path file) {
    this.file = file;
  }

  /** Says that this process serves the cell. Written whole or not at all, mode 0600. */
  public static ServerFile write(Cell cell, Endpoints endpoints) throws IOException {
    Path file = cell.data().resolve("server.json");
    List<Json> tenants = new ArrayList<>();
    for (LogName tenant : cell.tenants()) {
      tenants.add(Json.Obj.builder().put("id", tenant.value()).build());
    }
    PrivateFile.replace(
        file, describe(cell, endpoints).put("tenants", new Json.Arr(tenants)).build().jcs());
    return new ServerFile(file);
  }

  /** What {@code server.json} and {@code demo.json} have in common. */
  public static Json.Obj.Builder describe(Cell cell, Endpoints endpoints) {
    return Json.Obj.builder()
        .put("cell", cell.identity().cell())
        .put("name", cell.identity().name())
        .put("otlpGrpc", endpoints.otlpGrpc())
        .put("otlpHttp", endpoints.otlpHttp())
        .put("pid", ProcessHandle.current().pid())
        .put("portal", endpoints.portal());
  }

  /** Nobody serves any more. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
