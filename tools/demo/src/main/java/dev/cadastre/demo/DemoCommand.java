package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellServer;
import dev.cadastre.server.cell.ServeSettings;
import dev.cadastre.server.cell.ServerFile;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.PortOptions;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Serves a vendor's cell whose customers are tenants under living traffic. */
@Command(
    name = "demo",
    description = {
      "Serve a vendor's cell, with its customers as tenants, under living traffic.",
      "OpenTelemetry's own SDK sends it over OTLP, gRPC and HTTP.",
      "Prints the URLs and a sign-in link per customer, and writes them to DIR/demo.json once all",
      "is ready. Started again on the same directory it goes on with what is there."
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Mixin private DataOption data;
  @Mixin private PortOptions ports;

  @Option(
      names = "--vendor",
      paramLabel = "NAME",
      description = {
        "Whose cell: paybridge (payments: a bank, a merchant, …), lumen (images for hospitals),",
        "escola-viva (schools). Default: whose DIR is, or paybridge"
      })
  private @Nullable String vendorName;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS_PER_S",
      defaultValue = "5",
      converter = Rate.class,
      description = "Events a second; 0 sends none after provisioning. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "End after that time. Default: on SIGTERM or Ctrl-C")
  private @Nullable Duration time;

  DemoCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused, InterruptedException {
    CountDownLatch stop = host.stopRequests().get();
    ServeSettings settings = ports.over(ServeSettings.DEFAULT, host.variables());
    Vendor vendor = vendor();
    try (Cell cell = Cell.open(data.directory(host), identity(vendor), host.clock());
        CellServer server = CellServer.start(cell, settings);
        Demo demo = Demo.start(cell, vendor, server.endpoints(), host.out(), host.err());
        ServerFile file = ServerFile.write(cell, server.endpoints())) {
      new Traffic(demo, rate).run(stop, Optional.ofNullable(time));
    }
    return ExitCode.OK;
  }

  private Vendor vendor() throws IOException, Refused {
    if (vendorName != null) {
      return Vendor.read(vendorName);
    }
    Optional<CellIdentity> there = CellIdentity.of(data.directory(host));
    Optional<String> whose =
        there.isPresent() ? Vendor.ofLedger(there.get().name()) : Optional.empty();
    return Vendor.read(whose.orElse(Vendor.FIRST));
  }

  /** A cell that is there keeps its names; one of another of the demo's vendors is not taken. */
  private CellIdentity identity(Vendor vendor) throws IOException, Refused {
    Path directory = data.directory(host);
    Optional<CellIdentity> there = CellIdentity.of(directory);
    if (there.isPresent() && Vendor.ofLedger(there.get().name()).isEmpty()) {
      return there.get();
    }
    return CellIdentity.settle(directory, Optional.of(vendor.ledger()), Optional.of(vendor.cell()));
  }

  /** Events a second. */
  static final class Rate implements ITypeConverter<Double> {
    private static final double MOST = 10_000;

    @Override
    public Double convert(String value) {
      try {
        double rate = Double.parseDouble(value);
        if (rate >= 0 && rate <= MOST) {
          return rate;
        }
      } catch (NumberFormatException notANumber) {
        // Said below, together with numbers out of range.
      }
      throw new TypeConversionException("'" + value + "' is not a number from 0 to 10000");
    }
  }

  /** A number of seconds. */
  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (value.matches("[0-9]{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(value));
      }
      throw new TypeConversionException("'" + value + "' is not a whole number of seconds");
    }
  }
}
