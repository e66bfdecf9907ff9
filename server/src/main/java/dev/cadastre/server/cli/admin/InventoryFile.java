package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.server.cli.option.UserFiles;
import dev.cadastre.server.yaml.YamlDocument;
import java.nio.file.Path;

/** Reads an inventory that the command line names. */
final class InventoryFile {
  private InventoryFile() {}

  /** Refuses what is no inventory, with line and column. */
  static Inventory read(Path file) throws Refused {
    YamlDocument document =
        YamlDocument.parse(file.toString(), UserFiles.read(file, YamlDocument.MAX_BYTES));
    try {
      Inventory inventory = Inventory.fromJson(document.root());
      inventory.requireKnown(Registry.standard());
      return inventory;
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }
}
