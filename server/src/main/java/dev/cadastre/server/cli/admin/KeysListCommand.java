package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.CellView;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the verifier keys. */
@Command(
    name = "list",
    description = {
      "List the verifier key (C2SP vkey) of every log, with the SHA-256 of the public key.",
      "Give them to auditors by another way than the evidence packs."
    })
public final class KeysListCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private DataOption data;

  public KeysListCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (CellView cell = data.view(host)) {
      List<LogKey> keys = cell.logs().stream().map(log -> LogKey.of(cell, log)).toList();
      if (json) {
        host.out()
            .println(JsonText.of(new Json.Arr(keys.stream().<Json>map(LogKey::json).toList())));
      } else {
        keys.forEach(key -> host.out().println(key.vkey() + "\n  sha256 " + key.fingerprint()));
      }
    }
    return ExitCode.OK;
  }

  /** The key of one log. */
  record LogKey(LogName log, String vkey, String fingerprint) {
    static LogKey of(CellView cell, LogName log) {
      var key = cell.keys().signerFor(cell.origin(log)).key();
      return new LogKey(log, key.format(), key.fingerprint());
    }

    Json.Obj json() {
      return Json.Obj.builder()
          .put("log", log.value())
          .put("sha256", fingerprint)
          .put("vkey", vkey)
          .build();
    }
  }
}
