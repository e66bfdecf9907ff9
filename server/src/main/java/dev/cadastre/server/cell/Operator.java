package dev.cadastre.server.cell;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.vault.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an operator may do to a cell. Each act is also an entry in the cell's own log. */
public final class Operator {
  private final Cell cell;
  private final String sender;

  Operator(Cell cell, String sender) {
    this.cell = cell;
    this.sender = sender;
  }

  /**
   * Makes a tenant's log and adopts its first policy. A tenant whose provisioning was interrupted
   * between the two is completed.
   *
   * @return the index of the entry that adopts the policy
   */
  public long addTenant(LogName tenant, PolicyYaml policy) throws Refused {
    if (!cell.ledger().exists(tenant)) {
      cell.ledger().create(tenant);
    } else if (cell.ledger().policy(tenant).isPresent()) {
      throw new Refused(
          "tenant " + tenant + " exists already; change its policy with: policy set " + tenant);
    }
    long index = adopt(tenant, policy, sender);
    note("tenant.add", tenant.value(), Map.of());
    return index;
  }

  /**
   * Makes the policy the one that every later event of the tenant is judged by.
   *
   * @param author who decided so, for the entry to say
   * @return the index of the entry that adopts it
   */
  public long adoptPolicy(LogName tenant, PolicyYaml policy, String author) throws Refused {
    cell.requireTenant(tenant);
    long index = adopt(tenant, policy, author);
    note("policy.set", tenant.value(), Map.of("policy", policy.policy().sha256().hex()));
    return index;
  }

  /**
   * Makes the inventory the one that every later event of the tenant is held against.
   *
   * @param author who declares it, for the entry to say
   * @return the index of the entry that adopts it
   */
  public long adoptInventory(LogName tenant, Inventory inventory, String author) throws Refused {
    cell.requireTenant(tenant);
    long index = Policies.adopt(cell.ledger(), tenant, inventory, author).index();
    note("inventory.adopt", tenant.value(), Map.of("inventory", inventory.sha256().hex()));
    return index;
  }

  /**
   * Destroys the keys of a tenant's pseudonyms in a period. That it was ordered is noted first, so
   * that a key that is left, or comes back from a backup, shows.
   *
   * @param period such as {@code 2026-03}
   */
  public void destroyPersons(LogName tenant, String period) throws Refused {
    cell.requireTenant(tenant);
    int newest =
        cell.ledger().personKeys(tenant).stream()
            .filter(key -> key.period().equals(period))
            .mapToInt(PersonKey::number)
            .max()
            .orElseThrow(
                () ->
                    new Refused(
                        "tenant "
                            + tenant
                            + " has no pseudonyms of "
                            + period
                            + "; see: persons list "
                            + tenant));
    note("persons.destroy", tenant.value(), Map.of("persons", period + "." + newest));
    cell.ledger().destroyPersons(tenant, period);
  }

  /** Makes a token; see {@link dev.cadastre.ledger.access.Tokens#issue}. */
  public String issueToken(
      Role role, Optional<LogName> tenant, String label, Optional<Duration> validFor)
      throws Refused {
    if (tenant.isPresent()) {
      cell.requireTenant(tenant.get());
    }
    if (role == Role.COUNTERPART && tenant.isEmpty()) {
      throw new Refused("a counterpart speaks for one tenant, not for all of them");
    }
    String token = cell.tokens().issue(role, tenant, label, validFor);
    String id = cell.tokens().verify(token).orElseThrow().tokenId();
    note(
        "token.issue",
        "token/" + id,
        Map.of("role", role.wire(), "tenant", tenant.map(LogName::value).orElse("*")));
    return token;
  }

  /** Ends a token and the sessions that began with it. */
  public void revokeToken(String id) throws Refused {
    cell.tokens().revoke(id);
    note("token.revoke", "token/" + id, Map.of());
  }

  /**
   * Says that the cell goes on from a backup.
   *
   * @param made when the backup was made
   * @param why why more was lost than needed be; empty if nothing was
   * @param losses how much was, as far as that is known
   */
  public void restored(Instant made, String why, int losses) throws Refused {
    Map<String, String> details = new TreeMap<>();
    details.put("backup", made.toString());
    if (losses > 0) {
      details.put("losses", Integer.toString(losses));
      details.put("reason", why);
    }
    note("restore", LogName.CELL.value(), details);
  }

  /** Makes an anchor now. The act is noted first, so that the anchor covers the note. */
  public Anchorer.Made anchor() throws Refused {
    note("anchor", LogName.ANCHORS.value(), Map.of());
    return cell.anchorer().anchorNow();
  }

  void confirmClock() throws Refused {
    note("clock.confirm", LogName.CELL.value(), Map.of());
  }

  private long adopt(LogName tenant, PolicyYaml policy, String author) throws Refused {
    return Policies.adopt(cell.ledger(), tenant, policy.policy(), policy.source(), author).index();
  }

  private void note(String action, String target, Map<String, String> details) throws Refused {
    Map<String, Value> attributes = new TreeMap<>();
    attributes.put(Names.AUDIT_ACTION, Value.of(action));
    attributes.put(Names.AUDIT_TARGET_ID, Value.of(target));
    details.forEach((name, value) -> attributes.put("ledger.operator." + name, Value.of(value)));
    RecordEvent act =
        RecordEvent.builder(Kind.OPERATOR_ACT, sender)
            .name("ledger.operator.act")
            .time(nanos(cell.clock().instant()))
            .attributes(Attributes.of(attributes))
            .build();
    AppendResult result =
        cell.ledger().append(List.of(Draft.record(LogName.CELL, act, List.of()))).join();
    if (result instanceof AppendResult.Unavailable unavailable) {
      throw new StorageFailure(
          "the act could not be noted in the cell's log: " + unavailable.why());
    }
    if (!(result instanceof AppendResult.Appended)) {
      throw new StorageFailure("the act could not be noted in the cell's log: " + result);
    }
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
