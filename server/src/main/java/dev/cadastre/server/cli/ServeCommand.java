package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellServer;
import dev.cadastre.server.cell.ServeSettings;
import dev.cadastre.server.cell.ServerFile;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.NameOptions;
import dev.cadastre.server.cli.option.PortOptions;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one cell. */
@Command(
    name = "serve",
    description = {
      "Serve one cell: the portal with its API, OTLP/HTTP and OTLP/gRPC.",
      "Prints one line 'ready' with the URLs, and writes them to DIR/server.json.",
      "On SIGTERM it finishes what it accepted and exits with 0."
    },
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings in YAML: name, cell, data, bind, ports (portal, otlp-http, otlp-grpc), https,"
              + " anchor-every, tls, spiffe-senders, limits, location-evidence, key-vaults,"
              + " plaintext; examples/serve.yaml has every one. Options given here win over it, and"
              + " so does the environment: CADASTRE_DATA, _BIND, _PORTAL_PORT, _OTLP_HTTP_PORT,"
              + " _OTLP_GRPC_PORT.")
  private @Nullable Path config;

  @Mixin private DataOption data;
  @Mixin private NameOptions names;
  @Mixin private PortOptions ports;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on. Default: $CADASTRE_BIND, else 127.0.0.1, which only this"
              + " machine reaches")
  private @Nullable String bind;

  @Option(
      names = "--accept-plaintext",
      description =
          "Accept that tokens and events travel unencrypted when other machines reach the address"
              + " and no TLS is configured")
  private boolean acceptPlaintext;

  @Option(
      names = "--the-clock-is-right",
      description =
          "Confirm the time of this machine's clock when it is more than 30 days after the newest"
              + " entry. Entries keep at least the time of the one before, for good.")
  private boolean clockIsRight;

  ServeCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused, InterruptedException {
    ServeConfig given = config == null ? ServeConfig.NONE : ServeConfig.read(config);
    ServeSettings settings = settings(given.settings());
    Path directory = data.directory(host, given.data());
    CellIdentity identity =
        CellIdentity.settle(directory, names.name().or(given::name), names.cell().or(given::cell));
    CountDownLatch stop = host.stopRequests().get();
    try (Cell cell = open(directory, identity, given);
        CellServer server = CellServer.start(cell, settings);
        ServerFile file = ServerFile.write(cell, server.endpoints())) {
      host.out().println(server.endpoints().line());
      stop.await();
    }
    return ExitCode.OK;
  }

  private Cell open(Path directory, CellIdentity identity, ServeConfig given)
      throws IOException, Refused {
    Cell cell = Cell.open(directory, identity, host.clock());
    try {
      given.requireTenants(cell);
      cell.requireClock(clockIsRight);
      return cell;
    } catch (Refused | RuntimeException refused) {
      cell.close();
      throw refused;
    }
  }

  private ServeSettings settings(ServeSettings configured) {
    ServeSettings asked =
        acceptPlaintext
            ? configured.withSenders(configured.senders().acceptingPlaintext())
            : configured;
    Optional<String> address = Optional.ofNullable(bind).or(host.variables()::bind);
    return ports.over(address.map(asked::withBind).orElse(asked), host.variables());
  }
}
