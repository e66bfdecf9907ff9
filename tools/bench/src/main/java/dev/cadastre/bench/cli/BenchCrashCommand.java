package dev.cadastre.bench.cli;

import dev.cadastre.bench.CrashBench;
import dev.cadastre.formats.Refused;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills a server under load and looks whether it kept what it promised. */
@Command(
    name = "crash",
    description = {
      "Kill a server under load at random moments, start it again on the same directory, and hold",
      "its logs against the answers that the senders got: every acknowledged record is there",
      "exactly once, nothing is there that was not sent, and fsck finds nothing.",
      "Exits with 0 if so, else with 1, naming the first thing wrong; the files are kept then.",
      "A round takes some seconds."
    },
    sortOptions = false)
final class BenchCrashCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often to kill it. Default: ${DEFAULT-VALUE}.")
  private int rounds = 50;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Decides the moments and what is sent. Default: another one each time.")
  private @Nullable Long seed;

  @Mixin private BenchOptions options;

  BenchCrashCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, Refused {
    BenchOptions.requireAtLeast(1, "--rounds", rounds);
    CrashBench.Result result =
        CrashBench.run(
            rounds,
            seed == null ? host.clock().millis() : seed,
            options.scratch(),
            line -> options.progress(host, line));
    options.print(host, result.figures());
    result.firstFault().ifPresent(fault -> options.progress(host, "first thing wrong: " + fault));
    return result.firstFault().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
