package dev.cadastre.formats.event;

import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a record is about: by its event name and the attributes it carries. A sender never
 * reaches a kind that the cell writes about itself.
 */
public final class Kinds {
  private static final Set<String> DATA_ACTIONS =
      Set.of(
          "read",
          "get",
          "list",
          "query",
          "search",
          "view",
          "create",
          "write",
          "put",
          "insert",
          "update",
          "delete",
          "export",
          "import",
          "download",
          "upload",
          "copy",
          "move",
          "share",
          "encrypt",
          "decrypt");

  /** Words that say that a key was used; what only names a key does not use it. */
  private static final Set<String> USES = Operations.uses();

  /** Before such a word. */
  private static final List<String> KEYS = List.of("key.", "dek.", "ekm.");

  /** Kinds whose names leave open what a record is about. */
  private static final Set<Kind> SAYS_NOTHING = Set.of(Kind.OTHER, Kind.DRILL);

  /**
   * Event names up to one of their dots; the longest that is listed decides. Those of senders are
   * docs/semconv's.
   */
  private static final Map<String, Kind> BY_NAME = byName();

  private static final String OWN = "ledger.";
  private static final String KEY = "key.";
  private static final String LIFECYCLE = "key.lifecycle.";
  private static final String USE = "key.use.";

  private Kinds() {}

  /**
   * The kind of a record that came from outside. A name may say that a record is judged, and which
   * of the judged kinds it is; it cannot say that what carries data, inferences or what was done
   * with a key is not.
   *
   * @param name event name, empty when not given
   */
  public static Kind of(String name, Attributes attributes, Attributes resource) {
    Optional<Kind> named = byName(name);
    if (named.filter(Kind::judged).isPresent()) {
      return named.get();
    }
    boolean about = named.isEmpty() || SAYS_NOTHING.contains(named.get());
    return carried(attributes)
        .or(() -> about ? told(name, attributes, resource) : Optional.empty())
        .or(() -> named)
        .or(() -> evidence(attributes))
        .orElse(Kind.OTHER);
  }

  private static Optional<Kind> byName(String name) {
    String plain = FixedUnicode.lowerCase(name);
    String own = plain.startsWith(OWN) ? plain.substring(OWN.length()) : plain;
    if (own.startsWith(KEY) && !own.startsWith(LIFECYCLE) && !own.startsWith(USE)) {
      // A key's operations have many spellings, in names as in attributes.
      String operation = name.substring(plain.length() - own.length() + KEY.length());
      Optional<Kind> act = longest(KEY + Operations.word(operation));
      return act.isPresent() ? act : longest(own).filter(kind -> kind == Kind.KEY_USE);
    }
    return longest(own);
  }

  private static Optional<Kind> longest(String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
      Kind kind = BY_NAME.get(name.substring(0, end));
      if (kind != null) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * The kind of a record that brings another system's, which its importer names. Neither takes away
   * what the other is judged for.
   *
   * @param name the sender's own name for the event, empty when not given
   * @param own attributes that the sender put beside the other's record
   * @param importers the importer's name for it
   */
  public static Kind ofBoth(String name, Attributes own, Attributes resource, String importers) {
    Optional<Kind> named = byName(name);
    Optional<Kind> foreign = byName(importers);
    return named
        .filter(Kind::judged)
        .or(() -> foreign.filter(Kind::judged))
        .or(() -> Optional.of(of(name, own, resource)).filter(Kind::judged))
        .or(() -> named.filter(kind -> kind != Kind.OTHER))
        .or(() -> foreign)
        .orElse(Kind.OTHER);
  }

  /** Whether an event's name says that it is of that kind. */
  public static boolean isNamed(String name, Kind kind) {
    return byName(name).filter(kind::equals).isPresent();
  }

  /** Whether an event's name is one of those, or begins so and with a dot. */
  public static boolean begins(String name, Set<String> beginnings) {
    String plain = FixedUnicode.lowerCaseAscii(name);
    String own = plain.startsWith(OWN) ? plain.substring(OWN.length()) : plain;
    return beginnings.stream()
        .anyMatch(
            one ->
                own.startsWith(one)
                    && (own.length() == one.length() || own.charAt(one.length()) == '.'));
  }

  /** Whether an event of that name is judged whatever it carries. */
  public static boolean isJudged(String name) {
    return byName(name).filter(Kind::judged).isPresent();
  }

  /** Whether an event's name alone tells what a record is about. */
  public static boolean isTelling(String name) {
    return byName(name).filter(kind -> kind != Kind.OTHER).isPresent();
  }

  /** What a record carries, in attributes that nothing else has. */
  private static Optional<Kind> carried(Attributes attributes) {
    Optional<String> operation = attributes.strings(Names.KEY_OPERATION).stream().findFirst();
    if (operation.isPresent()) {
      return Optional.of(keyKind(operation.get()));
    }
    if (attributes.hasPrefix("gen_ai.") || attributes.hasPrefix("ledger.inference.")) {
      return Optional.of(Kind.INFERENCE);
    }
    if (attributes.hasPrefix("ledger.data.")) {
      return Optional.of(Kind.DATA_ACCESS);
    }
    return attributes.hasPrefix("ledger.key.") && isAction(attributes, USES)
        ? Optional.of(Kind.KEY_USE)
        : Optional.empty();
  }

  /**
   * What a record tells of data in the words of any audit record, which decisions, incidents and
   * disclosures use as well; or leaves to the Resource to say.
   */
  private static Optional<Kind> told(String name, Attributes attributes, Attributes resource) {
    boolean record = !name.isEmpty() || attributes.hasPrefix("audit.");
    return isDataAction(attributes) || record && resource.hasPrefix("ledger.data.")
        ? Optional.of(Kind.DATA_ACCESS)
        : Optional.empty();
  }

  private static Optional<Kind> evidence(Attributes attributes) {
    return attributes.has(Names.EVIDENCE_TYPE)
        ? Optional.of(Kind.LOCATION_EVIDENCE)
        : Optional.empty();
  }

  private static Kind keyKind(String operation) {
    return Operations.LIFECYCLE.contains(Operations.word(operation))
        ? Kind.KEY_LIFECYCLE
        : Kind.KEY_USE;
  }

  private static boolean isDataAction(Attributes attributes) {
    return attributes.has(Names.AUDIT_TARGET_ID) && isAction(attributes, DATA_ACTIONS);
  }

  private static boolean isAction(Attributes attributes, Set<String> actions) {
    return attributes.strings(Names.AUDIT_ACTION).stream()
        .anyMatch(action -> actions.contains(Operations.word(action)));
  }

  private static Map<String, Kind> byName() {
    Map<String, Kind> table = new HashMap<>(EventNames.KINDS);
    for (String operation : Operations.LIFECYCLE) {
      table.put(KEY + operation, Kind.KEY_LIFECYCLE);
    }
    for (String use : USES) {
      KEYS.forEach(key -> table.put(key + use, Kind.KEY_USE));
    }
    for (String ofTheCell : List.of("portal", "operator", "detectors", "other")) {
      table.put(ofTheCell, Kind.OTHER);
    }
    return table;
  }
}
