package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Adopts policies and inventories. */
public final class Policies {
  private Policies() {}

  /**
   * Makes a policy binding for everything that the log takes from then on. The inventory stays the
   * one that is in force.
   *
   * @param source the text the policy was written in, kept for reading
   * @param author who adopts it
   * @throws Refused if it names places that the registry does not know, or does not fit into an
   *     entry
   * @throws StorageFailure if the store cannot take it
   */
  public static Receipt adopt(
      Ledger ledger, LogName log, Policy policy, String source, String author) throws Refused {
    policy.requireKnown(Registry.standard());
    return adopt(
        ledger,
        log,
        before ->
            adoption(author, policy, before.flatMap(AdoptedPolicy::inventory), before, source));
  }

  /**
   * Makes an inventory the one that every later record is held against, beside the policy in force.
   *
   * @param inventory an empty one declares nothing from then on
   * @throws Refused if there is no policy, or the inventory is another tenant's, or names places
   *     that the registry does not know, or does not fit into an entry beside the policy
   */
  public static Receipt adopt(Ledger ledger, LogName log, Inventory inventory, String author)
      throws Refused {
    inventory.requireKnown(Registry.standard());
    return adopt(
        ledger,
        log,
        before -> {
          AdoptedPolicy policy =
              before.orElseThrow(
                  () -> new Refused("log " + log + " has no policy yet; adopt one first"));
          if (!policy.policy().tenant().equals(inventory.tenant())) {
            throw new Refused(
                "expected an inventory of "
                    + policy.policy().tenant()
                    + ", found one of "
                    + inventory.tenant());
          }
          String source = PolicyHistory.adoption(ledger.reader(log), policy.index()).source();
          return adoption(
              author,
              policy.policy(),
              Optional.of(inventory).filter(one -> !one.isEmpty()),
              before,
              source);
        });
  }

  private static PolicyAdoption adoption(
      String author,
      Policy policy,
      Optional<Inventory> inventory,
      Optional<AdoptedPolicy> before,
      String source) {
    return new PolicyAdoption(
        author,
        Judge.VERSION,
        policy.toJson(),
        inventory.map(Inventory::toJson),
        before.map(one -> OptionalLong.of(one.index())).orElse(OptionalLong.empty()),
        Registry.standard().sha256(),
        source);
  }

  private interface Next {
    PolicyAdoption after(Optional<AdoptedPolicy> before) throws Refused;
  }

  private static Receipt adopt(Ledger ledger, LogName log, Next next) throws Refused {
    while (true) {
      PolicyAdoption adoption = next.after(ledger.policy(log));
      AppendResult result = ledger.append(List.of(Draft.adoption(log, adoption))).join();
      if (result instanceof AppendResult.Appended appended) {
        return appended.receipts().get(0);
      }
      if (!(result instanceof AppendResult.StalePolicy)) {
        throw new StorageFailure("cannot adopt a policy in log " + log + ": " + result);
      }
    }
  }
}
