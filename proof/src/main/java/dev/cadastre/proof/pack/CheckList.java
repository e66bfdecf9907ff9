package dev.cadastre.proof.pack;

import dev.cadastre.formats.Refused;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Collects the checks of one verification; each kind is reported once, and what failed stays
 * failed.
 */
final class CheckList {
  private final Map<Checks, Check> checks = new EnumMap<>(Checks.class);
  private OptionalLong firstWrong = OptionalLong.empty();

  /** A check that gives a value or is refused. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws Refused;
  }

  /** A check that needs something verified before. */
  @FunctionalInterface
  interface StepOn<S, T> {
    T run(S given) throws Refused;
  }

  void ok(Checks kind, String detail) {
    put(kind, Check.Status.OK, detail);
  }

  void fail(Checks kind, String detail) {
    put(kind, Check.Status.FAILED, detail);
  }

  /** A failure that names an entry. */
  void fail(Checks kind, WrongEntry wrong) {
    fail(kind, wrong.describe());
    if (firstWrong.isEmpty() || wrong.index() < firstWrong.getAsLong()) {
      firstWrong = OptionalLong.of(wrong.index());
    }
  }

  /** The lowest index that a failure named. */
  OptionalLong firstWrongEntry() {
    return firstWrong;
  }

  /** Reports every check on entries that nothing was reported of. */
  void skipRest(String why) {
    for (Checks kind : EnumSet.range(Checks.BIRTH, Checks.TABLE)) {
      skip(kind, why);
    }
  }

  void skip(Checks kind, String why) {
    put(kind, Check.Status.SKIPPED, why);
  }

  void note(Checks kind, String detail) {
    put(kind, Check.Status.NOTE, detail);
  }

  /** The first word stands, unless a later check finds that it was too good. */
  private void put(Checks kind, Check.Status status, String detail) {
    Check check = new Check(kind, status, detail);
    checks.merge(
        kind,
        check,
        (before, now) ->
            status == Check.Status.FAILED && before.status() != Check.Status.FAILED ? now : before);
  }

  /** Runs a check whose result is the detail to show. */
  void step(Checks kind, Step<String> step) {
    value(kind, step, Function.identity());
  }

  <S> void stepIf(Checks kind, Optional<S> given, StepOn<S, String> step) {
    valueIf(kind, given, step, Function.identity());
  }

  <T> Optional<T> value(Checks kind, Step<T> step, Function<T, String> describe) {
    Optional<T> value = quiet(kind, step);
    value.ifPresent(found -> ok(kind, describe.apply(found)));
    return value;
  }

  <S, T> Optional<T> valueIf(
      Checks kind, Optional<S> given, StepOn<S, T> step, Function<T, String> describe) {
    if (given.isEmpty()) {
      skip(kind, "needs a check that failed");
      return Optional.empty();
    }
    return value(kind, () -> step.run(given.get()), describe);
  }

  /**
   * Runs a check that only reports if it fails. Hostile input may find a bug of ours; the answer to
   * that is no, not a stack trace.
   */
  <T> Optional<T> quiet(Checks kind, Step<T> step) {
    try {
      return Optional.of(step.run());
    } catch (Refused e) {
      fail(kind, e.getMessage());
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(kind, "the verifier could not cope with this input (" + e + ")");
    }
    return Optional.empty();
  }

  /** All checks in the order of {@link Checks}. */
  List<Check> inOrder() {
    return checks.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .map(Map.Entry::getValue)
        .toList();
  }
}
