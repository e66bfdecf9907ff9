package dev.cadastre.ingest.gate;

import dev.cadastre.ledger.model.LogName;
import java.util.Map;
import java.util.Optional;

/**
 * How much tenants may send.
 *
 * @param usual what holds for whoever is not named, and for each credential that may write to any
 *     tenant
 */
public record Limits(TenantLimits usual, Map<LogName, TenantLimits> tenants) {
  public static final Limits GENEROUS = new Limits(TenantLimits.GENEROUS, Map.of());

  public Limits {
    tenants = Map.copyOf(tenants);
  }

  public TenantLimits of(Optional<LogName> tenant) {
    return tenant.map(one -> tenants.getOrDefault(one, usual)).orElse(usual);
  }
}
