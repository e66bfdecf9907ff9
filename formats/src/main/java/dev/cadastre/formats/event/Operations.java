package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was done, in one spelling: {@code ScheduleKeyDeletion}, {@code KMSScheduleKeyDeletion},
 * {@code schedule.deletion} and {@code SCHEDULEDELETION()} are all {@code schedule_deletion}.
 * Letters and digits decide, and not how words are told apart. docs/formats/attestation.md has the
 * rule.
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

  /** What else an event's name may say was done with a key. */
  private static final Set<String> OTHER_USES =
      Set.of(
          "access",
          "bootstrap",
          "call",
          "derive",
          "derive_shared_secret",
          "export",
          "fetch",
          "generate_data_key",
          "generate_mac",
          "hmac",
          "mac",
          "re_encrypt",
          "release",
          "verify_mac");

  /** Words that clouds put into names of operations on keys, and that tell nothing more. */
  private static final String FILLERS =
      "(?:keys?|crypto|versions?|kms|aws|gcp|google|cloud|azure)*";

  /** Clouds' own names of the same, without fillers. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("purge", "destroy"),
          Map.entry("rotate_on_demand", "rotate"),
          Map.entry("import_material", "import"),
          Map.entry("delete_imported_material", "delete"),
          Map.entry("create_grant", "grant"),
          Map.entry("revoke_grant", "retire_grant"),
          Map.entry("enable_rotation", "update"),
          Map.entry("disable_rotation", "update"),
          Map.entry("policy", "put_policy"),
          Map.entry("set_policy", "put_policy"),
          Map.entry("set_iam_policy", "put_policy"),
          Map.entry("partition_rights", "put_policy"),
          Map.entry("recover", "restore"));

  /** Operations by their spelling in words. */
  private static final Map<String, String> SPELLINGS = spellings();

  /** The operations in the order of {@link #KNOWN}'s groups. */
  private static final List<String> GROUPS = List.copyOf(SPELLINGS.values());

  /** One group a spelling; fillers may stand around and between its words. */
  private static final Pattern KNOWN =
      Pattern.compile(
          SPELLINGS.keySet().stream()
              .map(spelling -> "(" + spelling.replace("_", FILLERS) + ")")
              .collect(Collectors.joining("|", FILLERS + "(?:", ")" + FILLERS)));

  /** No spelling of an operation has more letters and digits. */
  private static final int MOST = 64;

  /** {@code Microsoft.KeyVault/vaults/keys/unwrap/action}: Azure's names end so. */
  private static final String ACTION = "/action";

  /** Between a name and the names that it lies in. */
  private static final String SCOPES = ":/.#";

  private static final Pattern SCOPE = Pattern.compile("[" + SCOPES + "]");
  private static final Pattern BOUNDARY =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Operations() {}

  /** Every word for a use of a key. */
  static Set<String> uses() {
    return Stream.concat(USES.stream(), OTHER_USES.stream()).collect(Collectors.toSet());
  }

  /** The operation in lower case, words joined by underscores. */
  public static String word(String text) {
    String plain = SPELLINGS.get(text);
    if (plain != null) {
      return plain;
    }
    String whole = FixedUnicode.strip(text);
    String named =
        FixedUnicode.lowerCase(whole).endsWith(ACTION)
            ? whole.substring(0, whole.length() - ACTION.length())
            : whole;
    return known(named).orElseGet(() -> words(named));
  }

  /**
   * The operation that the longest end of a name is which is one, of those that begin the name or
   * stand behind a scope.
   */
  private static Optional<String> known(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    BitSet begins = new BitSet();
    begins.set(0);
    name.codePoints()
        .forEach(
            c -> {
              if (SCOPES.indexOf(c) >= 0) {
                begins.set(letters.length());
              } else if (!separates(c)) {
                letters.appendCodePoint(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
              }
            });
    Matcher matcher = KNOWN.matcher(letters);
    int from = begins.nextSetBit(Math.max(0, letters.length() - MOST));
    for (; from >= 0; from = begins.nextSetBit(from + 1)) {
      if (matcher.region(from, letters.length()).matches()) {
        return Optional.of(operation(matcher));
      }
    }
    return Optional.empty();
  }

  private static String operation(Matcher matcher) {
    int group = 1;
    while (matcher.start(group) < 0) {
      group++;
    }
    return GROUPS.get(group - 1);
  }

  /** The words of the last name among {@code names} that has any. */
  private static String words(String names) {
    String[] scopes = SCOPE.split(BOUNDARY.matcher(names).replaceAll("_"));
    for (int i = scopes.length - 1; i >= 0; i--) {
      String words = joined(FixedUnicode.lowerCase(scopes[i]));
      if (!words.isEmpty()) {
        return words;
      }
    }
    return "";
  }

  private static String joined(String name) {
    StringBuilder spaced = new StringBuilder(name.length());
    name.codePoints().map(c -> separates(c) ? ' ' : c).forEach(spaced::appendCodePoint);
    return Stream.of(spaced.toString().split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("_"));
  }

  /** Whether a code point is no part of a word. */
  private static boolean separates(int c) {
    boolean digit = c >= '0' && c <= '9';
    boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    return c < 0x80 ? !digit && !letter : FixedUnicode.isHidden(c);
  }

  private static Map<String, String> spellings() {
    Map<String, String> all = new TreeMap<>(ALIASES);
    LIFECYCLE.forEach(operation -> all.put(operation, operation));
    USES.forEach(operation -> all.put(operation, operation));
    return all;
  }
}
