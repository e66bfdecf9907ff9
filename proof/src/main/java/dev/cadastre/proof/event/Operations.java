package dev.cadastre.proof.event;

import dev.cadastre.proof.text.FixedUnicode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was done, in one spelling: {@code ScheduleKeyDeletion}, {@code kms:ScheduleKeyDeletion},
 * {@code schedule-deletion} and {@code Schedule Deletion} are all {@code schedule_deletion}.
 * docs/formats/attestation.md has the rule.
 */
public final class Operations {
  /** Acts of a key's life. */
  static final Set<String> LIFECYCLE =
      Set.of(
          "create",
          "generate",
          "import",
          "rotate",
          "rewrap",
          "enable",
          "disable",
          "revoke",
          "schedule_deletion",
          "cancel_deletion",
          "delete",
          "destroy",
          "shred",
          "grant",
          "retire_grant",
          "put_policy",
          "update",
          "replicate",
          "restore",
          "backup");

  private static final Set<String> USES =
      Set.of("encrypt", "decrypt", "wrap", "unwrap", "sign", "verify");

  /** Words that clouds put into names of operations on keys, and that tell nothing more. */
  private static final Set<String> FILLERS = Set.of("key", "keys", "crypto", "version", "versions");

  /** Clouds' own names of the same, without fillers. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "purge", "destroy",
          "rotate_on_demand", "rotate",
          "import_material", "import",
          "delete_imported_material", "delete",
          "create_grant", "grant",
          "revoke_grant", "retire_grant",
          "enable_rotation", "update",
          "disable_rotation", "update",
          "recover", "restore");

  /** {@code Microsoft.KeyVault/vaults/keys/unwrap/action}: Azure's names end so. */
  private static final String ACTION = "/action";

  private static final Pattern SCOPE = Pattern.compile(".*[:/.#]", Pattern.DOTALL);
  private static final Pattern BOUNDARY =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("[-_ \\t]+");

  private Operations() {}

  /** The operation in lower case, words joined by underscores. */
  public static String word(String text) {
    String whole = FixedUnicode.strip(text);
    String named =
        FixedUnicode.lowerCase(whole).endsWith(ACTION)
            ? whole.substring(0, whole.length() - ACTION.length())
            : whole;
    String own = SCOPE.matcher(named).replaceFirst("");
    String[] words =
        SEPARATORS.split(FixedUnicode.lowerCase(BOUNDARY.matcher(own).replaceAll("_")));
    String all = Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining("_"));
    return known(all);
  }

  private static String known(String all) {
    String bare =
        Stream.of(all.split("_"))
            .filter(word -> !FILLERS.contains(word))
            .collect(Collectors.joining("_"));
    boolean known = LIFECYCLE.contains(bare) || USES.contains(bare);
    return known ? bare : ALIASES.getOrDefault(bare, all);
  }
}
