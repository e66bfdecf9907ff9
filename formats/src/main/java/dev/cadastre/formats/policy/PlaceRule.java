package dev.cadastre.formats.policy;

import java.util.List;
import java.util.Optional;

/**
 * Where something may be. What is not allowed is prohibited, and a denied place is prohibited even
 * within an allowed one.
 *
 * @param allow places, or {@link #ANYWHERE}; at least one
 * @param deny places
 * @param control who may control the provider, if the policy says
 */
public record PlaceRule(List<String> allow, List<String> deny, Optional<ControlRule> control) {
  /** Allows every known place. */
  public static final String ANYWHERE = "*";

  public PlaceRule(List<String> allow, List<String> deny) {
    this(allow, deny, Optional.empty());
  }

  public PlaceRule {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
