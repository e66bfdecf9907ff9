package dev.cadastre.server.cell;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.SpiffeId;
import dev.cadastre.ledger.model.LogName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tenant a SPIFFE id sends for, and on whose side. An id stands for itself, one with {@code
 * /**} at its end for all below it; of several that match, the longest counts.
 */
public record SpiffeTenants(List<Rule> rules) {
  static final SpiffeTenants NONE = new SpiffeTenants(List.of());

  private static final String BELOW = "/**";

  /**
   * One id, or all below it.
   *
   * @param below whether the id stands for those below it instead of itself
   * @param counterpart whether it is the tenant's own, and no vendor's
   */
  record Rule(SpiffeId id, boolean below, LogName tenant, boolean counterpart) {
    boolean matches(SpiffeId other) {
      return below ? holds(other) : id.equals(other);
    }

    private boolean holds(SpiffeId other) {
      int depth = id.path().size();
      return id.trustDomain().equals(other.trustDomain())
          && other.path().size() > depth
          && other.path().subList(0, depth).equals(id.path());
    }
  }

  public SpiffeTenants {
    rules =
        rules.stream()
            .sorted(
                Comparator.comparing((Rule rule) -> !rule.below)
                    .thenComparing(rule -> rule.id.path().size())
                    .reversed())
            .toList();
  }

  /** Reads rules as the configuration file has them: an id, and the tenant it sends for. */
  public static SpiffeTenants parse(Map<String, String> tenantsById) throws Refused {
    return parse(tenantsById, Map.of());
  }

  /**
   * The same, with those that are the tenants' own.
   *
   * @param counterparts by id; none of them is a sender's, too
   */
  public static SpiffeTenants parse(
      Map<String, String> tenantsById, Map<String, String> counterparts) throws Refused {
    for (String id : counterparts.keySet()) {
      if (tenantsById.containsKey(id)) {
        throw new Refused(id + " is the vendor's or its customer's, and not both");
      }
    }
    List<Rule> rules = new ArrayList<>(rules(tenantsById, false));
    rules.addAll(rules(counterparts, true));
    return new SpiffeTenants(rules);
  }

  private static List<Rule> rules(Map<String, String> tenantsById, boolean counterpart)
      throws Refused {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, String> one : tenantsById.entrySet()) {
      boolean below = one.getKey().endsWith(BELOW);
      String id =
          below ? one.getKey().substring(0, one.getKey().length() - BELOW.length()) : one.getKey();
      LogName tenant = LogName.parse(one.getValue());
      if (tenant.reserved()) {
        throw new Refused(tenant + " is no tenant");
      }
      rules.add(new Rule(SpiffeId.parse(id), below, tenant, counterpart));
    }
    return rules;
  }

  Optional<Rule> rule(SpiffeId id) {
    return rules.stream().filter(rule -> rule.matches(id)).findFirst();
  }
}
