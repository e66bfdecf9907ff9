package dev.cadastre.formats.policy;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What holds for keys.
 *
 * @param places where keys may be
 * @param custody in whose hands they may be; empty when the policy does not say
 * @param maxCacheS how long an unwrapped key may be kept in memory, seconds
 */
public record KeyRules(PlaceRule places, Set<Custody> custody, OptionalLong maxCacheS) {
  public KeyRules {
    custody = Set.copyOf(custody);
  }
}
