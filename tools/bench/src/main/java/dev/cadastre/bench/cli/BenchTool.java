package dev.cadastre.bench.cli;

import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.ToolCommand;
import picocli.CommandLine;

/** {@code cadastre bench}. */
public final class BenchTool implements ToolCommand {
  @Override
  public Object command(ProcessContext context) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchIngestCommand(context))
        .addSubcommand(new BenchVerifyCommand(context))
        .addSubcommand(new BenchQueryCommand(context))
        .addSubcommand(new BenchCrashCommand(context))
        .addSubcommand(new BenchOverloadCommand(context));
  }
}
