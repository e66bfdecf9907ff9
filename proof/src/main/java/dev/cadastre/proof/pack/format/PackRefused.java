package dev.cadastre.proof.pack.format;

import dev.cadastre.formats.Refused;

/** A file that is no evidence pack, or tries to be more than one. */
public final class PackRefused extends Refused {
  private static final long serialVersionUID = 1L;

  public PackRefused(String message) {
    super(message);
  }

  public PackRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
