package dev.cadastre.proof.report;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.attestation.AnchorPoint;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Carried;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.SideCounts;
import dev.cadastre.proof.attestation.Tally;
import dev.cadastre.proof.attestation.Timing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A pack's report: the attestation of its period for people. */
public final class ReportPage {
  private static final String VIOLATION = Outcome.VIOLATION.wire();
  private static final String UNPROVEN = Outcome.UNPROVEN.wire();
  private static final List<String> OUTCOMES =
      List.of(
          Outcome.COMPLIANT.wire(),
          Outcome.EXCEPTION.wire(),
          UNPROVEN,
          Outcome.PREVENTED.wire(),
          VIOLATION);

  private final ResidencyAttestation it;
  private final HtmlWriter page;
  private final ReportTables tables;

  private ReportPage(ResidencyAttestation it, Optional<Registry> registry) {
    this.it = it;
    this.page =
        PageFrame.begin(
            "Residency attestation",
            "Residency attestation",
            PageFrame.tenant(it.scope().origin()));
    this.tables = new ReportTables(page, new PolicyPlaceNames(registry));
  }

  /**
   * The page of an attestation.
   *
   * @param registry the one that the last of the attestation's policies names, for the names of
   *     places; empty if there is no policy
   */
  public static byte[] of(ResidencyAttestation attestation, Optional<Registry> registry) {
    return new ReportPage(attestation, registry).render();
  }

  private byte[] render() {
    head();
    population();
    verdicts();
    page.raw("\n<h2>Violations</h2>\n");
    tables.findings("Entries that broke the policy, by rule and place", it.violations());
    page.raw("\n<h2>Prevented</h2>\n");
    tables.findings("Attempts that would have broken the policy, and were refused", it.prevented());
    page.raw("\n<h2>Exceptions used</h2>\n");
    tables.findings("Entries that only an agreed exception allows", it.exceptions());
    unproven();
    page.raw("\n<h2>Places</h2>\n");
    tables.places(it.observations());
    keys();
    tables.inventory(it.inventory());
    it.rotation().ifPresent(tables::rotation);
    tables.twoSides(it.twoSides());
    tables.approvals(it.approvals());
    tables.completeness(it);
    tables.policies(it.policies());
    omitted();
    page.raw("\n<h2>What this does not say</h2>\n")
        .raw("<p>It does not say that every event was sent, nor, by itself, where a machine")
        .raw(" physically stood: each place carries its assurance. It says who signed only to")
        .raw(" those who have compared the key's fingerprint with one from elsewhere.")
        .raw(" <code>README.html</code> shows how to check it.</p>\n");
    return PageFrame.end(page);
  }

  private void head() {
    AttestationScope scope = it.scope();
    page.raw("<p class=\"lead\">")
        .text(PageFrame.time(scope.fromNs()) + " to " + PageFrame.time(scope.toNs()))
        .raw("</p>\n<p class=\"verdict")
        .raw(count(VIOLATION) > 0 ? " bad" : count(UNPROVEN) > 0 ? " open" : "")
        .raw("\">")
        .text(sentence())
        .raw("</p>\n<p class=\"soft\">This page is computed from the attestation, and that from")
        .raw(" the entries in this pack; the verifier computes both again and compares every")
        .raw(" byte. The signed form is <code>data/attestation/residency.dsse.json</code>.</p>\n");
  }

  private long count(String outcome) {
    return it.outcomes().of(outcome);
  }

  /** The finding of the whole period in a sentence. */
  private String sentence() {
    long prevented = count(Outcome.PREVENTED.wire());
    return kept()
        + (prevented == 0 ? "" : " " + prevented + " more would have broken it, and were refused.");
  }

  private String kept() {
    long judged = it.outcomes().total();
    if (judged == 0) {
      return "Nothing was judged in this period.";
    }
    if (count(VIOLATION) > 0) {
      return count(VIOLATION) + " of " + judged + " judged events broke the policy.";
    }
    if (count(UNPROVEN) > 0) {
      return "No judged event broke the policy; "
          + count(UNPROVEN)
          + " could not be proven either way.";
    }
    return "Every judged event kept to the policy.";
  }

  private void population() {
    AttestationScope scope = it.scope();
    page.raw("\n<h2>Population</h2>\n<dl>\n<dt>Log</dt><dd>").code(scope.origin()).raw("</dd>\n");
    page.raw("<dt>Entries</dt><dd><b>").count(scope.to() - scope.from()).raw("</b>: ");
    page.index(scope.from()).raw(" up to, not including, ").index(scope.to());
    page.raw(", complete and in order</dd>\n<dt>Judged</dt><dd><b>");
    page.count(it.outcomes().total()).raw("</b> events</dd>\n<dt>Opened by</dt><dd>");
    scope.before().ifPresentOrElse(this::anchor, () -> page.raw("the birth of the log"));
    page.raw("</dd>\n<dt>Closed by</dt><dd>");
    scope.after().ifPresent(this::anchor);
    page.raw("</dd>\n<dt>Root at the end</dt><dd>").code(scope.root().hex()).raw("</dd>\n");
    sides(it.sides());
    timing(it.timing());
    page.raw("</dl>\n");
  }

  private void anchor(AnchorPoint anchor) {
    page.raw("anchor ").index(anchor.index()).raw(" of ").foreign(anchor.date());
    page.raw(", root ").code(anchor.root().hex());
  }

  private void sides(SideCounts sides) {
    if (!sides.isEmpty()) {
      page.raw("<dt>Told by</dt><dd>the vendor: ").count(sides.counts().of("vendor"));
      page.raw("; the customer: <b>").count(sides.counts().of("customer")).raw("</b>, of which ");
      page.count(sides.outcomes().total()).raw(" are judged (");
      page.count(sides.outcomes().of(VIOLATION)).raw(" broke the policy); the cell itself: ");
      page.count(sides.counts().of("cell")).raw("</dd>\n");
    }
  }

  private void timing(Timing timing) {
    page.raw("<dt>By event's own time</dt><dd>").count(timing.within()).raw(" within the period, ");
    page.count(timing.late()).raw(" older (late), ").count(timing.early());
    page.raw(" newer (early), ").count(timing.undated()).raw(" without a time</dd>\n");
  }

  private void verdicts() {
    page.raw("\n<h2>Verdicts</h2>\n");
    page.table(
        "Judged events by data category. An event of two categories counts in both.",
        Stream.of(
                Stream.of("category"),
                OUTCOMES.stream().map(outcome -> "#" + outcome),
                Stream.of("#all"))
            .flatMap(names -> names)
            .toList());
    it.categories().entrySet().stream().limit(ReportTables.MOST_ROWS).forEach(this::category);
    page.endTable();
    tables.more(it.categories().size());
  }

  private void category(Map.Entry<String, Tally> row) {
    boolean named = !row.getKey().equals(Policy.ANY_CATEGORY);
    page.raw("<tr><th scope=\"row\">").foreign(named ? row.getKey() : "none named").raw("</th>");
    for (String outcome : OUTCOMES) {
      long count = row.getValue().of(outcome);
      page.raw("<td class=\"n").raw(count > 0 ? " " + outcome : "").raw("\">").count(count);
      page.raw("</td>");
    }
    page.number(row.getValue().total()).raw("</tr>\n");
  }

  private void unproven() {
    page.raw("\n<h2>What could not be proven</h2>\n<dl>\n<dt>Unproven</dt><dd><b>");
    page.count(count(UNPROVEN)).raw("</b>");
    tables.entries(it.unproven());
    page.raw("</dd>\n<dt>Not understood</dt><dd><b>").count(it.problems().count()).raw("</b>");
    tables.entries(it.problems());
    page.raw("</dd>\n</dl>\n");
  }

  private void keys() {
    page.raw("\n<h2>Keys</h2>\n");
    if (it.scope().from() > 0) {
      page.raw("<p class=\"soft\">Known from before: ").text(carried()).raw("</p>\n");
    }
    tables.keys(it.keys());
    it.timeToRevoke().ifPresent(tables::timeToRevoke);
  }

  private String carried() {
    return it.carried()
        .map(ReportPage::carried)
        .orElse(
            "nothing; uses of keys that were disabled or fetched before the period cannot be"
                + " told.");
  }

  private static String carried(Carried known) {
    String omitted =
        known.omitted() == 0 ? "." : "; " + known.omitted() + " more had no room in it.";
    return known.disabled()
        + " disabled, "
        + known.withdrawn()
        + " withdrawn in part, "
        + known.approved()
        + " approvals and "
        + known.fetched()
        + " in an instance's memory, "
        + (known.told() == 0 ? "" : known.told() + " calls told by one side, ")
        + "as entry "
        + known.index()
        + ", the last before the period, has it"
        + omitted;
  }

  private void omitted() {
    if (it.omitted().total() == 0) {
      return;
    }
    page.raw("\n<h2>What the attestation does not list</h2>\n");
    page.raw("<p>Counts are complete. Lists have an end; this is how often something had no room");
    page.raw(" in one. The entries hold it all.</p>\n");
    page.table("Not listed", List.of("list", "#times"));
    it.omitted()
        .counts()
        .forEach(
            (list, times) ->
                page.raw("<tr><th scope=\"row\">")
                    .foreign(list)
                    .raw("</th>")
                    .number(times)
                    .raw("</tr>\n"));
    page.endTable();
  }
}
