package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of what a record tells. A failure that is no refusal, such as a throttled call, shows
 * neither that somebody may nor that he may not. docs/formats/vocabulary.md has the rule and its
 * tables.
 */
public enum Attempt {
  /** It was done. */
  SUCCEEDED,
  /** Whoever decides said no. */
  REFUSED,
  /** It was not done, or nobody knows, and nothing tells that somebody said no. */
  INCONCLUSIVE;

  private static final Set<String> SAYS_NO =
      Set.of("denied", "deny", "refused", "rejected", "blocked", "forbidden");

  private static final Set<String> SAYS_NOT_DONE =
      Set.of(
          "failure",
          "failed",
          "fail",
          "error",
          "unsuccessful",
          "unauthenticated",
          "unauthorized",
          "unknown",
          "requested",
          "timeout",
          "timed_out",
          "throttled",
          "aborted",
          "cancelled",
          "canceled");

  /**
   * Codes that mean a refusal, by whose they are. A star at the end stands for what may follow.
   * Compared are their letters and digits, which no two of different meaning share.
   */
  private static final Map<String, List<String>> CODES =
      Map.of(
          "aws",
              List.of(
                  "AccessDenied*",
                  "DisabledException",
                  "KMSAccessDenied*",
                  "KMSDisabled*",
                  "KMSInvalidState*",
                  "UnauthorizedOperation"),
          "azure", List.of("Forbidden", "KeyDisabled"),
          "gcp", List.of("PERMISSION_DENIED"),
          "http", List.of("403"),
          "kmip", List.of("Permission Denied", "Wrong Key Lifecycle State"),
          "kubernetes", List.of("Forbidden"),
          "pkcs11", List.of("CKR_ACTION_PROHIBITED", "CKR_KEY_FUNCTION_NOT_PERMITTED"),
          "vault", List.of("permission denied"));

  /** Codes that mean a refusal of a key's use, and of other things much else. */
  private static final Map<String, List<String>> CODES_OF_USES =
      Map.of("gcp", List.of("FAILED_PRECONDITION"));

  private static final Set<String> WHOLE = letters(CODES, false);
  private static final Set<String> BEGINNINGS = letters(CODES, true);
  private static final Set<String> WHOLE_OF_USES = letters(CODES_OF_USES, false);

  /** Between a code and the names that it lies in. */
  private static final String SCOPES = ":/.#$";

  /** What came of a record's act. One without a word, and without an error, was done. */
  public static Attempt of(RecordEvent event) {
    Attributes said = event.attributes();
    Optional<String> outcome = said.string(Names.AUDIT_OUTCOME);
    boolean use = event.kind() == Kind.KEY_USE;
    if (outcome.isPresent()) {
      String word = word(outcome.get());
      if (SAYS_NO.contains(word) || isRefusal(outcome.get(), use)) {
        return REFUSED;
      }
      if (!SAYS_NOT_DONE.contains(word)) {
        return SUCCEEDED;
      }
    } else if (said.string(Names.ERROR_TYPE).isEmpty()) {
      return SUCCEEDED;
    }
    return Stream.of(Names.ERROR_TYPE, Names.REASON_CODE)
            .flatMap(name -> said.string(name).stream())
            .anyMatch(code -> isRefusal(code, use))
        ? REFUSED
        : INCONCLUSIVE;
  }

  /** The name that events are found by. */
  public String wire() {
    return FixedUnicode.lowerCase(name());
  }

  public static Optional<Attempt> of(String wire) {
    return Stream.of(values()).filter(one -> one.wire().equals(wire)).findFirst();
  }

  /** The codes that mean a refusal, by whose they are, those of keys' uses alone included. */
  static Map<String, List<String>> codes(boolean ofUsesAlone) {
    return ofUsesAlone ? CODES_OF_USES : CODES;
  }

  private static boolean isRefusal(String code, boolean use) {
    String letters = letters(last(FixedUnicode.strip(code)));
    return WHOLE.contains(letters)
        || use && WHOLE_OF_USES.contains(letters)
        || BEGINNINGS.stream().anyMatch(letters::startsWith);
  }

  /** What stands behind the last of the names that a code lies in. */
  private static String last(String code) {
    for (int i = code.length() - 1; i >= 0; i--) {
      if (SCOPES.indexOf(code.charAt(i)) >= 0) {
        return code.substring(i + 1);
      }
    }
    return code;
  }

  /** Letters and digits of ASCII, small. */
  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        letters.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        letters.append((char) (c + ('a' - 'A')));
      }
    }
    return letters.toString();
  }

  private static Set<String> letters(Map<String, List<String>> codes, boolean beginnings) {
    return codes.values().stream()
        .flatMap(List::stream)
        .filter(code -> code.endsWith("*") == beginnings)
        .map(Attempt::letters)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String word(String text) {
    return FixedUnicode.lowerCaseAscii(FixedUnicode.strip(text))
        .replace('-', '_')
        .replace(' ', '_');
  }
}
