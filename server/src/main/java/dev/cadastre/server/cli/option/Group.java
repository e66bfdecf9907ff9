package dev.cadastre.server.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only groups others; alone it means nothing. */
public abstract class Group implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected one of the commands " + String.join(", ", spec.subcommands().keySet()));
  }
}
