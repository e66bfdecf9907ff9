package dev.cadastre.ledger.search;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.json.Json;
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
    return switch (rule.substring(0, rule.indexOf('.') + 1)) {
      case "keys." ->
          switch (rule) {
            case "keys.disabled" -> 0;
            case "keys.max-cache", "keys.cache-expired" -> 4;
            default -> 1;
          };
      case "operators." -> 2;
      case "providers." -> 5;
      case "assurance." -> 6;
      default -> 3;
    };
  }
}
