package dev.cadastre.proof.pack;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What verifying a pack found.
 *
 * @param checks in order
 * @param origin the log that the pack claims to be of, as far as it could be read
 * @param from index of the first entry, 0 if unknown
 * @param to index after the last entry, 0 if unknown
 * @param firstWrongEntry index of the first entry that is wrong, if an entry is
 * @param span what is at both ends; empty if not everything between them holds
 */
public record VerificationReport(
    List<Check> checks,
    Optional<String> origin,
    long from,
    long to,
    OptionalLong firstWrongEntry,
    Optional<PackSpan> span) {
  private static final Set<String> ABOUT_ENTRIES =
      Set.of(
          Checks.ENTRIES.id(),
          Checks.COMPLETENESS.id(),
          Checks.EVENTS.id(),
          Checks.POLICIES.id(),
          Checks.VERDICTS.id());
  private static final Set<String> ABOUT_WRAPPING =
      Set.of(Checks.FILES.id(), Checks.SIGNATURE.id());

  public VerificationReport {
    checks = List.copyOf(checks);
  }

  /** A report on a file that could not even be opened as a pack. */
  public static VerificationReport unopened(PackRefused why) {
    Check check = new Check(Checks.ARCHIVE, Check.Status.FAILED, why.getMessage());
    return new VerificationReport(
        List.of(check), Optional.empty(), 0, 0, OptionalLong.empty(), Optional.empty());
  }

  /** Whether nothing failed, and nothing was left out but what does not apply. */
  public boolean verified() {
    return checks.stream().noneMatch(VerificationReport::stands);
  }

  /** Whether a check stands in the way of the verdict. */
  private static boolean stands(Check check) {
    return switch (check.status()) {
      case OK, NOTE -> false;
      case FAILED -> true;
      case SKIPPED -> !check.id().equals(Checks.ANCHOR_BEFORE.id());
    };
  }

  /** Whether the keys were found in a trust policy, and not only in the pack. */
  public boolean trusted() {
    return check(Checks.TRUST.id()).map(check -> check.status() == Check.Status.OK).orElse(false);
  }

  /**
   * The check to show first. Whoever alters an entry or a proof also breaks digests and the
   * signature over them, so those are named only where nothing says more.
   */
  public Optional<Check> firstFailure() {
    return checks.stream().filter(VerificationReport::stands).min(Comparator.comparing(this::rank));
  }

  private int rank(Check check) {
    if (check.status() == Check.Status.SKIPPED) {
      return 3;
    }
    if (firstWrongEntry.isPresent() && ABOUT_ENTRIES.contains(check.id())) {
      return 0;
    }
    return ABOUT_WRAPPING.contains(check.id()) ? 2 : 1;
  }

  /** The check of this id. */
  public Optional<Check> check(String id) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst();
  }

  /** What no check speaks of, so that nobody takes it for checked. */
  public List<String> notChecked() {
    return notChecked(trusted());
  }

  List<String> notChecked(boolean keysAreKnown) {
    List<String> left = new ArrayList<>();
    if (!keysAreKnown) {
      left.add("whose keys these are");
    }
    left.add("that every event was sent to the log, and that what was told is true");
    left.add("when entries were received, by any clock but the log's own and the anchors'");
    left.add("what the log found of senders' signatures and of evidence of place");
    if (from > 0) {
      left.add("what was known before entry " + from + ": the pack before this one shows it");
    }
    return left;
  }

  /** For machines. */
  public Json.Obj toJson() {
    Json.Builder json =
        Json.Obj.builder()
            .put("checks", new Json.Arr(checks.stream().<Json>map(Check::toJson).toList()))
            .put("from", from)
            .put("notChecked", Json.strings(notChecked()))
            .put("result", verified() ? "verified" : "refused")
            .put("to", to)
            .put("trusted", trusted());
    json.putIf("origin", origin);
    span.flatMap(PackSpan::part).ifPresent(part -> json.put("part", part.toJson()));
    firstWrongEntry.ifPresent(index -> json.put("firstWrongEntry", index));
    firstFailure().ifPresent(check -> json.put("reason", check.title() + ": " + check.detail()));
    return json.build();
  }
}
