package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Hop;

/**
 * A place that is allowed for a while although the rules prohibit it.
 *
 * @param id name within the policy
 * @param category a category, or {@link Policy#ANY_CATEGORY}
 * @param hop the hop
 * @param place what it covers
 * @param scope whose, and what for
 * @param basis the legal basis, in words
 * @param until as written: a UTC date, of which the whole day counts, or a UTC instant
 * @param endNs first Unix nanosecond at which it holds no more
 */
public record Exemption(
    String id,
    String category,
    Hop hop,
    String place,
    ExemptionScope scope,
    String basis,
    String until,
    long endNs) {

  /** How much it asks for: of two that cover an event, the one that asks for more counts. */
  public int exactness() {
    return 2 * scope.allowed().size() + (category.equals(Policy.ANY_CATEGORY) ? 0 : 1);
  }
}
