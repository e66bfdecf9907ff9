package dev.cadastre.formats.policy;

import dev.cadastre.formats.Refused;

/** A policy, or a case to one, that does not hold, and which part of it. */
public final class PolicyRefused extends Refused {
  private static final long serialVersionUID = 1L;

  private final String path;

  PolicyRefused(String path, String message) {
    super(message);
    this.path = path;
  }

  /** Where the fault is: {@code keys.max-cache}, {@code exceptions[0].until}; empty at the root. */
  public String path() {
    return path;
  }
}
