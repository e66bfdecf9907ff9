package dev.cadastre.proof.report;

import dev.cadastre.formats.policy.Policy;
import dev.cadastre.proof.attestation.ApprovalCounts;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.InventoryCounts;
import dev.cadastre.proof.attestation.Observation;
import dev.cadastre.proof.attestation.PolicyUse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.RotationCoverage;
import dev.cadastre.proof.attestation.SideMatches;
import dev.cadastre.proof.attestation.SignatureCounts;
import dev.cadastre.proof.attestation.TimeToRevoke;
import dev.cadastre.proof.detect.ChainHistory;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.detect.SequenceHistory;
import dev.cadastre.proof.detect.Streams;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The tables of a report, each with an end. */
final class ReportTables {
  static final int MOST_ROWS = 500;
  private static final int MOST_RUNS = 12;
  private static final int MOST_NAMES = 6;

  private final HtmlWriter page;
  private final PolicyPlaceNames names;

  ReportTables(HtmlWriter page, PolicyPlaceNames names) {
    this.page = page;
    this.names = names;
  }

  /** Says how many rows are left out of a list of {@code rows}. */
  void more(int rows) {
    if (rows > MOST_ROWS) {
      page.raw("<p class=\"soft\">").count(rows - MOST_ROWS);
      page.raw(" more rows are in the attestation.</p>\n");
    }
  }

  void findings(String caption, List<FindingGroup> groups) {
    if (groups.isEmpty()) {
      page.raw("<p>None.</p>\n");
      return;
    }
    page.table(
        caption + "; an entry may stand in several rows",
        List.of("rule", "hop", "place", "#entries", "which"));
    groups.stream().limit(MOST_ROWS).forEach(this::finding);
    page.endTable();
    more(groups.size());
  }

  private void finding(FindingGroup group) {
    FindingGroup.What what = group.what();
    page.raw("<tr><th scope=\"row\">").code(what.rule()).raw("</th><td>").text(what.hop());
    page.raw("</td><td>");
    place(what.place());
    page.raw("</td>").number(group.count()).raw("<td>");
    told(group.customers());
    page.text(runs(group.entries()));
    page.raw("</td></tr>\n");
  }

  /** How many of a count the customer told, if it told any. */
  private void told(long customers) {
    if (customers > 0) {
      page.raw("<span class=\"soft\">").count(customers).raw(" told by the customer:</span> ");
    }
  }

  private void place(String place) {
    if (!place.isEmpty()) {
      page.code(place);
    }
    String name = names.of(place);
    if (!name.isEmpty()) {
      page.raw(" <span class=\"soft\">").foreign(name).raw("</span>");
    }
  }

  void places(SortedMap<Observation, Long> observations) {
    if (observations.isEmpty()) {
      page.raw("<p>No event says where it was.</p>\n");
      return;
    }
    page.table(
        "Where each hop was seen, and how well that is supported",
        List.of("category", "hop", "place", "assurance", "verdict", "#events"));
    observations.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(seen -> observation(seen.getKey(), seen.getValue()));
    page.endTable();
    more(observations.size());
  }

  private void observation(Observation what, long count) {
    boolean named = !what.category().equals(Policy.ANY_CATEGORY);
    page.raw("<tr><td>").foreign(named ? what.category() : "none named").raw("</td><td>");
    page.text(what.hop()).raw("</td><td>");
    place(what.place());
    page.raw("</td><td>").text(what.assurance()).raw("</td><td class=\"").text(what.outcome());
    page.raw("\">").text(what.outcome());
    page.raw(what.side().isEmpty() ? "" : " <span class=\"soft\">(told by the customer)</span>");
    page.raw("</td>").number(count).raw("</tr>\n");
  }

  void keys(List<KeyHistory> keys) {
    if (keys.isEmpty()) {
      page.raw("<p>No key was used or changed.</p>\n");
      return;
    }
    page.table(
        "Keys that the entries of the period name",
        List.of("key", "custody", "where", "#uses", "#refused", "#inconclusive", "#rotations"));
    keys.stream().limit(MOST_ROWS).forEach(this::key);
    page.endTable();
    more(keys.size());
  }

  private void key(KeyHistory key) {
    page.raw("<tr><th scope=\"row\">").code(key.keyId());
    KeyHistory.Uses theirs = key.customers();
    if (!theirs.equals(KeyHistory.Uses.NONE)) {
      page.raw(" <span class=\"soft\">told by the customer: ").count(theirs.succeeded());
      page.raw(" uses, ").count(theirs.denials()).raw(" refused, ").count(theirs.inconclusive());
      page.raw(" inconclusive</span>");
    }
    page.raw("</th><td>");
    page.foreign(key.custody().stream().limit(MOST_NAMES).toList()).raw("</td><td>");
    page.foreign(key.places().stream().limit(MOST_NAMES).toList()).raw("</td>");
    page.number(key.uses()).number(key.denials()).number(key.inconclusive());
    page.number(key.rotations().count()).raw("</tr>\n");
    key.revocations().stream()
        .limit(MOST_NAMES)
        .forEach(
            one ->
                page.raw("<tr><td colspan=\"7\" class=\"soft\">")
                    .text(revocation(one))
                    .raw("</td></tr>\n"));
  }

  private static String revocation(Revocation one) {
    String denied =
        one.timeToRevoke().isPresent()
            ? ", first refusal "
                + seconds(one.timeToRevoke().get())
                + " s later (entry "
                + one.denial().orElseThrow()
                + ")"
            : ", no refusal seen yet";
    String last =
        one.lastUse()
            .map(use -> ", last use " + when(one, use) + " (entry " + use.index() + ")")
            .orElse("");
    long uses = one.uses().count();
    long failed = one.inconclusive().count();
    return revoked(one)
        + " by entry "
        + one.index()
        + " at "
        + PageFrame.time(one.atNs())
        + last
        + denied
        + (uses == 0 ? "" : ", still used " + times(uses))
        + (failed == 0 ? "" : ", tried without a clear answer " + times(failed));
  }

  private static String revoked(Revocation one) {
    return switch (one.scope().of()) {
      case KEY -> "disabled";
      case VERSION -> "version " + one.scope().name() + " disabled";
      case IDENTITY -> "access of " + one.scope().name() + " withdrawn";
    };
  }

  private static String when(Revocation one, Revocation.Use use) {
    Duration later = Duration.ofNanos(use.atNs() - one.atNs());
    return later.isNegative()
        ? seconds(later.negated()) + " s before"
        : seconds(later) + " s later";
  }

  private static String times(long count) {
    return count + (count == 1 ? " time" : " times");
  }

  /** How soon revocations took hold, and of how many that is known. */
  void timeToRevoke(TimeToRevoke time) {
    page.raw("<p>")
        .text(
            "Of "
                + time.revocations()
                + (time.revocations() == 1 ? " revocation, " : " revocations, ")
                + time.observed()
                + (time.observed() == 1 ? " was" : " were")
                + " followed by a refused use, which shows that it took hold."
                + (time.observed() == 0
                    ? ""
                    : " That took (at least to at most) "
                        + interval(time, 50)
                        + " s in half of them, "
                        + interval(time, 95)
                        + " s in 95 of 100, "
                        + interval(time, 100)
                        + " s in all."))
        .raw("</p>\n");
  }

  private static String interval(TimeToRevoke time, int percent) {
    return seconds(TimeToRevoke.percentile(time.least(), percent))
        + " to "
        + seconds(TimeToRevoke.percentile(time.most(), percent));
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "." + String.format(Locale.ROOT, "%03d", duration.toMillisPart());
  }

  /** Which keys were rotated as often as the policy asks. */
  void rotation(RotationCoverage it) {
    page.raw("\n<h2>Rotation of keys</h2>\n<dl>\n<dt>Rotated in time</dt><dd><b>");
    page.count(it.inTime()).raw("</b></dd>\n<dt>Overdue at the end of the period</dt><dd><b>");
    page.count(it.overdue().size()).raw("</b>");
    for (RotationCoverage.Overdue one : it.overdue()) {
      page.raw(" <code>").text(one.keyId()).raw("</code>, last rotated ");
      page.text(PageFrame.time(one.atNs()));
    }
    page.raw("</dd>\n<dt>Never seen to be rotated</dt><dd><b>").count(it.unknown());
    page.raw("</b></dd>\n</dl>\n");
  }

  /** Approvals; nothing where there were none. */
  void approvals(ApprovalCounts it) {
    if (it.isEmpty()) {
      return;
    }
    page.raw("\n<h2>Approvals</h2>\n<dl>\n");
    approvals("Given", it.given());
    approvals("Withdrawn", it.withdrawn());
    approvals("Without all that an approval must say", it.incomplete());
    page.raw("<dt>References that an approval covers</dt><dd><b>").count(it.bound());
    page.raw("</b></dd>\n");
    approvals("References that none covers", it.unbound());
    page.raw("</dl>\n");
  }

  /** What the two sides tell of calls; nothing where that was not compared. */
  void twoSides(SideMatches it) {
    if (it.isEmpty()) {
      return;
    }
    page.raw("\n<h2>Told by both sides</h2>\n<p>Uses of keys and accesses to data, each as the");
    page.raw(" vendor and as its customer told it, if within ").text(span(it.withinNs()));
    page.raw(" of one another.</p>\n<dl>\n<dt>Told by both</dt><dd><b>").count(it.matched());
    page.raw("</b></dd>\n");
    approvals("Of these, told differently", it.differing());
    alone("Told by the customer alone", it.customer());
    alone("Told by the vendor alone", it.vendor());
    page.raw("</dl>\n");
  }

  private static String span(long ns) {
    return ns / 1_000_000_000L + " s";
  }

  private void alone(String name, SideMatches.Alone it) {
    page.raw("<dt>").text(name).raw("</dt><dd><b>").count(it.count()).raw("</b>");
    entries(it.entries());
    page.raw("; ").count(it.waiting()).raw(" more may yet be told by the other side, and ");
    page.count(it.mute()).raw(" say nothing that tells the call from others</dd>\n");
  }

  private void approvals(String name, Runs entries) {
    page.raw("<dt>").text(name).raw("</dt><dd><b>").count(entries.count()).raw("</b>");
    entries(entries);
    page.raw("</dd>\n");
  }

  /** What was declared, and seen otherwise; nothing where there is no inventory. */
  void inventory(InventoryCounts it) {
    if (it.isEmpty()) {
      return;
    }
    page.raw("\n<h2>Declared by the operator</h2>\n<p>Of ").count(it.declared());
    page.raw(" records a place or a custody is the operator's declaration alone. ");
    page.count(it.agreeing()).raw(" say themselves what is declared.</p>\n");
    if (it.differing().isEmpty()) {
      return;
    }
    page.table(
        "Declared here, seen there",
        List.of("resource", "of", "declared", "seen", "#entries", "which"));
    for (InventoryCounts.Group one :
        it.differing().subList(0, Math.min(MOST_ROWS, it.differing().size()))) {
      page.raw("<tr><th scope=\"row\">").code(one.what().resource()).raw("</th><td>");
      page.text(one.what().of()).raw("</td><td>").foreign(one.what().declared());
      page.raw("</td><td>").foreign(one.what().seen()).raw("</td>").number(one.count());
      page.raw("<td>").text(runs(one.entries())).raw("</td></tr>\n");
    }
    page.endTable();
    more(it.differing().size());
  }

  void completeness(ResidencyAttestation it) {
    page.raw("\n<h2>Completeness at the source</h2>\n");
    sequences(it.sequences());
    chains(it.chains());
    if (it.signatures().counts().total() > 0) {
      signatures(it.signatures());
    }
  }

  private void sequences(List<SequenceHistory> sequences) {
    if (sequences.isEmpty()) {
      page.raw("<p>No sender numbered its records, so nothing can be said of events that were");
      page.raw(" never sent.</p>\n");
      return;
    }
    page.table(
        "Streams of numbered records",
        List.of("stream", "#first", "#last", "#missing", "#repeated", "which are missing"));
    sequences.stream().limit(MOST_ROWS).forEach(this::sequence);
    page.endTable();
    more(sequences.size());
  }

  private void sequence(SequenceHistory one) {
    page.raw("<tr><th scope=\"row\">");
    stream(one.stream());
    page.raw("</th><td class=\"n\">")
        .index(one.first())
        .raw("</td><td class=\"n\">")
        .index(one.last())
        .raw("</td>");
    page.number(one.missing().count()).number(one.repeats()).raw("<td>");
    page.text(runs(one.missing())).raw("</td></tr>\n");
  }

  private void stream(String name) {
    String between = "";
    for (Streams.Part part : Streams.shown(name)) {
      page.raw(between).raw(part.label()).foreign(part.text());
      between = Streams.BETWEEN;
    }
  }

  private void chains(List<ChainHistory> chains) {
    if (chains.isEmpty()) {
      return;
    }
    page.table(
        "Chains that senders made of their records",
        List.of("stream", "#links that hold", "entries that do not continue it"));
    for (ChainHistory one : chains.subList(0, Math.min(MOST_ROWS, chains.size()))) {
      page.raw("<tr><th scope=\"row\">");
      stream(one.stream());
      page.raw("</th>").number(one.links());
      page.raw("<td>").text(one.broken().count() == 0 ? "none" : runs(one.broken()));
      page.raw("</td></tr>\n");
    }
    page.endTable();
    more(chains.size());
  }

  private void signatures(SignatureCounts signatures) {
    page.raw("<p>Of ").count(signatures.counts().total());
    page.raw(" records that their sender signed, ").count(signatures.counts().of("verified"));
    page.raw(" are verified, ").count(signatures.counts().of("untrusted"));
    page.raw(" are signed by no key that the operator trusts, and ");
    page.count(signatures.counts().of("invalid")).raw(" do not hold");
    entries(signatures.invalid());
    page.raw(". No signature covers the resource, such as its <code>cloud.region</code>.</p>\n");
  }

  void policies(List<PolicyUse> policies) {
    page.raw("\n<h2>Judged by</h2>\n");
    if (policies.isEmpty()) {
      page.raw("<p>The log had adopted no policy.</p>\n");
      return;
    }
    page.table(
        "The policy in force at the start and those adopted since, by entry",
        List.of("#entry", "policy (SHA-256)", "registry of regions (SHA-256)", "#judge"));
    for (PolicyUse one : policies.subList(0, Math.min(MOST_ROWS, policies.size()))) {
      page.raw("<tr><td class=\"n\">").index(one.index()).raw("</td><td>");
      page.code(one.sha256().hex()).raw("</td><td>").code(one.registry().hex()).raw("</td>");
      page.number(one.judge()).raw("</tr>\n");
    }
    page.endTable();
    more(policies.size());
  }

  /** Which entries, if there are any. */
  void entries(Runs runs) {
    if (!runs.runs().isEmpty()) {
      page.raw(" <span class=\"soft\">(entries ").text(runs(runs)).raw(")</span>");
    }
  }

  /** Numbers as people write them: 3, 7–9. */
  private static String runs(Runs runs) {
    String text =
        runs.runs().stream()
            .limit(MOST_RUNS)
            .map(ReportTables::run)
            .collect(Collectors.joining(", "));
    int more = runs.runs().size() - MOST_RUNS;
    return more > 0 ? text + " and " + more + " more ranges" : text;
  }

  private static String run(Runs.Run run) {
    return run.first() == run.last() ? "" + run.first() : run.first() + "–" + run.last();
  }
}
