package dev.cadastre.formats.policy;

import java.util.List;

/**
 * Which hosts may be called. A pattern is a host, or {@code *.} and what its name ends in.
 *
 * @param allow patterns; empty allows what is not denied
 * @param deny patterns
 */
public record HostRule(List<String> allow, List<String> deny) {
  private static final String ANY = "*.";

  public HostRule {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** Whether a host, in lower case, may be called. */
  public boolean allows(String host) {
    return !matches(deny, host) && (allow.isEmpty() || matches(allow, host));
  }

  private static boolean matches(List<String> patterns, String host) {
    return patterns.stream()
        .anyMatch(one -> one.startsWith(ANY) ? host.endsWith(one.substring(1)) : one.equals(host));
  }
}
