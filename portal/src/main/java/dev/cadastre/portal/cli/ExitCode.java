package dev.cadastre.portal.cli;

/** How commands end. */
final class ExitCode {
  static final int OK = 0;

  /** Checked and found wrong, or tried and failed. */
  static final int FAILED = 1;

  /** Not understood, or unreadable. */
  static final int USAGE = 2;

  /** A defect of this program. */
  static final int BUG = 70;

  private ExitCode() {}
}
