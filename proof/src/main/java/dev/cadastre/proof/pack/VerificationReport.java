package dev.cadastre.proof.pack;

import dev.cadastre.proof.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What verifying a pack found.
 *
 * @param checks in order
 * @param origin the log that the pack claims to be of, as far as it could be read
 * @param from index of the first entry, 0 if unknown
 * @param to index after the last entry, 0 if unknown
 * @param firstWrongEntry index of the first entry that is wrong, if an entry is
 */
public record VerificationReport(
    List<Check> checks, Optional<String> origin, long from, long to, OptionalLong firstWrongEntry) {
  public VerificationReport {
    checks = List.copyOf(checks);
  }

  /** A report on a file that could not even be opened as a pack. */
  public static VerificationReport unopened(PackRefused why) {
    Check check = new Check(Checks.ARCHIVE, Check.Status.FAILED, why.getMessage());
    return new VerificationReport(List.of(check), Optional.empty(), 0, 0, OptionalLong.empty());
  }

  /** Whether nothing failed. */
  public boolean verified() {
    return firstFailure().isEmpty();
  }

  /** Whether the keys were found in a trust policy, and not only in the pack. */
  public boolean trusted() {
    return check(Checks.TRUST.id()).map(check -> check.status() == Check.Status.OK).orElse(false);
  }

  /**
   * The check to show first: that of the entries if an entry is wrong, or else the first that
   * failed.
   */
  public Optional<Check> firstFailure() {
    Optional<Check> entry =
        checks.stream()
            .filter(check -> failed(check) && firstWrongEntry.isPresent() && speaksOfEntries(check))
            .findFirst();
    return entry.isPresent()
        ? entry
        : checks.stream().filter(VerificationReport::failed).findFirst();
  }

  private static boolean failed(Check check) {
    return check.status() == Check.Status.FAILED;
  }

  private static boolean speaksOfEntries(Check check) {
    return List.of(
            Checks.ENTRIES, Checks.COMPLETENESS, Checks.EVENTS, Checks.POLICIES, Checks.VERDICTS)
        .stream()
        .anyMatch(kind -> kind.id().equals(check.id()));
  }

  /** The check of this id. */
  public Optional<Check> check(String id) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst();
  }

  /** For machines. */
  public Json.Obj toJson() {
    Json.Builder json =
        Json.Obj.builder()
            .put("checks", new Json.Arr(checks.stream().<Json>map(Check::toJson).toList()))
            .put("from", from)
            .put("result", verified() ? "verified" : "refused")
            .put("to", to)
            .put("trusted", trusted());
    json.putIf("origin", origin);
    firstWrongEntry.ifPresent(index -> json.put("firstWrongEntry", index));
    firstFailure().ifPresent(check -> json.put("reason", check.title() + ": " + check.detail()));
    return json.build();
  }
}
