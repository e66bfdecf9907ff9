package dev.cadastre.portal.page.policy;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Duties;
import dev.cadastre.formats.policy.Duties.Said;
import dev.cadastre.formats.policy.Duty;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.policy.PolicyPage.Rule;
import dev.cadastre.portal.text.Foreign;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a policy asks for beside places, in words. */
final class DutyWords {
  private DutyWords() {}

  static void add(List<Rule> rules, Duties duties, PlaceNames names) {
    add(rules, "", duties.said(), names);
    duties.ofKeys().forEach((key, said) -> add(rules, " of " + Foreign.of(key), said, names));
  }

  private static void add(List<Rule> rules, String of, Map<Duty, Said> duties, PlaceNames names) {
    duties.forEach(
        (duty, said) ->
            rules.add(new Rule(duty.id().replace('.', ' ') + of, "", words(duty, said, names))));
  }

  private static String number(double number) {
    return new String(new Json.Num(number).jcs(), StandardCharsets.UTF_8);
  }

  private static String words(Duty duty, Said said, PlaceNames names) {
    return switch (duty.form()) {
      case WORDS -> "only " + Foreign.list(said.words());
      case NUMBER -> "at most " + number(said.number());
      case TIME -> "at most " + Words.seconds((long) said.number());
      case FORBIDDEN -> "not allowed";
      case PLACES ->
          said.places().map(rule -> Foreign.whole(PolicyPage.only(rule, names))).orElse("");
      case SAME -> "that of the original";
      case REFUSED -> "refused";
      case REQUIRED -> "required";
      case BUDGET ->
          "at most " + number(said.number()) + " of epsilon in " + Words.seconds(said.perS());
    };
  }
}
