package dev.cadastre.formats.policy;

import java.util.List;

/**
 * Where something may be. What is not allowed is prohibited, and a denied place is prohibited even
 * within an allowed one.
 *
 * @param allow places, or {@link #ANYWHERE}; at least one
 * @param deny places
 */
public record PlaceRule(List<String> allow, List<String> deny) {
  /** Allows every known place. */
  public static final String ANYWHERE = "*";

  public PlaceRule {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
