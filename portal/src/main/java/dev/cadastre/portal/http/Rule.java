package dev.cadastre.portal.http;

import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.model.LogName;

/** Who may take a route. There is no rule that lets everyone into a tenant's log. */
public sealed interface Rule {
  /** Anyone, signed in or not. */
  record Open() implements Rule {}

  /** Whoever has the permission in the log that the path names as {@code {tenant}}. */
  record OfTenant(Permission permission) implements Rule {
    /** Whether the principal may take the route into that log. */
    public boolean lets(Principal principal, LogName log) {
      return principal.may(permission, log);
    }
  }

  static Rule open() {
    return new Open();
  }

  static Rule of(Permission permission) {
    return new OfTenant(permission);
  }
}
