package dev.cadastre.bench.cli;

import dev.cadastre.bench.QueryBench;
import dev.cadastre.formats.Refused;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast event lists come. */
@Command(
    name = "query",
    description = {
      "Measure how long the first page of a filtered event list takes, over the API, in a large log",
      "and in a small one of the same cell, by filters of twenty sorts, common and rare.",
      "Filling the logs takes some minutes."
    },
    sortOptions = false)
final class BenchQueryCommand implements Callable<Integer> {
  /** With fewer, the rare sorts would find nothing. */
  private static final int LEAST_EVENTS = 50_000;

  private final ProcessContext host;

  @Option(
      names = "--small",
      paramLabel = "N",
      description = "Events in the small log. Default: ${DEFAULT-VALUE}.")
  private long small = 100_000;

  @Option(
      names = "--large",
      paramLabel = "N",
      description = "Events in the large log. Default: ${DEFAULT-VALUE}.")
  private long large = 10_000_000;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "Measured queries of each sort and log. Default: ${DEFAULT-VALUE}.")
  private int queries = 30;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      description = "The server's heap. Default: ${DEFAULT-VALUE}.")
  private int heap = 512;

  @Mixin private BenchOptions options;

  BenchQueryCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, Refused {
    BenchOptions.requireAtLeast(LEAST_EVENTS, "--small", small);
    BenchOptions.requireAtLeast(LEAST_EVENTS, "--large", large);
    BenchOptions.requireAtLeast(1, "--queries", queries);
    BenchOptions.requireAtLeast(64, "--heap", heap);
    QueryBench.Plan plan = new QueryBench.Plan(small, large, queries, heap);
    options.print(
        host,
        QueryBench.run(
            plan, options.scratch(), host.clock(), line -> options.progress(host, line)));
    return ExitCode.OK;
  }
}
