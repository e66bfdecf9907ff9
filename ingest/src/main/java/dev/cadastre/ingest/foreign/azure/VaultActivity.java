package dev.cadastre.ingest.foreign.azure;

import java.util.Map;
import java.util.Optional;

/** What operations of Azure's resource manager, in lower case, do to keys and to data. */
final class VaultActivity {
  /** How data get to one place more. */
  enum Transfer {
    COPY,
    REPLICA,
    EXPORT,
    NONE
  }

  private static final Map<String, String> ACTS =
      Map.ofEntries(
          Map.entry("microsoft.keyvault/vaults/delete", "delete"),
          Map.entry("microsoft.keyvault/managedhsms/delete", "delete"),
          Map.entry("microsoft.keyvault/locations/deletedvaults/purge/action", "destroy"),
          Map.entry("microsoft.keyvault/locations/deletedmanagedhsms/purge/action", "destroy"),
          Map.entry("microsoft.keyvault/vaults/keys/write", "create"),
          Map.entry("microsoft.keyvault/managedhsms/keys/write", "create"),
          Map.entry("microsoft.keyvault/vaults/write", "update"),
          Map.entry("microsoft.keyvault/managedhsms/write", "update"),
          Map.entry("microsoft.keyvault/vaults/accesspolicies/write", "put_policy"));

  private static final Map<String, Transfer> TRANSFERS =
      Map.ofEntries(
          Map.entry("microsoft.compute/snapshots/write", Transfer.COPY),
          Map.entry("microsoft.compute/restorepointcollections/write", Transfer.COPY),
          Map.entry("microsoft.compute/galleries/images/versions/write", Transfer.REPLICA),
          Map.entry("microsoft.sql/servers/failovergroups/write", Transfer.REPLICA),
          Map.entry("microsoft.documentdb/databaseaccounts/write", Transfer.REPLICA),
          Map.entry("microsoft.containerregistry/registries/replications/write", Transfer.REPLICA),
          Map.entry("microsoft.sql/servers/databases/export/action", Transfer.EXPORT),
          Map.entry("microsoft.compute/disks/begingetaccess/action", Transfer.EXPORT),
          Map.entry("microsoft.compute/snapshots/begingetaccess/action", Transfer.EXPORT));

  private static final String ASSIGNMENTS = "microsoft.authorization/roleassignments/";

  private VaultActivity() {}

  /** The act of a key's life; a vault's end is one for every key in it. */
  static Optional<String> act(String operation) {
    return Optional.ofNullable(ACTS.get(operation));
  }

  /** Roles that are given or taken back on a vault, or on one of its keys. */
  static Optional<String> access(String operation, String resource) {
    boolean ofVault = resource.contains("/providers/microsoft.keyvault/");
    if (!ofVault || !operation.startsWith(ASSIGNMENTS)) {
      return Optional.empty();
    }
    return Optional.of(operation.endsWith("/delete") ? "retire_grant" : "grant");
  }

  static Transfer transfer(String operation) {
    return TRANSFERS.getOrDefault(operation, Transfer.NONE);
  }
}
