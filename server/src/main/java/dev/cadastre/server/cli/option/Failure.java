package dev.cadastre.server.cli.option;

import org.jspecify.annotations.Nullable;

/** Ends a command with one line for the person who gave it: what is wrong and what to do. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What was asked for cannot be meant, or cannot be read. */
  public static Failure mistake(String message) {
    return new Failure(ExitCode.USAGE, message, null);
  }

  /** What was asked for cannot be meant, or cannot be read. */
  public static Failure mistake(String message, Throwable cause) {
    return new Failure(ExitCode.USAGE, message, cause);
  }

  /** What was asked for was understood, and is not done. */
  public static Failure refused(String message) {
    return new Failure(ExitCode.FAILED, message, null);
  }

  /** The request was fine and could not be carried out. */
  public static Failure failed(String message, Throwable cause) {
    return new Failure(ExitCode.FAILED, message, cause);
  }

  /** This program is wrong. */
  static Failure bug(Throwable cause) {
    return new Failure(
        ExitCode.BUG,
        "a defect of Cadastre: "
            + cause
            + "; please report it with what the same command prints with --debug",
        cause);
  }

  int exitCode() {
    return exitCode;
  }
}
