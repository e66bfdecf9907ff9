package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.UserFiles;
import dev.cadastre.server.yaml.YamlDocument;
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
