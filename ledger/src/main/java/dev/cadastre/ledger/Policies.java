package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Adopts policies. */
public final class Policies {
  private Policies() {}

  /**
   * Makes a policy binding for everything that the log takes from then on.
   *
   * @param source the text the policy was written in, kept for reading
   * @param author who adopts it
   * @throws Refused if it names places that the registry does not know, or does not fit into an
   *     entry
   * @throws StorageFailure if the store cannot take it
   */
  public static Receipt adopt(
      Ledger ledger, LogName log, Policy policy, String source, String author) throws Refused {
    Registry registry = Registry.standard();
    policy.requireKnown(registry);
    while (true) {
      Optional<AdoptedPolicy> before = ledger.policy(log);
      OptionalLong previous =
          before.isPresent() ? OptionalLong.of(before.get().index()) : OptionalLong.empty();
      PolicyAdoption adoption =
          new PolicyAdoption(
              author, Judge.VERSION, policy.toJson(), previous, registry.sha256(), source);
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
