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
 * Which tenant a SPIFFE id sends for. An id stands for itself, one with {@code /**} at its end for
 * all below it; of several that match, the longest counts.
 */
public record SpiffeTenants(List<Rule> rules) {
  static final SpiffeTenants NONE = new SpiffeTenants(List.of());

  private static final String BELOW = "/**";

  /**
   * One id, or all below it.
   *
   * @param below whether the id stands for those below it instead of itself
   */
  record Rule(SpiffeId id, boolean below, LogName tenant) {
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
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, String> one : tenantsById.entrySet()) {
      boolean below = one.getKey().endsWith(BELOW);
      String id =
          below ? one.getKey().substring(0, one.getKey().length() - BELOW.length()) : one.getKey();
      LogName tenant = LogName.parse(one.getValue());
      if (tenant.reserved()) {
        throw new Refused(tenant + " is no tenant");
      }
      rules.add(new Rule(SpiffeId.parse(id), below, tenant));
    }
    return new SpiffeTenants(rules);
  }

  Optional<LogName> tenant(SpiffeId id) {
    return rules.stream().filter(rule -> rule.matches(id)).findFirst().map(Rule::tenant);
  }
}
