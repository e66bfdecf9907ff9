package dev.cadastre.ingest.foreign.azure;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Mapping;

/**
 * A key's name in Azure: {@code https://VAULT/keys/NAME[/VERSION]}, also as the start of a
 * request's path.
 *
 * @param id the name without version
 * @param version empty if the name has none
 */
record KeyVaultName(String id, String version) {
  private static final String KEYS = "/keys/";

  static KeyVaultName of(String text) {
    int keys = text.indexOf(KEYS);
    if (keys < 0) {
      return new KeyVaultName(text, "");
    }
    String[] rest = text.substring(keys + KEYS.length()).split("/", 3);
    String id = text.substring(0, keys) + KEYS + rest[0];
    boolean hasVersion = rest.length > 1 && rest[1].matches("[0-9a-fA-F]{32}");
    return new KeyVaultName(id, hasVersion ? rest[1] : "");
  }

  void put(Mapping to) {
    to.put(Names.KEY_ID, id);
    to.put(Names.KEY_VERSION, version);
  }
}
