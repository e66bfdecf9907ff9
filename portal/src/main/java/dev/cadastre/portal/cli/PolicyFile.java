package dev.cadastre.portal.cli;

import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.cell.PolicyYaml;
import dev.cadastre.portal.yaml.YamlDocument;
import dev.cadastre.proof.Refused;
import java.nio.file.Path;

/** Reads a policy that the command line names. */
final class PolicyFile {
  private PolicyFile() {}

  static PolicyYaml read(Path file, LogName tenant, ProcessContext host) throws Refused {
    PolicyYaml yaml =
        PolicyYaml.parse(file.toString(), UserFiles.read(file, YamlDocument.MAX_BYTES));
    if (!yaml.policy().tenant().equals(tenant.value())) {
      host.err()
          .println(
              "cadastre: note: "
                  + file
                  + " says it is the policy of "
                  + yaml.policy().tenant()
                  + ", not of "
                  + tenant);
    }
    return yaml;
  }
}
