package dev.cadastre.server.cli.option;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.StorageFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one line, and shows a stack trace only to who asks for it. */
public final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintStream err;
  private final BooleanSupplier debug;

  public ErrorLines(PrintStream err, BooleanSupplier debug) {
    this.err = err;
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    print(mistake.getMessage() + "; see " + command + " --help", mistake);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof ParameterException mistake) {
      return handleParseException(mistake, new String[0]);
    }
    Failure failure = failure(thrown);
    print(String.valueOf(failure.getMessage()), thrown);
    return failure.exitCode();
  }

  private static Failure failure(Exception thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    if (thrown instanceof Refused) {
      return Failure.mistake(String.valueOf(thrown.getMessage()), thrown);
    }
    if (thrown instanceof IOException
        || thrown instanceof UncheckedIOException
        || thrown instanceof StorageFailure) {
      return Failure.failed(UserFiles.reason(thrown), thrown);
    }
    return Failure.bug(thrown);
  }

  private void print(String message, Exception thrown) {
    // It quotes files, names and variables that others wrote, and a terminal would obey them.
    String line = Encodings.plain(message.strip().replaceAll("\\s*\\R\\s*", " "));
    err.println("cadastre: " + line);
    if (debug.getAsBoolean()) {
      thrown.printStackTrace(err);
    }
  }
}
