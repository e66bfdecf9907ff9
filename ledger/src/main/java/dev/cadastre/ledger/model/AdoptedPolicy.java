package dev.cadastre.ledger.model;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.Lookup;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import java.util.Optional;

/**
 * A policy in force in a log.
 *
 * @param index the index of the entry that adopted it
 * @param inventory what is declared of resources
 * @param registry the registry it was adopted with
 */
public record AdoptedPolicy(
    long index, Policy policy, Optional<Inventory> inventory, Registry registry) {

  /** One without an inventory. */
  public AdoptedPolicy(long index, Policy policy, Registry registry) {
    this(index, policy, Optional.empty(), registry);
  }

  /** A record with what the inventory declares of what it names, and with its verdict. */
  public RecordEvent judged(RecordEvent event, long receivedNs) {
    RecordEvent completed = Lookup.completed(event, inventory, registry);
    return completed.withVerdict(Judge.judge(completed, policy, registry, index, receivedNs));
  }
}
