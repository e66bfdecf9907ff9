package dev.cadastre.formats.policy;

import java.util.List;

/**
 * What holds for the residency claims that requests carry.
 *
 * @param allow the claims with which a gateway may let a request through; at least one
 * @param verified whether the gateway must have checked the claim's signature
 */
public record ClaimRule(List<String> allow, boolean verified) {
  public ClaimRule {
    allow = List.copyOf(allow);
  }
}
