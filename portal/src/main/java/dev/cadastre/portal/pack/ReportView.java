package dev.cadastre.portal.pack;

import dev.cadastre.proof.attestation.Observation;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Scope;
import dev.cadastre.proof.attestation.Tally;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.event.Outcome;
import dev.cadastre.proof.residency.Policy;
import dev.cadastre.proof.residency.Region;
import dev.cadastre.proof.residency.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An attestation in the words and the order in which people read it. */
public final class ReportView {
  private static final int LISTED_RUNS = 12;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String tenant;
  private final ResidencyAttestation attestation;
  private final Registry registry = Registry.standard();

  ReportView(String tenant, ResidencyAttestation attestation) {
    this.tenant = tenant;
    this.attestation = attestation;
  }

  public String tenant() {
    return tenant;
  }

  public Scope scope() {
    return attestation.scope();
  }

  public ResidencyAttestation attestation() {
    return attestation;
  }

  public long entries() {
    return scope().to() - scope().from();
  }

  public boolean fromBirth() {
    return scope().before().isEmpty();
  }

  public String from() {
    return time(scope().fromNs());
  }

  public String to() {
    return time(scope().toNs());
  }

  /** What was known of keys before the period; empty if it begins with the log. */
  public String carried() {
    if (scope().from() == 0) {
      return "";
    }
    return attestation
        .carried()
        .map(
            known ->
                "As entry "
                    + known.index()
                    + ", the last before the period, has it: "
                    + known.disabled()
                    + " disabled, "
                    + known.fetched()
                    + " in an instance's memory"
                    + (known.omitted() == 0
                        ? "."
                        : "; " + known.omitted() + " more had no room in it."))
        .orElse(
            "Nothing: uses of keys that were disabled or fetched before the period cannot be"
                + " told.");
  }

  public long judged() {
    return attestation.outcomes().total();
  }

  public long count(String outcome) {
    return attestation.outcomes().of(outcome);
  }

  /** The finding of the whole period in a sentence. */
  public String sentence() {
    long violations = count(Outcome.VIOLATION.wire());
    long unproven = count(Outcome.UNPROVEN.wire());
    if (judged() == 0) {
      return "Nothing was judged in this period.";
    }
    if (violations > 0) {
      return violations + " of " + judged() + " judged events broke the policy.";
    }
    if (unproven > 0) {
      return "No judged event broke the policy; " + unproven + " could not be proven either way.";
    }
    return "Every judged event kept to the policy.";
  }

  /** One row of the table by category. */
  public record CategoryRow(String name, Map<String, Long> counts, long total) {}

  public List<CategoryRow> categories() {
    List<CategoryRow> rows = new ArrayList<>();
    attestation.categories().forEach((name, tally) -> rows.add(row(name, tally)));
    return rows;
  }

  private static CategoryRow row(String name, Tally tally) {
    String shown = name.equals(Policy.ANY_CATEGORY) ? "no category named" : name;
    return new CategoryRow(shown, tally.counts(), tally.total());
  }

  /** One place at which a hop was seen. */
  public record PlaceRow(Observation what, String where, long count) {
    /** The category; nothing when the event named none. */
    public String category() {
      return what.category().equals(Policy.ANY_CATEGORY) ? "" : what.category();
    }
  }

  public List<PlaceRow> places() {
    List<PlaceRow> rows = new ArrayList<>();
    attestation
        .observations()
        .forEach((what, count) -> rows.add(new PlaceRow(what, where(what.place()), count)));
    return rows;
  }

  private String where(String place) {
    Optional<Region> region = registry.region(place);
    if (region.isPresent()) {
      return region.get().name() + ", " + country(region.get().country());
    }
    return country(place);
  }

  private String country(String code) {
    return registry.countries().getOrDefault(code, "");
  }

  /** One key's period. */
  public record KeyRow(KeyHistory key, String custody, String places, List<String> revocations) {}

  public List<KeyRow> keys() {
    return attestation.keys().stream()
        .map(
            key ->
                new KeyRow(
                    key,
                    String.join(", ", key.custody()),
                    String.join(", ", key.places()),
                    key.revocations().stream().map(ReportView::revocation).toList()))
        .toList();
  }

  private static String revocation(Revocation one) {
    String disabled = "disabled by entry " + one.index() + " at " + time(one.atNs());
    String denied =
        one.timeToRevoke()
            .map(
                after ->
                    ", first denial " + seconds(after) + " s later (entry " + denial(one) + ")")
            .orElse(", no denial seen yet");
    long uses = one.uses().count();
    return disabled + denied + (uses == 0 ? "" : ", still used " + uses + " times");
  }

  private static long denial(Revocation one) {
    return one.denial().orElseThrow();
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "." + String.format(Locale.ROOT, "%03d", duration.toMillisPart());
  }

  /** Entry numbers as people write them: 3, 7–9. */
  public String runs(Runs runs) {
    String text =
        runs.runs().stream()
            .limit(LISTED_RUNS)
            .map(
                run ->
                    run.first() == run.last() ? "" + run.first() : run.first() + "–" + run.last())
            .collect(Collectors.joining(", "));
    int more = runs.runs().size() - LISTED_RUNS;
    return more > 0 ? text + " and " + more + " more ranges" : text;
  }

  private static String time(long ns) {
    return UTC.format(Instant.ofEpochSecond(0, ns));
  }
}
