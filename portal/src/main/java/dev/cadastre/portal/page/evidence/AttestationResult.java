package dev.cadastre.portal.page.evidence;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.page.KeyFigure;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.OutcomeBanner;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.EntryWords;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Carried;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.SideMatches;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.OrderViolations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an attestation says as a whole: how it turned out, how much it counts, what it speaks of.
 */
final class AttestationResult {
  private AttestationResult() {}

  static OutcomeBanner statement(ResidencyAttestation said) {
    long violations = said.outcomes().of(Outcome.VIOLATION.wire());
    long unproven = said.outcomes().of(Outcome.UNPROVEN.wire());
    long exceptions = said.outcomes().of(Outcome.EXCEPTION.wire());
    String text =
        Words.count(said.outcomes().total(), "event was", "events were")
            + " judged in this period, out of "
            + Words.count(said.kinds().total(), "entry", "entries")
            + ".";
    if (violations > 0) {
      return new OutcomeBanner(
          "violation",
          Words.count(violations, "event", "events") + " broke the contract",
          text + " In which ways, and where each is found, stands below." + byOrder(said),
          "",
          "");
    }
    if (unproven > 0) {
      return new OutcomeBanner(
          "unproven",
          "No violation, but " + Words.count(unproven, "event is", "events are") + " unproven",
          text,
          "",
          "");
    }
    return new OutcomeBanner(
        exceptions > 0 ? "exception" : "compliant",
        said.outcomes().total() == 0 ? "Nothing was judged" : "The contract was kept",
        text,
        "",
        "");
  }

  /** How many findings stand in no single event's verdict. */
  private static String byOrder(ResidencyAttestation said) {
    long count =
        said.violations().stream()
            .filter(group -> OrderViolations.isOrder(group.what().rule()))
            .mapToLong(FindingGroup::count)
            .sum();
    return count == 0
        ? ""
        : " "
            + Words.count(count, "finding is shown", "findings are shown")
            + " by the order of events: a key was used after its disable, or past its cache time.";
  }

  /** Filters of the event list for this period: names and values in turn. */
  static List<String> bounds(ResidencyAttestation said) {
    return List.of(
        "receivedFrom",
        Words.Stamp.of(said.scope().fromNs()).iso(),
        "receivedTo",
        Words.Stamp.of(said.scope().toNs()).iso());
  }

  static List<KeyFigure> figures(LogName log, ResidencyAttestation said) {
    List<String> bounds = bounds(said);
    String from = bounds.get(1);
    String to = bounds.get(3);
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(
        new KeyFigure(
            "Entries",
            Words.number(said.kinds().total()),
            Links.events(log, "receivedFrom", from, "receivedTo", to)));
    for (Outcome outcome : Outcome.values()) {
      figures.add(
          new KeyFigure(
              Words.label(outcome),
              Words.number(said.outcomes().of(outcome.wire())),
              Links.events(
                  log, "verdict", outcome.wire(), "receivedFrom", from, "receivedTo", to)));
    }
    return figures;
  }

  static List<EntryWords.Fact> scope(LogName log, ResidencyAttestation said) {
    AttestationScope scope = said.scope();
    List<EntryWords.Fact> facts = new ArrayList<>();
    facts.add(new EntryWords.Fact("Log", scope.origin(), ""));
    facts.add(
        new EntryWords.Fact(
            "Population",
            "entries " + Words.number(scope.from()) + " to " + Words.number(scope.to() - 1),
            ""));
    facts.add(new EntryWords.Fact("Received from", Words.Stamp.of(scope.fromNs()).utc(), ""));
    facts.add(new EntryWords.Fact("Received until", Words.Stamp.of(scope.toNs()).utc(), ""));
    scope
        .before()
        .ifPresent(
            anchor ->
                facts.add(
                    new EntryWords.Fact(
                        "Anchor before",
                        "no. " + anchor.index() + " of " + anchor.date(),
                        "/anchors/" + anchor.index())));
    scope
        .after()
        .ifPresent(
            anchor ->
                facts.add(
                    new EntryWords.Fact(
                        "Anchor after",
                        "no. " + anchor.index() + " of " + anchor.date(),
                        "/anchors/" + anchor.index())));
    if (scope.from() > 0) {
      facts.add(carried(log, said.carried()));
    }
    if (!said.sides().isEmpty()) {
      facts.add(
          new EntryWords.Fact(
              "Told by the customer",
              Words.count(said.sides().counts().of("customer"), "entry", "entries")
                  + ", of which "
                  + Words.number(said.sides().outcomes().of(Outcome.VIOLATION.wire()))
                  + " broke the contract",
              Links.events(
                  log,
                  Stream.concat(Stream.of("side", "customer"), bounds(said).stream())
                      .toArray(String[]::new))));
    }
    twoSides(log, said, facts);
    facts.add(new EntryWords.Fact("Root of the tree at its end", scope.root().hex(), ""));
    return facts;
  }

  private static void twoSides(
      LogName log, ResidencyAttestation said, List<EntryWords.Fact> facts) {
    SideMatches it = said.twoSides();
    if (it.isEmpty()) {
      return;
    }
    facts.add(
        new EntryWords.Fact(
            "Calls told by both sides",
            Words.number(it.matched())
                + ", of which "
                + Words.number(it.differing().count())
                + " differently; told within "
                + Words.duration(Duration.ofNanos(it.withinNs())),
            alerts(log, said, Alert.Kind.TOLD_DIFFERENTLY)));
    facts.add(
        new EntryWords.Fact(
            "By the customer alone",
            alone(it.customer()),
            alerts(log, said, Alert.Kind.TOLD_BY_CUSTOMER_ALONE)));
    facts.add(new EntryWords.Fact("By the vendor alone", alone(it.vendor()), ""));
  }

  private static String alone(SideMatches.Alone it) {
    return Words.number(it.count())
        + "; "
        + Words.number(it.waiting())
        + " may yet be told by the other side, "
        + Words.number(it.mute())
        + " cannot be told apart";
  }

  private static String alerts(LogName log, ResidencyAttestation said, Alert.Kind kind) {
    return Links.events(
        log,
        Stream.concat(Stream.of("alert", kind.wire()), bounds(said).stream())
            .toArray(String[]::new));
  }

  private static EntryWords.Fact carried(LogName log, Optional<Carried> carried) {
    String name = "Keys known from before";
    return carried
        .map(
            known ->
                new EntryWords.Fact(
                    name,
                    Words.number(known.disabled())
                        + " disabled, "
                        + (known.withdrawn() == 0
                            ? ""
                            : Words.number(known.withdrawn()) + " withdrawn in part, ")
                        + Words.number(known.approved())
                        + " approvals, "
                        + Words.number(known.fetched())
                        + " in memory, as entry "
                        + Words.number(known.index())
                        + " has it"
                        + (known.omitted() == 0
                            ? ""
                            : "; " + Words.number(known.omitted()) + " more had no room"),
                    Links.entry(log, known.index())))
        .orElse(
            new EntryWords.Fact(name, "none: uses after an earlier disable cannot be told", ""));
  }
}
