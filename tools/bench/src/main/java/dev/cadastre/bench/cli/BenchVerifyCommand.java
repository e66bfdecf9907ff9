package dev.cadastre.bench.cli;

import dev.cadastre.bench.VerifyBench;
import dev.cadastre.formats.Refused;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast entries are verified. */
@Command(
    name = "verify",
    description = "Measure how fast one thread verifies entries: parse, chain, tree.",
    sortOptions = false)
final class BenchVerifyCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "Entries of the log. Default: ${DEFAULT-VALUE}.")
  private int entries = 1_000_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Measured runs; their median counts. Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Mixin private BenchOptions options;

  BenchVerifyCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws Refused {
    options.print(host, VerifyBench.run(entries, runs, line -> options.progress(host, line)));
    return ExitCode.OK;
  }
}
