package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.OperationNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision of Open Policy Agent came to. That is up to the policy; read are members and
 * names of rules that policies commonly have. Where they do not tell, nothing is said: a denial
 * must not stand in the ledger as allowed.
 */
final class OpaOutcome {
  private static final String ALLOWED = "allowed";
  private static final String DENIED = "denied";
  private static final String EVALUATED = "evaluated";

  /** Members of a result that say it; without them, those that hold what speaks against it. */
  private static final List<String> ALLOWS = List.of("allow", "allowed", "permit");

  private static final List<String> DENIES = List.of("deny", "denied");
  private static final List<String> OBJECTIONS =
      List.of("deny", "denied", "violation", "violations", "errors");

  private static final Set<String> PERMISSIONS =
      Set.of(
          "allow",
          "allowed",
          "permit",
          "permitted",
          "authorized",
          "authorised",
          "grant",
          "granted");
  private static final Set<String> DENIALS =
      Set.of(
          "deny",
          "denied",
          "violation",
          "violations",
          "block",
          "blocked",
          "reject",
          "rejected",
          "forbid",
          "forbidden",
          "unauthorized",
          "unauthorised");

  private OpaOutcome() {}

  /** In the words of {@code audit.outcome}. */
  static String of(Fields record) {
    if (isMasked(record)) {
      return EVALUATED;
    }
    Optional<Json> result = record.value("result");
    Optional<String> told = members(Fields.of(result));
    if (told.isPresent()) {
      return told.get();
    }
    String rule = rule(record.text("path").orElse(""));
    if (isDenial(rule)) {
      return result.map(OpaOutcome::denial).orElse(ALLOWED);
    }
    if (PERMISSIONS.contains(rule)) {
      return result.map(OpaOutcome::permission).orElse(DENIED);
    }
    return result.isPresent() ? EVALUATED : "undefined";
  }

  /** Whether the result, or something in it, was taken out before it was logged. */
  private static boolean isMasked(Fields record) {
    return record.texts("erased").stream().anyMatch(path -> path.startsWith("/result"))
        || record.texts("masked").stream().anyMatch(path -> path.startsWith("/result"));
  }

  /** The rule's name, the path's last part, in one spelling: {@code isAllowed} is allowed. */
  private static String rule(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('.')) + 1);
    String words = OperationNames.snake(name.replace('-', '_')).toLowerCase(Locale.ROOT);
    return words.startsWith("is_") ? words.substring("is_".length()) : words;
  }

  private static boolean isDenial(String rule) {
    return DENIALS.contains(rule)
        || rule.startsWith("not_") && PERMISSIONS.contains(rule.substring("not_".length()));
  }

  /** Who asked may have looked at either, so that what denies outweighs what allows. */
  private static Optional<String> members(Fields result) {
    if (objection(result, DENIES).filter(DENIED::equals).isPresent()) {
      return Optional.of(DENIED);
    }
    Fields admission = result.in("response");
    if (ALLOWS.stream().anyMatch(name -> result.isFalse(name) || admission.isFalse(name))) {
      return Optional.of(DENIED);
    }
    if (ALLOWS.stream().anyMatch(name -> result.isTrue(name) || admission.isTrue(name))) {
      return Optional.of(ALLOWED);
    }
    return objection(result, OBJECTIONS);
  }

  /** Denied if one of the members denies, allowed if those that are there do not. */
  private static Optional<String> objection(Fields result, List<String> names) {
    List<String> told =
        names.stream()
            .flatMap(name -> result.value(name).stream())
            .map(OpaOutcome::denial)
            .toList();
    return told.contains(DENIED)
        ? Optional.of(DENIED)
        : Optional.of(ALLOWED).filter(told::contains);
  }

  private static String permission(Json result) {
    return result instanceof Json.Bool bool ? bool.value() ? ALLOWED : DENIED : EVALUATED;
  }

  /** What stands under a name that denies denies, unless it is false or empty. */
  private static String denial(Json result) {
    if (result == Json.Null.NULL) {
      return EVALUATED;
    }
    boolean none =
        result instanceof Json.Bool bool && !bool.value()
            || result instanceof Json.Arr list && list.items().isEmpty()
            || result instanceof Json.Obj set && set.members().isEmpty()
            || result instanceof Json.Str text && text.value().isBlank()
            || result instanceof Json.Num number && number.value() == 0;
    return none ? ALLOWED : DENIED;
  }
}
