package dev.cadastre.server.cell;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.server.yaml.YamlDocument;

/**
 * A residency policy as people write it.
 *
 * @param source the YAML text, which is kept beside the policy for reading
 */
public record PolicyYaml(Policy policy, String source) {

  /**
   * Reads a policy and checks that the registry knows every place it names.
   *
   * @param name what to call it in messages, such as its file's name
   */
  public static PolicyYaml parse(String name, byte[] utf8) throws Refused {
    YamlDocument document = YamlDocument.parse(name, utf8);
    try {
      Policy policy = Policy.fromJson(document.root());
      policy.requireKnown(Registry.standard());
      return new PolicyYaml(policy, document.text());
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }
}
