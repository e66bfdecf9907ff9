package dev.cadastre.bench.cli;

import dev.cadastre.bench.OverloadBench;
import dev.cadastre.formats.Refused;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a server more than it can take. */
@Command(
    name = "overload",
    description = {
      "Send a server far more than it can take, without a pause after refusals, while another",
      "tenant sends a little; then hold its logs against the answers. Exits with 0 if every refusal",
      "asked to retry, every acknowledged record is there exactly once, and fsck finds nothing,",
      "else with 1, naming the first thing wrong."
    },
    sortOptions = false)
final class BenchOverloadCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long the overload lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Connections that send as fast as they are answered. Default: ${DEFAULT-VALUE}.")
  private int connections = 1_000;

  @Option(
      names = "--slow",
      description =
          "Run the server interpreted (java -Xint): it sustains a fraction then, and senders on the"
              + " same processors can offer it many times that.")
  private boolean slow;

  @Mixin private BenchOptions options;

  BenchOverloadCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, Refused {
    BenchOptions.requireAtLeast(1, "--seconds", seconds);
    BenchOptions.requireAtLeast(1, "--connections", connections);
    OverloadBench.Result result =
        OverloadBench.run(
            new OverloadBench.Plan(seconds, connections, slow),
            options.scratch(),
            line -> options.progress(host, line));
    options.print(host, result.figures());
    result.firstFault().ifPresent(fault -> options.progress(host, "first thing wrong: " + fault));
    return result.firstFault().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
