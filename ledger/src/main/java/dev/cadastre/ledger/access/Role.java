package dev.cadastre.ledger.access;

import static dev.cadastre.ledger.access.Permission.ADMINISTER;
import static dev.cadastre.ledger.access.Permission.EXPORT_EVIDENCE;
import static dev.cadastre.ledger.access.Permission.READ_EVENTS;
import static dev.cadastre.ledger.access.Permission.READ_PRIVATE;
import static dev.cadastre.ledger.access.Permission.READ_PROOFS;
import static dev.cadastre.ledger.access.Permission.SEND;

import dev.cadastre.formats.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token is for. This table is the whole of it: a permission not listed is denied.
 *
 * <p>A sender checks its receipts but reads nothing. The operator runs the cell and sees what its
 * customers see, but no private attributes.
 */
public enum Role {
  INGEST(SEND, READ_PROOFS),
  /** The customer's own systems, which tell its side of the story to its own log. */
  COUNTERPART(SEND, READ_PROOFS),
  VIEWER(READ_PROOFS, READ_EVENTS, EXPORT_EVIDENCE),
  AUDITOR(READ_PROOFS, READ_EVENTS, EXPORT_EVIDENCE, READ_PRIVATE),
  OPERATOR(READ_PROOFS, READ_EVENTS, EXPORT_EVIDENCE, ADMINISTER);

  private final Set<Permission> permissions;

  Role(Permission... permissions) {
    this.permissions = Set.of(permissions);
  }

  public boolean grants(Permission permission) {
    return permissions.contains(permission);
  }

  /** The role's name in tokens, tables and commands. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role parse(String wire) throws Refused {
    return Arrays.stream(values())
        .filter(role -> role.wire().equals(wire))
        .findFirst()
        .orElseThrow(() -> new Refused("a role is one of " + all() + "; found '" + wire + "'"));
  }

  private static String all() {
    return Arrays.stream(values()).map(Role::wire).collect(Collectors.joining(", "));
  }
}
