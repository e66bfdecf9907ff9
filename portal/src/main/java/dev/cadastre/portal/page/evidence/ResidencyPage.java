package dev.cadastre.portal.page.evidence;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.AttestationWork;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.ledger.search.BreachSeen;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.AlertLines;
import dev.cadastre.portal.page.BreachLines;
import dev.cadastre.portal.page.KeyFigure;
import dev.cadastre.portal.page.MostSeen;
import dev.cadastre.portal.page.OutcomeBanner;
import dev.cadastre.portal.page.PeriodChoice;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.EntryWords;
import dev.cadastre.portal.services.AttestationDesk;
import dev.cadastre.portal.services.PeriodQuery;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The attestation of a period between two anchors that the reader chooses, computed when it is
 * asked for.
 */
public final class ResidencyPage {
  private static final int BREACHES = 50;
  private static final int ALERTS_OF_A_KIND = 10;

  private final PortalServices rooms;
  private final AttestationDesk desk;
  private final Templates html;

  public ResidencyPage(PortalServices rooms, AttestationDesk desk, Templates html) {
    this.rooms = rooms;
    this.desk = desk;
    this.html = html;
  }

  /** What the attestation says. */
  public record Body(
      OutcomeBanner statement,
      List<KeyFigure> figures,
      List<EntryWords.Fact> scope,
      List<String> outcomes,
      List<AttestationTables.Category> categories,
      List<AttestationTables.Seen> seen,
      String seenNote,
      List<BreachLines.Line> breaches,
      String breachesNote,
      String violations,
      AttestationTables.Items exceptions,
      AttestationTables.Items prevented,
      String unproven,
      String problems,
      List<AttestationTables.Key> keys,
      String keysNote,
      String revoked,
      String rotation,
      String approvals,
      String inventory,
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
        AttestationResult.statement(said),
        AttestationResult.figures(log, said),
        AttestationResult.scope(log, said),
        Arrays.stream(Outcome.values()).map(Outcome::wire).toList(),
        AttestationTables.categories(said),
        AttestationTables.seen(said, names),
        MostSeen.note(said.observations().size()),
        BreachLines.of(log, breaches, names, BREACHES, AttestationResult.bounds(said)),
        BreachLines.note(breaches, BREACHES),
        Words.number(said.outcomes().of(Outcome.VIOLATION.wire())),
        AttestationTables.items(
            log, said.outcomes().of(Outcome.EXCEPTION.wire()), said.exceptions()),
        AttestationTables.items(
            log, said.outcomes().of(Outcome.PREVENTED.wire()), said.prevented()),
        AttestationNotes.runs(said.unproven()),
        AttestationNotes.runs(said.problems()),
        AttestationTables.keys(log, said, broken),
        MostSeen.note(said.keys().size()),
        AttestationNotes.revoked(said),
        said.rotation().map(AttestationNotes::rotation).orElse(""),
        AttestationNotes.approvals(said.approvals()),
        AttestationNotes.inventory(said.inventory()),
        AttestationNotes.gaps(said),
        AttestationNotes.origins(said),
        AttestationNotes.timing(said),
        alarms.isEmpty() ? "" : AlertLines.count(alarms),
        AlertLines.of(log, alarms, ALERTS_OF_A_KIND, AttestationResult.bounds(said)),
        AlertLines.of(
            log, AlertLines.good(alerts), ALERTS_OF_A_KIND, AttestationResult.bounds(said)),
        base + "/attestations/" + until + query,
        base + "/residency" + bounds,
        base + "/alerts" + bounds);
  }
}
