package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.cases.CaseResult;
import dev.cadastre.proof.cases.PolicyCases;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.UserFiles;
import dev.cadastre.server.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Cases and the policy they are about.
 *
 * @param document the cases' file
 * @param policyFile the policy's file
 */
record PolicyTestFile(
    YamlDocument document,
    PolicyCases cases,
    Path policyFile,
    Policy policy,
    Optional<Inventory> inventory) {
  private static final String CASES_END = ".test.yaml";
  private static final String POLICY_END = ".yaml";

  /** Reads what {@code file} names: the cases, or a policy that has its cases beside it. */
  static PolicyTestFile read(Path file) throws Refused {
    YamlDocument named = document(file);
    if (PolicyCases.isOne(named.root())) {
      return of(file, named);
    }
    Path cases = beside(file, POLICY_END, CASES_END);
    if (!Files.exists(cases)) {
      throw Failure.mistake(
          file
              + " has no member \"cases\", and if it is a policy, its cases are expected in "
              + cases);
    }
    return of(cases, document(cases));
  }

  private static PolicyTestFile of(Path file, YamlDocument document) throws Refused {
    PolicyCases cases = cases(document);
    Path policy =
        cases
            .policy()
            .map(name -> file.resolveSibling(name))
            .orElseGet(() -> beside(file, CASES_END, POLICY_END));
    PolicyYaml yaml =
        PolicyYaml.parse(policy.toString(), UserFiles.read(policy, YamlDocument.MAX_BYTES));
    Optional<Inventory> inventory = Optional.empty();
    if (cases.inventory().isPresent()) {
      Path beside = file.resolveSibling(cases.inventory().get());
      inventory = Optional.of(InventoryFile.read(beside));
    }
    return new PolicyTestFile(document, cases, policy, yaml.policy(), inventory);
  }

  private static PolicyCases cases(YamlDocument document) throws Refused {
    try {
      return PolicyCases.fromJson(document.root(), Registry.standard());
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }

  private static YamlDocument document(Path file) throws Refused {
    return YamlDocument.parse(file.toString(), UserFiles.read(file, YamlDocument.MAX_BYTES));
  }

  private static Path beside(Path file, String end, String otherEnd) {
    String name = file.getFileName().toString();
    if (!name.endsWith(end)) {
      throw Failure.mistake(
          "expected a file whose name ends in "
              + end
              + ", found "
              + file
              + "; or name the policy in the cases: \"policy: FILE\"");
    }
    return file.resolveSibling(name.substring(0, name.length() - end.length()) + otherEnd);
  }

  List<CaseResult> run() {
    return cases.run(policy, inventory, Registry.standard());
  }

  /** The line on which a case stands. */
  int line(CaseResult result) {
    return document.position(result.of().path()).map(YamlDocument.Position::line).orElse(1);
  }
}
