package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a policy asks for beside places.
 *
 * @param said by duty
 * @param ofKeys what holds of keys' duties instead for some keys, by a key's id or by {@code *}
 *     behind what ids begin with
 */
public record Duties(Map<Duty, Said> said, SortedMap<String, Map<Duty, Said>> ofKeys) {
  /** Of a policy that asks for none. */
  public static final Duties NONE = new Duties(Map.of(), new TreeMap<>());

  static final String KEYS = "keys";
  private static final String NAMED = "named";
  private static final String ANY = "*";
  private static final String SAME = "same";
  private static final String REFUSED = "refused";
  private static final String EPSILON = "epsilon";
  private static final String EVERY = "every";
  private static final int KEY_CHARS_MAX = 512;

  /** Sections of their own. */
  private static final List<String> SECTIONS =
      Stream.of(Duty.values())
          .map(Duty::section)
          .filter(name -> !name.equals(KEYS))
          .distinct()
          .toList();

  public Duties {
    said = copy(said);
    SortedMap<String, Map<Duty, Said>> copied = new TreeMap<>();
    ofKeys.forEach((name, duties) -> copied.put(name, copy(duties)));
    ofKeys = Collections.unmodifiableSortedMap(copied);
  }

  private static Map<Duty, Said> copy(Map<Duty, Said> said) {
    return said.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(said));
  }

  /**
   * What is said for a duty: one of these, by its form.
   *
   * @param words what is allowed
   * @param number what is the most, or the most seconds
   * @param perS in how many seconds
   * @param places where
   */
  public record Said(List<String> words, double number, long perS, Optional<PlaceRule> places) {
    public Said {
      words = List.copyOf(words);
    }

    static Said of(List<String> words) {
      return new Said(words, 0, 0, Optional.empty());
    }

    static Said of(double number) {
      return new Said(List.of(), number, 0, Optional.empty());
    }

    static Said of(PlaceRule rule) {
      return new Said(List.of(), 0, 0, Optional.of(rule));
    }
  }

  public boolean isEmpty() {
    return said.isEmpty() && ofKeys.isEmpty();
  }

  /** What holds for a record that names such a key, if it names one. */
  public Map<Duty, Said> of(Optional<String> key) {
    Optional<Map<Duty, Said>> own = key.flatMap(this::ofKey);
    if (own.isEmpty()) {
      return said;
    }
    Map<Duty, Said> all = new EnumMap<>(Duty.class);
    all.putAll(said);
    all.putAll(own.get());
    return all;
  }

  /** The key's own, or what the longest beginning of its id has. */
  private Optional<Map<Duty, Said>> ofKey(String key) {
    Optional<String> longest = Optional.empty();
    for (String name : ofKeys.keySet()) {
      boolean fits = fits(name, key);
      if (name.equals(key)) {
        return Optional.ofNullable(ofKeys.get(name));
      }
      if (fits && longest.filter(other -> other.length() >= name.length()).isEmpty()) {
        longest = Optional.of(name);
      }
    }
    return longest.flatMap(name -> Optional.ofNullable(ofKeys.get(name)));
  }

  /** Whether a key's id is that, or begins with what stands before a star. */
  public static boolean fits(String name, String key) {
    return name.endsWith(ANY)
        ? key.startsWith(name.substring(0, name.length() - 1))
        : key.equals(name);
  }

  /** Whether it asks for anything that only the order of the log shows. */
  public boolean ofOrder() {
    return asked().anyMatch(Duty::isOfOrder);
  }

  /** Every word of which one must be said, such as who signed. */
  List<String> words() {
    return Stream.concat(Stream.of(said), ofKeys.values().stream())
        .flatMap(one -> one.values().stream())
        .flatMap(one -> one.words().stream())
        .toList();
  }

  /** What it asks for, of all keys or of some. */
  public Stream<Duty> asked() {
    return Stream.concat(
        said.keySet().stream(), ofKeys.values().stream().flatMap(one -> one.keySet().stream()));
  }

  /** The members of a policy that say it, beside {@code keys}. */
  static List<String> sections() {
    return SECTIONS;
  }

  /** The members of {@code keys} that say it. */
  static List<String> ofKeysMembers() {
    return Stream.concat(Duty.members(KEYS).stream(), Stream.of(NAMED)).toList();
  }

  static Duties read(PolicyNode root) throws Refused {
    Map<Duty, Said> said = new EnumMap<>(Duty.class);
    SortedMap<String, Map<Duty, Said>> ofKeys = new TreeMap<>();
    for (String section : SECTIONS) {
      Optional<PolicyNode> node = root.find(section);
      if (node.isPresent()) {
        node.get().namesOf(Duty.members(section));
        read(node.get(), section, said);
      }
    }
    Optional<PolicyNode> keys = root.find(KEYS);
    if (keys.isPresent()) {
      read(keys.get(), KEYS, said);
      Optional<PolicyNode> named = keys.get().find(NAMED);
      for (String name : named.isPresent() ? named.get().names() : List.<String>of()) {
        ofKeys.put(name, ofKey(named.get().member(name), name));
      }
    }
    return new Duties(said, ofKeys);
  }

  private static Map<Duty, Said> ofKey(PolicyNode node, String name) throws Refused {
    int star = name.indexOf(ANY);
    if (name.length() > KEY_CHARS_MAX || star == 0 || star > 0 && star < name.length() - 1) {
      throw node.refused(
          "expected a key's id, or what ids begin with and \"*\", found " + Encodings.quote(name));
    }
    List<String> known =
        Duty.in(KEYS).stream().filter(Duty::isOfSingleKeys).map(Duty::member).toList();
    node.namesOf(known);
    Map<Duty, Said> said = new EnumMap<>(Duty.class);
    read(node, KEYS, said);
    if (said.isEmpty()) {
      throw node.refused("expected one of " + String.join(", ", known) + ", found none");
    }
    return said;
  }

  private static void read(PolicyNode node, String section, Map<Duty, Said> said) throws Refused {
    for (Duty duty : Duty.in(section)) {
      Optional<PolicyNode> member = node.find(duty.member());
      if (member.isPresent()) {
        said.put(duty, said(member.get(), duty.form()));
      }
    }
  }

  private static Said said(PolicyNode node, Duty.Form form) throws Refused {
    return switch (form) {
      case WORDS -> Said.of(node.textOrTexts());
      case NUMBER -> Said.of(node.number());
      case TIME -> Said.of(PolicyTime.seconds(node));
      case FORBIDDEN -> flag(node, false);
      case REQUIRED -> flag(node, true);
      case PLACES -> {
        node.namesOf(List.of("allow", "deny"));
        yield Said.of(PolicyReader.allowDeny(node));
      }
      case SAME -> Said.of(List.of(node.oneOf(node.text(), List.of(SAME))));
      case REFUSED -> Said.of(List.of(node.oneOf(node.text(), List.of(REFUSED))));
      case BUDGET -> {
        node.namesOf(List.of(EPSILON, EVERY));
        long perS = PolicyTime.seconds(node.member(EVERY));
        if (perS == 0) {
          throw node.member(EVERY).refused("expected a time longer than none");
        }
        yield new Said(List.of(), node.member(EPSILON).number(), perS, Optional.empty());
      }
    };
  }

  /** The other answer is what holds where nothing is said. */
  private static Said flag(PolicyNode node, boolean only) throws Refused {
    if (node.flag() != only) {
      throw node.refused("expected " + only + ", found " + !only + "; leave it out instead");
    }
    return Said.of(List.of());
  }

  void put(Json.Builder json) {
    for (String section : SECTIONS) {
      Json.Obj members = members(section, said);
      if (!members.members().isEmpty()) {
        json.put(section, members);
      }
    }
  }

  /** The members that belong among those of {@code keys}. */
  void putOfKeys(Json.Builder keys) {
    members(KEYS, said).members().forEach(keys::put);
    if (!ofKeys.isEmpty()) {
      Json.Builder named = Json.Obj.builder();
      ofKeys.forEach((name, duties) -> named.put(name, members(KEYS, duties)));
      keys.put(NAMED, named.build());
    }
  }

  private static Json.Obj members(String section, Map<Duty, Said> said) {
    Json.Builder members = Json.Obj.builder();
    said.forEach(
        (duty, one) -> {
          if (duty.section().equals(section)) {
            members.put(duty.member(), json(duty.form(), one));
          }
        });
    return members.build();
  }

  private static Json json(Duty.Form form, Said said) {
    return switch (form) {
      case WORDS -> Json.strings(said.words);
      case NUMBER -> new Json.Num(said.number);
      case TIME -> Json.of((long) said.number + "s");
      case FORBIDDEN -> Json.of(false);
      case REQUIRED -> Json.of(true);
      case REFUSED -> Json.of(REFUSED);
      case BUDGET ->
          Json.Obj.builder()
              .put(EPSILON, new Json.Num(said.number))
              .put(EVERY, Json.of(said.perS + "s"))
              .build();
      case PLACES -> PolicyWriter.placeRule(said.places.orElseThrow()).build();
      case SAME -> Json.of(SAME);
    };
  }
}
