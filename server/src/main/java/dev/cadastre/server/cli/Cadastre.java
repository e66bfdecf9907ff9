package dev.cadastre.server.cli;

import dev.cadastre.server.cli.admin.InventoryAdoptCommand;
import dev.cadastre.server.cli.admin.InventoryCheckCommand;
import dev.cadastre.server.cli.admin.InventoryCommand;
import dev.cadastre.server.cli.admin.InventoryShowCommand;
import dev.cadastre.server.cli.admin.KeysCommand;
import dev.cadastre.server.cli.admin.KeysListCommand;
import dev.cadastre.server.cli.admin.KeysShowCommand;
import dev.cadastre.server.cli.admin.PersonsCommand;
import dev.cadastre.server.cli.admin.PersonsDestroyCommand;
import dev.cadastre.server.cli.admin.PersonsListCommand;
import dev.cadastre.server.cli.admin.PolicyCommand;
import dev.cadastre.server.cli.admin.PolicySetCommand;
import dev.cadastre.server.cli.admin.PolicyTestCommand;
import dev.cadastre.server.cli.admin.TenantAddCommand;
import dev.cadastre.server.cli.admin.TenantCommand;
import dev.cadastre.server.cli.admin.TenantListCommand;
import dev.cadastre.server.cli.admin.TokenCommand;
import dev.cadastre.server.cli.admin.TokenIssueCommand;
import dev.cadastre.server.cli.admin.TokenListCommand;
import dev.cadastre.server.cli.admin.TokenRevokeCommand;
import dev.cadastre.server.cli.option.ErrorLines;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.logging.Logs;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands. */
@Command(
    name = "cadastre",
    description = "Registers where data, keys and inferences were, and proves it.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footer = {
      "",
      "Every command: cadastre COMMAND --help. Try it: cadastre demo.",
      "Exit codes: 0 done or verified, 1 refused or failed, 2 not understood or unreadable."
    })
public final class Cadastre implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say what the command does and which options it takes.")
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, print the stack trace too, in the log as well.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private Cadastre() {}

  /** Runs one command line and returns the exit code. */
  public static int run(ProcessContext host, String... args) {
    Cadastre cadastre = new Cadastre();
    Logs.to(host.err(), () -> cadastre.debug);
    ErrorLines errors = new ErrorLines(host.err(), () -> cadastre.debug);
    return commands(cadastre, host)
        .setOut(writer(host.out()))
        .setErr(writer(host.err()))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setExecutionStrategy(Cadastre::runUnderstood)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setUsageHelpWidth(100)
        .execute(args);
  }

  /** Asked for help, picocli forgives what it does not know, a command's own name included. */
  private static int runUnderstood(ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      List<String> unknown = command.getParseResult().unmatched();
      if (!unknown.isEmpty()) {
        throw new UnmatchedArgumentException(command, unknown);
      }
    }
    return new RunLast().execute(parsed);
  }

  private static CommandLine commands(Cadastre cadastre, ProcessContext host) {
    CommandLine all =
        new CommandLine(cadastre)
            .addSubcommand(new ServeCommand(host))
            .addSubcommand(
                new CommandLine(new TenantCommand())
                    .addSubcommand(new TenantAddCommand(host))
                    .addSubcommand(new TenantListCommand(host)))
            .addSubcommand(
                new CommandLine(new PolicyCommand())
                    .addSubcommand(new PolicySetCommand(host))
                    .addSubcommand(new PolicyTestCommand(host)))
            .addSubcommand(
                new CommandLine(new InventoryCommand())
                    .addSubcommand(new InventoryAdoptCommand(host))
                    .addSubcommand(new InventoryShowCommand(host))
                    .addSubcommand(new InventoryCheckCommand(host)))
            .addSubcommand(
                new CommandLine(new PersonsCommand())
                    .addSubcommand(new PersonsListCommand(host))
                    .addSubcommand(new PersonsDestroyCommand(host)))
            .addSubcommand(
                new CommandLine(new TokenCommand())
                    .addSubcommand(new TokenIssueCommand(host))
                    .addSubcommand(new TokenListCommand(host))
                    .addSubcommand(new TokenRevokeCommand(host)))
            .addSubcommand(new ImportCommand(host))
            .addSubcommand(new AnchorCommand(host))
            .addSubcommand(new PackCommand(host))
            .addSubcommand(new VerifyPackCommand(host))
            .addSubcommand(new FsckCommand(host))
            .addSubcommand(new BackupCommand(host))
            .addSubcommand(new RestoreCommand(host))
            .addSubcommand(new ReindexCommand(host))
            .addSubcommand(
                new CommandLine(new KeysCommand())
                    .addSubcommand(new KeysListCommand(host))
                    .addSubcommand(new KeysShowCommand(host)));
    Tools.all().forEach(tool -> all.addSubcommand(tool.command(host)));
    return all;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
  }
}
