package dev.cadastre.portal.api;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.AttestationWork;
import dev.cadastre.evidence.Attester.Attested;
import dev.cadastre.evidence.Period;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.AttestationDesk;
import dev.cadastre.portal.services.PeriodQuery;
import dev.cadastre.portal.services.PortalServices;
import java.util.List;
import java.util.Optional;

/**
 * Attestations of a tenant: what a period between two anchors comes to, as JSON and as a signed
 * envelope.
 */
public final class EvidenceApi {
  /** More anchors than ten years of days. */
  static final int MOST_ANCHORS = 4000;

  private final PortalServices rooms;
  private final AttestationDesk desk;
  private final ActivityLog activity;

  public EvidenceApi(PortalServices rooms, AttestationDesk desk, ActivityLog activity) {
    this.rooms = rooms;
    this.desk = desk;
    this.activity = activity;
  }

  static Json anchor(Anchors.Anchored held) {
    return Json.Obj.builder()
        .put("index", held.anchor().index())
        .put("date", held.anchor().event().date())
        .put("time", JsonViews.time(held.anchor().event().time()))
        .put("root", held.anchor().event().root().hex())
        .put("size", held.size())
        .build();
  }

  /** The anchors between which periods can be attested. */
  public void attestations(Call call) {
    LogName log = call.log();
    List<Anchors.Anchored> held = rooms.anchors().of(log, MOST_ANCHORS);
    call.json(
        Json.Obj.builder()
            .put("anchors", JsonViews.list(held, EvidenceApi::anchor))
            .put(
                "attestation",
                "/api/v1/tenants/" + log.value() + "/attestations/{until}?after={after}")
            .build());
  }

  /** The signed envelope of the period that the anchor {@code until} closes. */
  public void attestation(Call call) throws Refused {
    Period period = period(call, Optional.of(Long.toString(call.index("until"))));
    long until = period.after().entry().index();
    AttestationWork work = desk.ask(period);
    Optional<Attested> there = desk.soon(work);
    if (there.isEmpty()) {
      accepted(call, work);
      return;
    }
    Attested attested = there.get();
    activity.ofDocument(call, "attestation.download", Long.toString(until));
    call.download(
        "application/vnd.dsse+json",
        "residency-" + call.log().value() + "-" + until + ".dsse.json",
        desk.envelope(attested));
  }

  /** What the attestation of a period says, unsigned. */
  public void residency(Call call) throws Refused {
    AttestationWork work = desk.ask(period(call, call.query("until")));
    Optional<Attested> there = desk.soon(work);
    if (there.isPresent()) {
      call.bytes("application/json", desk.predicate(there.get()));
    } else {
      accepted(call, work);
    }
  }

  /** How far the attestation of a period is; asking begins it. Its failure is a problem. */
  public void progress(Call call) throws Refused {
    AttestationWork work = desk.ask(period(call, Optional.of(Long.toString(call.index("until")))));
    boolean there = work.await(0).isPresent();
    if (!there) {
      call.http().header("Retry-After", Long.toString(AttestationDesk.LOOK_AGAIN.toSeconds()));
    }
    call.http().header("Cache-Control", "no-store");
    call.json(state(call.log(), work, there));
  }

  /** It takes longer than a request may: where to see how far it is. */
  private static void accepted(Call call, AttestationWork work) {
    call.http()
        .status(202)
        .header("Location", address(call.log(), work, "/progress"))
        .header("Retry-After", Long.toString(AttestationDesk.LOOK_AGAIN.toSeconds()))
        .header("Cache-Control", "no-store");
    call.json(state(call.log(), work, false));
  }

  private static Json state(LogName log, AttestationWork work, boolean there) {
    Json.Builder members =
        Json.Obj.builder()
            .put("state", there ? "ready" : "computing")
            .put("progress", there ? 100 : Math.round(work.progress() * 99))
            .put("until", work.period().after().entry().index())
            .put("attestation", address(log, work, ""))
            .put("href", address(log, work, "/progress"));
    work.period().before().ifPresent(before -> members.put("after", before.entry().index()));
    return members.build();
  }

  private static String address(LogName log, AttestationWork work, String part) {
    String after =
        work.period().before().map(before -> "?after=" + before.entry().index()).orElse("");
    long until = work.period().after().entry().index();
    return "/api/v1/tenants/" + log.value() + "/attestations/" + until + part + after;
  }

  /** What detectors noticed at the entries of a period. */
  public void alerts(Call call) throws Refused {
    LogName log = call.log();
    Period period = period(call, call.query("until"));
    List<AlertSeen> alerts = rooms.search().alerts(log, period.from(), period.to());
    call.json(
        Json.Obj.builder()
            .put("alerts", JsonViews.list(alerts, one -> JsonViews.alert(log, one)))
            .put("from", period.from())
            .put("to", period.to())
            .put("indexed", rooms.search().indexed(log))
            .build());
  }

  static void requireAnchored(PortalServices rooms, LogName log) {
    if (rooms.anchors().of(log, 1).isEmpty()) {
      throw Problem.conflict("No anchor holds this log yet; a period ends at one.");
    }
  }

  private Period period(Call call, Optional<String> until) throws Refused {
    requireAnchored(rooms, call.log());
    return PeriodQuery.parse(rooms.periods(), call.log(), call.query("after"), until);
  }
}
