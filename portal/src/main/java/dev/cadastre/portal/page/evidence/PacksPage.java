package dev.cadastre.portal.page.evidence;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.pack.PackJob;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.PeriodChoice;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.PackDesk;
import dev.cadastre.portal.services.PeriodQuery;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import java.util.List;
import java.util.Optional;

/** Evidence packs: ask for one, see how far it is, save it, learn how to check it. */
public final class PacksPage {
  private final PortalServices rooms;
  private final Templates html;
  private final ActivityLog activity;

  public PacksPage(PortalServices rooms, Templates html, ActivityLog activity) {
    this.rooms = rooms;
    this.html = html;
    this.activity = activity;
  }

  /** One pack. {@code state} is {@code building}, {@code ready} or {@code failed}. */
  public record Row(
      String id,
      Words.Stamp asked,
      String period,
      String state,
      int percent,
      String size,
      String sha256,
      String href,
      String why) {}

  /** Everything the page shows. */
  public record View(PeriodChoice period, List<Row> rows, boolean building, String file) {}

  public void show(Call call) throws Refused {
    html.page(call, "packs", view(call.log()));
  }

  private View view(LogName log) throws Refused {
    List<PackJob> jobs = rooms.packs().of(log);
    List<Anchors.Anchored> held = rooms.anchors().of(log, PeriodChoice.MOST);
    boolean building = jobs.stream().anyMatch(job -> job.state() instanceof PackJob.Building);
    String file = jobs.stream().findFirst().map(PackJob::fileName).orElse("pack.zip");
    return new View(
        PeriodChoice.of(held, Optional.empty()),
        jobs.stream().map(job -> row(log, job)).toList(),
        building,
        file);
  }

  private static Row row(LogName log, PackJob job) {
    String period = words(job);
    Words.Stamp asked = Words.Stamp.of(job.asked());
    String href = "/api/v1/tenants/" + log.value() + "/packs/" + job.id() + "/content";
    if (job.state() instanceof PackJob.Ready ready) {
      return new Row(
          job.id(),
          asked,
          period,
          "ready",
          100,
          Words.number(ready.bytes()) + " bytes",
          ready.sha256().hex(),
          href,
          "");
    } else if (job.state() instanceof PackJob.Failed failed) {
      return new Row(job.id(), asked, period, "failed", 0, "", "", "", Foreign.whole(failed.why()));
    }
    double done = job.state() instanceof PackJob.Building building ? building.done() : 0;
    return new Row(
        job.id(), asked, period, "building", (int) Math.round(done * 100), "", "", "", "");
  }

  private static String words(PackJob job) {
    String from = job.after().isPresent() ? "anchor " + job.after().getAsLong() : "the log's birth";
    return "from " + from + " to anchor " + job.until();
  }

  /** Starts a pack and goes back to the page. */
  public void start(Call call) throws Refused {
    LogName log = call.log();
    Period period =
        PeriodQuery.chosen(rooms.periods(), log, call.form("after"), call.form("until"));
    PackJob unused = PackDesk.ask(rooms.packs(), activity, call, period);
    call.seeOther(Links.tenant(log) + "packs");
  }
}
