package dev.cadastre.server.cli.option;

/** How commands end. */
public final class ExitCode {
  public static final int OK = 0;

  /** Checked and found wrong, or tried and failed. */
  public static final int FAILED = 1;

  /** Not understood, or unreadable. */
  static final int USAGE = 2;

  /** A defect of this program. */
  static final int BUG = 70;

  private ExitCode() {}
}
