package dev.cadastre.portal.web.page;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.AttestationWork;
import dev.cadastre.anchors.Attester;
import dev.cadastre.anchors.Period;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.ledger.search.BreachSeen;
import dev.cadastre.portal.web.evidence.AttestationDesk;
import dev.cadastre.portal.web.evidence.PeriodQuery;
import dev.cadastre.portal.web.evidence.Rooms;
import dev.cadastre.portal.web.http.Call;
import dev.cadastre.portal.web.http.Html;
import dev.cadastre.portal.web.text.Foreign;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.attestation.Carried;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.Observation;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Scope;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.OrderViolations;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.event.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attestation of a period between two anchors that the reader chooses, computed when it is
 * asked for.
 */
public final class ResidencyPage {
  private static final int BREACHES = 50;
  private static final List<String> VIOLATIONS = List.of("verdict", Outcome.VIOLATION.wire());
  private static final int ALERTS_OF_A_KIND = 10;

  private final Rooms rooms;
  private final AttestationDesk desk;
  private final Html html;

  public ResidencyPage(Rooms rooms, AttestationDesk desk, Html html) {
    this.rooms = rooms;
    this.desk = desk;
    this.html = html;
  }

  /** How often one hop of one category was seen at one place. */
  public record Seen(
      String category,
      String hop,
      String place,
      String known,
      String assurance,
      String outcome,
      String count) {}

  /** Verdicts by category. */
  public record Category(String name, List<String> counts) {}

  /** Entries with one finding at one place; {@code about} explains the rule. */
  public record Item(
      String count,
      String rule,
      String about,
      String hop,
      String place,
      String first,
      String firstHref,
      String last,
      String lastHref) {}

  /** Some entries, and how many there are in all. */
  public record Items(String count, List<Item> shown, String more) {}

  /**
   * One key in the period; {@code brokenHref} lists what broke the contract with it, or is empty.
   */
  public record Key(
      String id,
      String href,
      String brokenHref,
      String custody,
      String places,
      String uses,
      String denials,
      String rotations,
      String revocations) {}

  /** What the attestation says. */
  public record Body(
      OverviewPage.Statement statement,
      List<OverviewPage.Figure> figures,
      List<EntryWords.Fact> scope,
      List<String> outcomes,
      List<Category> categories,
      List<Seen> seen,
      String seenNote,
      List<BreachLines.Line> breaches,
      String breachesNote,
      String violations,
      Items exceptions,
      String unproven,
      String problems,
      List<Key> keys,
      String keysNote,
      String gaps,
      String origins,
      String timing,
      String noticed,
      List<AlertLines.Line> alerts,
      List<AlertLines.Line> good,
      String dsse,
      String api,
      String alertsApi) {}

  /**
   * Everything the page shows; {@code body} is empty while no anchor holds the log.
   *
   * @param instead that another period is shown than the one that was asked for, or empty
   */
  public record View(PeriodChoice period, String instead, List<Body> body) {}

  public void show(Call call) throws Refused {
    call.onlyQuery(Set.of("after", "until"));
    LogName log = call.log();
    List<Anchors.Anchored> held = rooms.anchors().of(log, PeriodChoice.MOST);
    if (held.isEmpty()) {
      html.page(
          call, "residency", new View(PeriodChoice.of(held, Optional.empty()), "", List.of()));
      return;
    }
    Period period =
        PeriodQuery.chosen(rooms.periods(), log, call.query("after"), call.query("until"));
    AttestationWork work = desk.ask(period);
    Optional<Attester.Attested> there = desk.soon(work);
    if (there.isEmpty()) {
      call.http().header("Refresh", Long.toString(AttestationDesk.LOOK_AGAIN.toSeconds()));
      html.page(call, "computing", Computing.of(held, work));
      return;
    }
    ResidencyAttestation attestation = there.get().attestation();
    html.page(
        call,
        "residency",
        new View(
            PeriodChoice.of(held, Optional.of(period)),
            instead(call, period),
            List.of(body(log, period, attestation))));
  }

  private static String instead(Call call, Period shown) throws Refused {
    Optional<String> after = call.query("after");
    Optional<String> until = call.query("until");
    if (!PeriodQuery.endsBeforeItBegins(after, until)) {
      return "";
    }
    String start =
        shown.before().map(held -> "anchor " + held.entry().index()).orElse("the log\u2019s birth");
    return "No period runs from anchor "
        + after.orElse("")
        + " to anchor "
        + until.orElse("")
        + ". What is shown instead runs from "
        + start
        + " to anchor "
        + shown.after().entry().index()
        + ".";
  }

  private Body body(LogName log, Period period, ResidencyAttestation said) {
    PlaceNames names = PlaceNames.of(rooms.ledger().policy(log));
    String query = period.before().map(receipt -> "?after=" + receipt.entry().index()).orElse("");
    long until = period.after().entry().index();
    String base = "/api/v1/tenants/" + log.value();
    String bounds = (query.isEmpty() ? "?" : query + "&") + "until=" + until;
    List<AlertSeen> alerts = rooms.search().alerts(log, period.from(), period.to());
    List<AlertSeen> alarms = AlertLines.alarms(alerts);
    List<BreachSeen> breaches = rooms.search().breaches(log, period.from(), period.to());
    Set<String> broken =
        breaches.stream().flatMap(seen -> seen.breach().key().stream()).collect(Collectors.toSet());
    return new Body(
        statement(said),
        figures(log, said),
        scope(log, said),
        Arrays.stream(Outcome.values()).map(Outcome::wire).toList(),
        categories(said),
        seen(said, names),
        MostSeen.note(said.observations().size()),
        BreachLines.of(log, breaches, names, BREACHES, bounds(said)),
        BreachLines.note(breaches, BREACHES),
        Words.number(said.outcomes().of(Outcome.VIOLATION.wire())),
        items(log, said.outcomes().of(Outcome.EXCEPTION.wire()), said.exceptions()),
        runs(said.unproven()),
        runs(said.problems()),
        keys(log, said, broken),
        MostSeen.note(said.keys().size()),
        gaps(said),
        origins(said),
        timing(said),
        alarms.isEmpty() ? "" : AlertLines.count(alarms),
        AlertLines.of(log, alarms, ALERTS_OF_A_KIND, bounds(said)),
        AlertLines.of(log, AlertLines.good(alerts), ALERTS_OF_A_KIND, bounds(said)),
        base + "/attestations/" + until + query,
        base + "/residency" + bounds,
        base + "/alerts" + bounds);
  }

  private static OverviewPage.Statement statement(ResidencyAttestation said) {
    long violations = said.outcomes().of(Outcome.VIOLATION.wire());
    long unproven = said.outcomes().of(Outcome.UNPROVEN.wire());
    long exceptions = said.outcomes().of(Outcome.EXCEPTION.wire());
    String text =
        Words.count(said.outcomes().total(), "event was", "events were")
            + " judged in this period, out of "
            + Words.count(said.kinds().total(), "entry", "entries")
            + ".";
    if (violations > 0) {
      return new OverviewPage.Statement(
          "violation",
          Words.count(violations, "event", "events") + " broke the contract",
          text + " In which ways, and where each is found, stands below." + byOrder(said),
          "",
          "");
    }
    if (unproven > 0) {
      return new OverviewPage.Statement(
          "unproven",
          "No violation, but " + Words.count(unproven, "event is", "events are") + " unproven",
          text,
          "",
          "");
    }
    return new OverviewPage.Statement(
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
  private static List<String> bounds(ResidencyAttestation said) {
    return List.of(
        "receivedFrom",
        Words.Stamp.of(said.scope().fromNs()).iso(),
        "receivedTo",
        Words.Stamp.of(said.scope().toNs()).iso());
  }

  private static List<OverviewPage.Figure> figures(LogName log, ResidencyAttestation said) {
    List<String> bounds = bounds(said);
    String from = bounds.get(1);
    String to = bounds.get(3);
    List<OverviewPage.Figure> figures = new ArrayList<>();
    figures.add(
        new OverviewPage.Figure(
            "Entries",
            Words.number(said.kinds().total()),
            Links.events(log, "receivedFrom", from, "receivedTo", to)));
    for (Outcome outcome : Outcome.values()) {
      figures.add(
          new OverviewPage.Figure(
              OverviewPage.label(outcome),
              Words.number(said.outcomes().of(outcome.wire())),
              Links.events(
                  log, "verdict", outcome.wire(), "receivedFrom", from, "receivedTo", to)));
    }
    return figures;
  }

  private static List<EntryWords.Fact> scope(LogName log, ResidencyAttestation said) {
    Scope scope = said.scope();
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
    facts.add(new EntryWords.Fact("Root of the tree at its end", scope.root().hex(), ""));
    return facts;
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

  private static List<Category> categories(ResidencyAttestation said) {
    List<Category> rows = new ArrayList<>();
    said.categories()
        .forEach(
            (name, tally) ->
                rows.add(
                    new Category(
                        category(name),
                        Arrays.stream(Outcome.values())
                            .map(outcome -> Words.number(tally.of(outcome.wire())))
                            .toList())));
    return rows;
  }

  private static String category(String name) {
    return name.equals("*") ? "none stated" : Foreign.of(name);
  }

  private static List<Seen> seen(ResidencyAttestation said, PlaceNames names) {
    List<Seen> rows = new ArrayList<>();
    for (Map.Entry<Observation, Long> one : MostSeen.of(said.observations())) {
      Observation what = one.getKey();
      String outcome = what.outcome().equals(Observation.UNJUDGED) ? "" : what.outcome();
      rows.add(
          new Seen(
              category(what.category()),
              what.hop(),
              Foreign.of(what.place()),
              names.of(what.place()),
              what.assurance(),
              outcome,
              Words.number(one.getValue())));
    }
    return rows;
  }

  /** Those that broke the contract first, then those that were used most. */
  private static List<Key> keys(LogName log, ResidencyAttestation said, Set<String> broken) {
    List<KeyHistory> all = said.keys();
    if (all.size() > MostSeen.LISTED) {
      all =
          all.stream()
              .sorted(
                  Comparator.comparing((KeyHistory key) -> !broken.contains(key.keyId()))
                      .thenComparing(Comparator.comparing(KeyHistory::uses).reversed()))
              .limit(MostSeen.LISTED)
              .toList();
    }
    return all.stream().map(key -> key(log, key, broken, bounds(said))).toList();
  }

  private static Items items(LogName log, long count, List<FindingGroup> groups) {
    List<Item> shown =
        groups.stream()
            .sorted(Comparator.comparing(FindingGroup::count).reversed())
            .limit(MostSeen.LISTED)
            .map(group -> item(log, group))
            .toList();
    String more = groups.size() > shown.size() ? "More are in the attestation itself." : "";
    return new Items(Words.number(count), shown, more);
  }

  private static Item item(LogName log, FindingGroup group) {
    FindingGroup.What what = group.what();
    return new Item(
        Words.number(group.count()),
        Foreign.of(what.rule()),
        ContractWords.about(what.rule()),
        what.hop(),
        what.place().isEmpty() ? "" : Foreign.of(what.place()),
        Words.number(group.first()),
        Links.entry(log, group.first()),
        Words.number(group.last()),
        Links.entry(log, group.last()));
  }

  private static String runs(Runs runs) {
    return runs.count() == 0
        ? "none"
        : Words.count(runs.count(), "entry", "entries")
            + ", the first of them "
            + Words.number(runs.runs().get(0).first());
  }

  private static Key key(LogName log, KeyHistory key, Set<String> broken, List<String> bounds) {
    return new Key(
        Foreign.of(key.keyId()),
        Links.key(log, key.keyId()),
        broken.contains(key.keyId())
            ? Links.eventsOfKey(
                log,
                key.keyId(),
                Stream.concat(VIOLATIONS.stream(), bounds.stream()).toArray(String[]::new))
            : "",
        Foreign.list(key.custody()),
        Foreign.list(key.places()),
        Words.number(key.uses()),
        Words.number(key.denials()),
        Words.number(key.rotations().count()),
        Words.number(key.revocations().size()));
  }

  private static String gaps(ResidencyAttestation said) {
    long missing = said.sequences().stream().mapToLong(stream -> stream.missing().count()).sum();
    long repeats = said.sequences().stream().mapToLong(stream -> stream.repeats()).sum();
    return said.sequences().isEmpty()
        ? "No sender numbers its records, so gaps cannot be seen."
        : Words.count(said.sequences().size(), "sender numbers its", "senders number their")
            + " records: "
            + Words.number(missing)
            + " missing, "
            + Words.number(repeats)
            + " sent again.";
  }

  /** What senders' own chains and signatures show; empty if no sender makes any. */
  private static String origins(ResidencyAttestation said) {
    List<String> parts = new ArrayList<>();
    if (!said.chains().isEmpty()) {
      long broken = said.chains().stream().mapToLong(chain -> chain.broken().count()).sum();
      parts.add(
          Words.count(said.chains().size(), "sender chains its", "senders chain their")
              + " records: "
              + (broken == 0
                  ? "every link holds."
                  : Words.count(broken, "record does", "records do")
                      + " not continue the chain: "
                      + said.chains().stream()
                          .filter(chain -> chain.broken().count() > 0)
                          .map(
                              chain ->
                                  StreamWords.of(chain.stream())
                                      + " ("
                                      + runs(chain.broken())
                                      + ")")
                          .collect(Collectors.joining("; "))
                      + "."));
    }
    if (said.signatures().counts().total() > 0) {
      parts.add(
          Words.count(said.signatures().counts().total(), "record is", "records are")
              + " signed by the sender: "
              + Words.number(said.signatures().counts().of("verified"))
              + " verified, "
              + Words.number(said.signatures().counts().of("untrusted"))
              + " by no key that is trusted, "
              + Words.number(said.signatures().counts().of("invalid"))
              + " invalid. No signature covers the resource, such as its cloud.region.");
    }
    return String.join(" ", parts);
  }

  private static String timing(ResidencyAttestation said) {
    return Words.number(said.timing().within())
        + " happened within the period, "
        + Words.number(said.timing().late())
        + " before it, "
        + Words.number(said.timing().early())
        + " claim a time after it, "
        + Words.number(said.timing().undated())
        + " name no time.";
  }
}
