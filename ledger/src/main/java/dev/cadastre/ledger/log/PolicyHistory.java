package dev.cadastre.ledger.log;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.PolicyChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a log says of its policies. */
public final class PolicyHistory {
  /** As many versions as one answer has: each has its source, and what changed takes two reads. */
  public static final int MOST = 100;

  private PolicyHistory() {}

  /**
   * Some versions.
   *
   * @param entries the entries that adopted them, newest first
   * @param before older ones lie before this entry; empty if there are none
   */
  public record Versions(List<Long> entries, OptionalLong before) {}

  /** The newest versions that were adopted before an entry. */
  public static Versions before(LogReader log, long index, int atMost) {
    List<Long> found = log.policiesBefore(index, atMost + 1);
    return found.size() <= atMost
        ? new Versions(found, OptionalLong.empty())
        : new Versions(found.subList(0, atMost), OptionalLong.of(found.get(atMost - 1)));
  }

  /** The adoption that stands in an entry. */
  public static PolicyAdoption adoption(LogReader log, long index) throws Refused {
    Entry entry = log.entry(index);
    if (EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption) {
      return adoption;
    }
    throw new Refused("entry " + index + " adopts no policy");
  }

  /**
   * In what the policy adopted in an entry, and its inventory, differ from those it replaces; empty
   * when it replaces none, or what says the same.
   */
  public static List<String> changes(LogReader log, PolicyAdoption adoption) throws Refused {
    if (adoption.previous().isEmpty()) {
      return List.of();
    }
    PolicyAdoption before = adoption(log, adoption.previous().getAsLong());
    List<String> changes =
        new ArrayList<>(PolicyChanges.between(before.policy(), adoption.policy()));
    Json.Obj none = Json.Obj.builder().build();
    PolicyChanges.between(before.inventory().orElse(none), adoption.inventory().orElse(none))
        .stream()
        .filter(change -> !change.startsWith("tenant:") && !change.startsWith("version:"))
        .forEach(change -> changes.add("inventory." + change));
    return changes;
  }
}
