package dev.cadastre.portal.page.overview;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.AlertLines;
import dev.cadastre.portal.page.Bounded;
import dev.cadastre.portal.page.BreachLines;
import dev.cadastre.portal.page.Buckets;
import dev.cadastre.portal.page.KeyFigure;
import dev.cadastre.portal.page.Lag;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.MostSeen;
import dev.cadastre.portal.page.OutcomeBanner;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Span;
import dev.cadastre.portal.page.Strip;
import dev.cadastre.portal.page.VerdictCount;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tenant's front page: how things stand, where things were, what the contract says of it. */
public final class OverviewPage {
  private static final int ALERTS_OF_A_KIND = 3;
  private static final int BREACHES = 20;
  private static final int PLACES = 12;
  private static final String ALL = "all";

  private final PortalServices rooms;
  private final Templates html;

  public OverviewPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** One category and hop at one place, against what the contract allows. */
  public record Row(
      String category,
      String hop,
      String allowed,
      String place,
      String known,
      String events,
      String href,
      List<VerdictCount> outcomes,
      String assurance) {}

  /** The newest anchor that covers the log. */
  public record AnchorNote(
      boolean made,
      String number,
      String href,
      String date,
      String covered,
      String open,
      String root) {}

  /** Everything the page shows. */
  public record View(
      Span span,
      List<Span> spans,
      OutcomeBanner statement,
      List<KeyFigure> figures,
      WorldMap map,
      Strip strip,
      String outside,
      Bounded<List<Row>> rows,
      String contract,
      Bounded<String> unplaced,
      String allPlaces,
      List<BreachLines.Line> breaches,
      String breachesNote,
      String noticed,
      List<AlertLines.Line> alerts,
      List<AlertLines.Line> good,
      AnchorNote anchor,
      Lag lag) {}

  public void show(Call call) throws Refused {
    Span span = Span.of(call.query("span"));
    Optional<String> places = call.query("places");
    if (places.isPresent() && !places.get().equals(ALL)) {
      throw new Refused("'places' is 'all' or left out");
    }
    html.page(
        call, "overview", view(call.log(), span, places.isPresent() ? MostSeen.LISTED : PLACES));
  }

  private View view(LogName log, Span span, int places) throws Refused {
    TimeRange range = span.until(rooms.clock().instant());
    Summary summary = rooms.search().summary(log, range);
    Optional<AdoptedPolicy> policy = rooms.ledger().policy(log);
    Registry registry = policy.map(AdoptedPolicy::registry).orElseGet(Registry::standard);
    PlaceNames names = PlaceNames.of(policy);
    String from = TimeRange.instant(range.fromNs()).toString();
    List<AlertSeen> alarms = AlertLines.alarms(summary.alerts());
    WorldMap map = WorldMap.of(log, summary.places(), registry);
    ContractTable contract = new ContractTable(log, from, policy, names);
    return new View(
        span,
        Span.ALL,
        statement(log, span, from, summary, policy),
        figures(log, from, summary),
        map,
        Strip.of(Buckets.joined(summary.buckets())),
        outside(summary.outside()),
        contract.rows(summary.places(), places),
        contract.caption(),
        Bounded.of(map.unplaced(), PLACES).map(Foreign::list),
        places == PLACES
            ? "?span=" + span.name() + "&places=" + ALL + "#contract"
            : Links.api(log) + "summary?span=" + span.name(),
        BreachLines.of(log, summary.breaches(), names, BREACHES, List.of("from", from)),
        BreachLines.note(summary.breaches(), BREACHES),
        alarms.isEmpty() ? "" : AlertLines.count(alarms),
        AlertLines.of(log, alarms, ALERTS_OF_A_KIND, List.of("from", from)),
        AlertLines.of(
            log, AlertLines.good(summary.alerts()), ALERTS_OF_A_KIND, List.of("from", from)),
        anchor(log),
        Lag.of(rooms, log));
  }

  /** What the chart does not show. */
  public static String outside(long events) {
    return events == 0
        ? ""
        : Words.count(events, "event names", "events name")
            + " a time of its own far from any at which the log received something. The chart"
            + " leaves that out; all other figures count it.";
  }

  private static long count(Summary summary, Outcome outcome) {
    return summary.judged().getOrDefault(outcome, 0L);
  }

  private static OutcomeBanner statement(
      LogName log, Span span, String from, Summary summary, Optional<AdoptedPolicy> policy) {
    if (policy.isEmpty()) {
      return new OutcomeBanner(
          "unproven",
          "No contract is in force",
          "Events are recorded and chained, but nothing judges them until a policy is adopted.",
          Links.tenant(log) + "policy",
          "Policy");
    }
    long judged = summary.judged().values().stream().mapToLong(Long::longValue).sum();
    long violations = count(summary, Outcome.VIOLATION);
    long unproven = count(summary, Outcome.UNPROVEN);
    long exceptions = count(summary, Outcome.EXCEPTION);
    String last = "in the last " + span.words();
    String all =
        Words.count(judged, "event was", "events were")
            + " judged: "
            + Words.number(count(summary, Outcome.COMPLIANT))
            + " within the contract, "
            + Words.number(exceptions)
            + " under an exception that it names, "
            + Words.number(unproven)
            + " that prove nothing either way, "
            + Words.number(count(summary, Outcome.PREVENTED))
            + " refused that would have been outside it, "
            + Words.number(violations)
            + " outside it.";
    if (judged == 0) {
      return new OutcomeBanner(
          "unproven",
          "Nothing was judged " + last,
          "No event that the contract speaks of arrived in this time.",
          Links.events(log),
          "All events");
    }
    if (violations > 0) {
      return new OutcomeBanner(
          "violation",
          Words.count(violations, "event", "events") + " broke the contract " + last,
          all + byOrder(summary),
          Links.events(log, "verdict", "violation", "from", from),
          "See each of them");
    }
    if (unproven > 0) {
      return new OutcomeBanner(
          "unproven",
          "No violation, but "
              + Words.count(unproven, "event is", "events are")
              + " unproven "
              + last,
          all,
          Links.events(log, "verdict", "unproven", "from", from),
          "See what is unproven");
    }
    return new OutcomeBanner(
        exceptions > 0 ? "exception" : "compliant",
        "The contract was kept " + last,
        all,
        Links.events(log, "from", from),
        "See the events");
  }

  /** That a violation need not stand in a verdict. */
  private static String byOrder(Summary summary) {
    boolean any = summary.alerts().stream().anyMatch(one -> one.kind().rule().isPresent());
    return any
        ? " Some stand in no single event's verdict: only the order of events shows them, as told"
            + " under \u201cWhat detectors noticed\u201d below."
        : "";
  }

  private List<KeyFigure> figures(LogName log, String from, Summary summary) throws Refused {
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(
        new KeyFigure(
            "Entries in the log",
            Words.number(rooms.ledger().reader(log).size()),
            Links.events(log)));
    figures.add(
        new KeyFigure(
            "Events in this time",
            Words.number(summary.events()),
            Links.events(log, "from", from)));
    for (Outcome outcome :
        List.of(
            Outcome.VIOLATION,
            Outcome.PREVENTED,
            Outcome.UNPROVEN,
            Outcome.EXCEPTION,
            Outcome.COMPLIANT)) {
      figures.add(
          new KeyFigure(
              Words.label(outcome),
              Words.number(count(summary, outcome)),
              Links.events(log, "verdict", outcome.wire(), "from", from)));
    }
    return figures;
  }

  private AnchorNote anchor(LogName log) throws Refused {
    long size = rooms.ledger().reader(log).size();
    Optional<Anchors.Anchored> newest = rooms.anchors().of(log, 1).stream().findFirst();
    if (newest.isEmpty()) {
      return new AnchorNote(
          false, "", "/anchors", "", "", Words.count(size, "entry", "entries"), "");
    }
    Anchors.Anchor anchor = newest.get().anchor();
    return new AnchorNote(
        true,
        Words.number(anchor.index()),
        "/anchors/" + anchor.index(),
        Words.Stamp.of(anchor.event().time()).utc(),
        Words.count(newest.get().size(), "entry", "entries"),
        Words.count(size - newest.get().size(), "entry", "entries"),
        Words.brief(anchor.event().root().hex()));
  }
}
