package dev.cadastre.ledger.access;

import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.model.LogName;
import java.util.Optional;

/**
 * Whoever presented a valid token.
 *
 * @param tokenId 8 hex digits that name the token and do not help to guess it
 * @param tenant the one log the token is good for; empty for every tenant's
 */
public record Principal(String tokenId, Role role, Optional<LogName> tenant) {

  /**
   * Whether this principal may do that to that log. The cell's own logs are nobody's but an
   * all-tenants principal's, and nobody sends to them.
   */
  public boolean may(Permission permission, LogName log) {
    return role.grants(permission)
        && tenant.map(log::equals).orElse(true)
        && !(permission == Permission.SEND && log.reserved());
  }

  /** Whether this principal may do that to the cell as a whole. */
  public boolean mayInCell(Permission permission) {
    return role.grants(permission) && tenant.isEmpty();
  }

  /** How the entries that this principal causes name their sender. */
  public String sender() {
    return (role == Role.COUNTERPART ? Side.COUNTERPART : "") + "token/" + tokenId;
  }
}
