package dev.cadastre.ledger.search;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One way in which the contract was broken: a rule, where, and with which key. Entries of which a
 * finding is a violation have it as a term, so that lists and counts of it agree.
 *
 * @param rule the rule's id, as findings name it
 * @param place the place of that hop; empty if the entry names none
 * @param key empty if the entry names none
 */
public record Breach(String rule, Hop hop, Optional<String> place, Optional<String> key) {
  private static final int MEMBERS = 4;

  /** How grave it is that a rule is broken whose id begins so; the first that fits counts. */
  private record Ranked(String rule, int rank) {}

  /** Of places of data, which are not in the list. */
  private static final int OTHER = 3;

  private static final List<Ranked> RANKS =
      List.of(
          new Ranked("keys.disabled", 0),
          new Ranked("keys.withdrawn", 0),
          new Ranked("keys.max-cache", 4),
          new Ranked("keys.cache-expired", 4),
          new Ranked("keys.", 1),
          new Ranked("operators.", 2),
          new Ranked("providers.", 5),
          new Ranked("assurance.", 6));

  /**
   * As a text: {@code [rule, hop, place, key]} in JSON (RFC 8785), {@code null} for what is empty.
   */
  public String wire() {
    return new String(
        new Json.Arr(List.of(Json.of(rule), Json.of(hop.wire()), orNull(place), orNull(key))).jcs(),
        StandardCharsets.UTF_8);
  }

  private static Json orNull(Optional<String> text) {
    return text.<Json>map(Json::of).orElse(Json.Null.NULL);
  }

  /**
   * Reads what {@link #wire} gave.
   *
   * @throws Refused if the text is none
   */
  public static Breach parse(String wire) throws Refused {
    if (Json.parse(wire.getBytes(StandardCharsets.UTF_8)) instanceof Json.Arr members
        && members.items().size() == MEMBERS
        && members.items().get(0) instanceof Json.Str rule
        && members.items().get(1) instanceof Json.Str hop) {
      return new Breach(
          rule.value(),
          Hop.of(hop.value()).orElseThrow(() -> new Refused("there is no hop " + hop.value())),
          text(members.items().get(2)),
          text(members.items().get(3)));
    }
    throw new Refused("a breach is [rule, hop, place, key]; found " + wire);
  }

  private static Optional<String> text(Json member) {
    return member instanceof Json.Str text ? Optional.of(text.value()) : Optional.empty();
  }

  /** How grave it is, 0 the gravest: what undoes most of the others comes first. */
  int rank() {
    return RANKS.stream()
        .filter(ranked -> rule.startsWith(ranked.rule))
        .map(Ranked::rank)
        .findFirst()
        .orElse(OTHER);
  }

  /** The same of a breach's text, as SQL. */
  static String rankOf(String column) {
    StringBuilder sql = new StringBuilder("case");
    for (Ranked ranked : RANKS) {
      sql.append(" when ").append(column).append(" like '[\"").append(ranked.rule);
      sql.append("%' then ").append(ranked.rank);
    }
    return sql.append(" else ").append(OTHER).append(" end").toString();
  }

  /** How the text of every breach with that key ends. */
  static String endOf(String key) {
    return "," + new String(Json.of(key).jcs(), StandardCharsets.UTF_8) + "]";
  }
}
