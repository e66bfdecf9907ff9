package dev.cadastre.bench.cli;

import dev.cadastre.bench.IngestBench;
import dev.cadastre.formats.Refused;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast events get in. */
@Command(
    name = "ingest",
    description = {
      "Measure how fast events get in: over OTLP/HTTP from another process until they are found,",
      "one at a time, and in process beside a floor (decode, one row a request) and the naive way",
      "(one row an event, two text indexes). Takes some minutes."
    },
    sortOptions = false)
final class BenchIngestCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events over OTLP/HTTP in all. Default: ${DEFAULT-VALUE}.")
  private long events = 10_000_000;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description = "Events in one measured run. Default: ${DEFAULT-VALUE}.")
  private long burst = 1_000_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Measured runs; their median counts. Default: ${DEFAULT-VALUE}.")
  private int runs = 3;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      description = "The server's heap. Default: ${DEFAULT-VALUE}.")
  private int heap = 512;

  @Mixin private BenchOptions options;

  BenchIngestCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException, Refused {
    IngestBench.Plan plan = new IngestBench.Plan(events, burst, runs, heap);
    options.print(
        host,
        IngestBench.run(
            plan, options.scratch(), host.clock(), line -> options.progress(host, line)));
    return ExitCode.OK;
  }
}
