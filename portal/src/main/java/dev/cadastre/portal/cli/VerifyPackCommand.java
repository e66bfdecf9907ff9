package dev.cadastre.portal.cli;

import dev.cadastre.proof.cli.VerifyCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands an evidence pack to the verifier, which is the one that auditors run. */
@Command(
    name = "verify",
    description = {
      "Check an evidence pack, offline, and say what each check means.",
      "Exits with 0 if it is verified, 1 if it is refused, 2 if it cannot be read."
    },
    sortOptions = false)
final class VerifyPackCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "FILE", description = "The evidence pack.")
  private String pack;

  @Option(
      names = "--trust",
      paramLabel = "POLICY",
      description = "The keys you trust, obtained elsewhere: a C2SP tlog-policy file.")
  private @Nullable String trust;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyPackCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    List<String> args = new ArrayList<>();
    if (trust != null) {
      args.addAll(List.of("--trust", trust));
    }
    if (json) {
      args.add("--json");
    }
    args.add(pack);
    return VerifyCommand.run(args.toArray(String[]::new), host.out(), host.err());
  }
}
