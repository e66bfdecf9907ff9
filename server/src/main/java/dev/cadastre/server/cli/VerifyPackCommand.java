package dev.cadastre.server.cli;

import dev.cadastre.proof.cli.VerifyCommand;
import dev.cadastre.server.cli.option.ProcessContext;
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
      "Several packs are also checked as one: that nothing is missing between them.",
      "Exits with 0 if it is verified, 1 if it is refused, 2 if it cannot be read, 3 if trust was",
      "required and the keys were not checked against anything you trust."
    },
    sortOptions = false)
final class VerifyPackCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The evidence pack; or all packs of a set, or their directory.")
  private List<String> packs;

  @Option(
      names = "--trust",
      paramLabel = "POLICY",
      description = "The keys you trust, obtained elsewhere: a C2SP tlog-policy file.")
  private @Nullable String trust;

  @Option(
      names = "--require-trust",
      description = "Exit with 3 if the keys were not checked against any that you trust.")
  private boolean requireTrust;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyPackCommand(ProcessContext host) {
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
    if (requireTrust) {
      args.add("--require-trust");
    }
    args.addAll(packs);
    return VerifyCommand.run(args.toArray(String[]::new), host.out(), host.err());
  }
}
