package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.policy.ControlRule;
import dev.cadastre.formats.policy.Custody;
import dev.cadastre.formats.policy.Duty;
import dev.cadastre.formats.policy.PlaceRule;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.portal.text.Foreign;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy says, in words. It explains; the judge in {@code proof} decides. */
public final class ContractWords {
  private ContractWords() {}

  /** What the contract allows for a hop of a category; "not regulated" where it does not speak. */
  public static String allowed(Policy policy, String category, Hop hop, PlaceNames names) {
    return switch (hop) {
      case KEY -> policy.keys().map(keys -> rule(keys.places(), names)).orElse("not regulated");
      case OPERATOR ->
          policy.operators().isEmpty() ? "not regulated" : names.areas(policy.operators());
      case USER -> policy.users().isEmpty() ? "not regulated" : names.areas(policy.users());
      case PROCESSING, STORAGE, EDGE, EGRESS, GATEWAY, BACKUP ->
          ruleOf(policy, category, hop).map(rule -> rule(rule, names)).orElse("not regulated");
    };
  }

  private static Optional<PlaceRule> ruleOf(Policy policy, String category, Hop hop) {
    Optional<PlaceRule> own =
        Optional.ofNullable(policy.categories().get(category))
            .flatMap(rules -> rules.places().of(hop));
    return own.or(
        () ->
            Optional.ofNullable(policy.categories().get(Policy.ANY_CATEGORY))
                .flatMap(rules -> rules.places().of(hop)));
  }

  /** "EU, Switzerland; never United States". */
  public static String rule(PlaceRule rule, PlaceNames names) {
    String allow =
        rule.allow().contains(PlaceRule.ANYWHERE) ? "anywhere" : names.areas(rule.allow());
    String places = rule.deny().isEmpty() ? allow : allow + "; never " + names.areas(rule.deny());
    return places + rule.control().map(who -> controlled(who, names)).orElse("");
  }

  private static String controlled(ControlRule who, PlaceNames names) {
    return "; of providers controlled "
        + (who.allow().isEmpty() ? "from anywhere" : "only from " + names.areas(who.allow()))
        + (who.deny().isEmpty() ? "" : ", never from " + names.areas(who.deny()));
  }

  /** What a rule's id, as findings name it, is about. */
  public static String about(String rule) {
    Optional<Duty> duty = Duty.of(rule);
    if (duty.isPresent()) {
      return duty.get().about();
    }
    int dot = rule.indexOf('.');
    String head = dot < 0 ? rule : rule.substring(0, dot);
    String tail = dot < 0 ? "" : rule.substring(dot + 1);
    return switch (head) {
      case "no-rule" -> "No rule of the contract speaks of this, so nothing is proven by it.";
      case "place" -> "The place that was reported is not in the registry.";
      case "keys" ->
          switch (tail) {
            case "place" -> "Where keys may be.";
            case "custody" -> "In whose hands keys may be.";
            case "place.controlled-by" ->
                "From which countries the provider of keys may be controlled.";
            case "max-cache" -> "How long an unwrapped key may be kept in memory.";
            case "disabled" ->
                "A key that had been disabled was used; the order of events shows it.";
            case "cache-expired" ->
                "A key was used that should have left memory; the order of events shows it.";
            default -> "A rule for keys.";
          };
      case "gateway" ->
          tail.equals("claims")
              ? "With which residency claims a gateway may let requests pass."
              : "That a gateway must have checked the residency claim.";
      case "operators" -> "From which countries people may operate the service.";
      case "users" -> "From which countries people may look at it.";
      case "providers" -> "Which providers may serve the " + Foreign.of(tail) + " hop.";
      case "assurance" ->
          "How well the place of the " + Foreign.of(tail) + " hop must be evidenced.";
      case "exceptions" -> "The exception " + Foreign.of(tail) + " that the contract names.";
      default -> ofCategory(head, tail);
    };
  }

  private static String ofCategory(String category, String tail) {
    String data =
        category.equals("*") ? "data of any category" : "data of category " + Foreign.of(category);
    return switch (tail) {
      case "purposes" -> "For which purposes " + data + " may be used.";
      case "classifications" ->
          "That the classification of " + data + " is said, where more holds for some of it.";
      case "subjects" ->
          "That it is said whom " + data + " is of, where more holds for some of it.";
      case "egress.hosts" -> "To which hosts " + data + " may be let out.";
      case "egress.purposes" -> "For which purposes " + data + " may be let out.";
      default -> sorted(data, tail);
    };
  }

  /** {@code subjects.minor.storage}, or a hop alone. */
  private static String sorted(String data, String tail) {
    int word = tail.indexOf('.');
    int last = tail.lastIndexOf('.');
    if (word < 0 || last <= word) {
      return "Where " + data + " may be at the " + Foreign.of(tail) + " hop.";
    }
    if (tail.endsWith(".controlled-by")) {
      return "From which countries the provider of "
          + data
          + " may be controlled at the "
          + Foreign.of(tail.substring(0, tail.indexOf('.')))
          + " hop.";
    }
    String sort = data + ", " + Foreign.of(tail.substring(word + 1, last)) + ",";
    String part = tail.substring(last + 1);
    return part.equals("purposes")
        ? "For which purposes " + sort + " may be used."
        : "Where " + sort + " may be at the " + Foreign.of(part) + " hop.";
  }

  /** What it means that a rule, by its id, was not kept. */
  public static String broken(String rule) {
    Optional<Duty> duty = Duty.of(rule);
    if (duty.isPresent()) {
      return "Not kept: " + duty.get().about();
    }
    return switch (rule.substring(0, rule.indexOf('.') + 1)) {
      case "keys." ->
          switch (rule) {
            case "keys.place.controlled-by" ->
                "A key was with a provider who is controlled from where the contract does not"
                    + " allow it.";
            case "keys.custody" -> "A key was in hands that the contract does not allow.";
            case "keys.withdrawn" -> "A key was used by one whose access had been withdrawn.";
            case "keys.disabled" -> "A key was used although it had been disabled.";
            case "keys.cache-expired" ->
                "A key was used from memory, past the time it may be kept there.";
            case "keys.max-cache" ->
                "An unwrapped key was to be kept in memory for longer than the contract allows.";
            default -> "A key was where the contract does not allow it.";
          };
      case "gateway." ->
          "A gateway let a request pass whose residency claim the contract does not allow.";
      case "operators." ->
          "Someone operated the service from a country that the contract does not allow.";
      case "users." -> "Someone looked at it from a country that the contract does not allow.";
      case "providers." -> "A provider served that the contract does not allow.";
      default ->
          rule.endsWith(".controlled-by")
              ? "Data was with a provider who is controlled from where the contract does not allow"
                  + " it."
              : rule.endsWith(".egress.hosts")
                  ? "Data was let out to a host that the contract does not allow."
                  : rule.endsWith(".purposes")
                      ? "Data was used for a purpose that the contract does not allow."
                      : "Data was where the contract does not allow it.";
    };
  }

  /** Whether a rule, by its id, says where the hop may be, rather than by whom or how evidenced. */
  public static boolean ofPlace(String rule, Hop hop) {
    return switch (rule.substring(0, rule.indexOf('.') + 1)) {
      case "providers.", "assurance.", "exceptions." -> false;
      case "keys." -> rule.equals("keys.place");
      case "operators.", "users." -> true;
      default -> rule.endsWith("." + hop.wire());
    };
  }

  /** "customer-held or double-key". */
  public static String custody(Set<Custody> allowed) {
    return allowed.stream().map(Custody::wire).sorted().collect(Collectors.joining(" or "));
  }
}
