package dev.cadastre.portal.cell;

import dev.cadastre.ledger.LogReader;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.PolicyAdoption;
import dev.cadastre.proof.residency.PolicyChanges;
import java.util.List;

/** What a log says of its policies. */
public final class PolicyHistory {
  private PolicyHistory() {}

  /** The adoption that stands in an entry. */
  public static PolicyAdoption adoption(LogReader log, long index) throws Refused {
    Entry entry = log.entry(index);
    if (EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption) {
      return adoption;
    }
    throw new Refused("entry " + index + " adopts no policy");
  }

  /**
   * In what the policy adopted in an entry differs from the one it replaces; empty when it replaces
   * none, or one that says the same.
   */
  public static List<String> changes(LogReader log, PolicyAdoption adoption) throws Refused {
    if (adoption.previous().isEmpty()) {
      return List.of();
    }
    PolicyAdoption before = adoption(log, adoption.previous().getAsLong());
    return PolicyChanges.between(before.policy(), adoption.policy());
  }
}
