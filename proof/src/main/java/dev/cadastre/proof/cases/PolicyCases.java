package dev.cadastre.proof.cases;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import java.util.List;
import java.util.Optional;

/**
 * A document of cases to one policy. docs/formats/policy.md describes its form.
 *
 * @param policy the policy's file, where the document names it
 * @param inventory the file of what is declared of resources, where the document names it
 * @param cases at least one
 */
public record PolicyCases(
    Optional<String> policy, Optional<String> inventory, List<PolicyCase> cases) {
  public PolicyCases {
    cases = List.copyOf(cases);
  }

  /** Whether the document is one of cases rather than a policy. */
  public static boolean isOne(Json.Obj json) {
    return json.has(CaseReader.CASES);
  }

  /**
   * Reads the cases.
   *
   * @param registry what the places that the cases name are canonical in
   */
  public static PolicyCases fromJson(Json.Obj json, Registry registry) throws Refused {
    return new CaseReader(registry).read(json);
  }

  /** Judges every case, each on its own, in the document's order. */
  public List<CaseResult> run(Policy policy, Registry registry) {
    return run(policy, Optional.empty(), registry);
  }

  /** The same under an inventory. */
  public List<CaseResult> run(Policy policy, Optional<Inventory> inventory, Registry registry) {
    return cases.stream().map(one -> CaseRun.run(one, policy, inventory, registry)).toList();
  }
}
