package dev.cadastre.formats.policy;

import java.util.List;

/**
 * From which countries the provider of a place may be controlled, for those can compel it wherever
 * it is.
 *
 * @param allow countries and jurisdictions; empty allows what is not denied
 * @param deny countries and jurisdictions
 */
public record ControlRule(List<String> allow, List<String> deny) {
  public ControlRule {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** The same as a rule of where the controlling companies are. */
  public PlaceRule places() {
    return new PlaceRule(allow.isEmpty() ? List.of(PlaceRule.ANYWHERE) : allow, deny);
  }
}
