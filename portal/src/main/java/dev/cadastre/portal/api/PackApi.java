package dev.cadastre.portal.api;

import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.pack.PackJob;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.PackDesk;
import dev.cadastre.portal.services.PortalServices;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** Evidence packs for programs: ask, look, fetch. */
public final class PackApi {
  private static final Duration SHORTLY = Duration.ofSeconds(1);

  private final PortalServices rooms;
  private final ActivityLog activity;

  public PackApi(PortalServices rooms, ActivityLog activity) {
    this.rooms = rooms;
    this.activity = activity;
  }

  /**
   * Starts a pack: 202 and where to look. The body is empty or a JSON object that names the period.
   */
  public void start(Call call) throws Refused {
    LogName log = call.log();
    EvidenceApi.requireAnchored(rooms, log);
    Period period = PackRequest.period(rooms.periods(), log, call.sent());
    PackJob job = PackDesk.ask(rooms.packs(), activity, call, period);
    call.http().status(202).header("Location", address(job));
    call.json(json(job));
  }

  public void list(Call call) {
    call.json(
        Json.Obj.builder()
            .put("packs", JsonViews.list(rooms.packs().of(call.log()), PackApi::json))
            .build());
  }

  public void status(Call call) {
    call.json(json(job(call)));
  }

  /** The file: 425 while it is being built, 409 if it could not be. */
  public void content(Call call) throws IOException {
    PackJob job = job(call);
    if (job.state() instanceof PackJob.Failed failed) {
      throw Problem.conflict("This pack could not be built: " + failed.why());
    }
    if (!(job.state() instanceof PackJob.Ready ready)) {
      throw Problem.tooEarly("The pack is being built.", SHORTLY);
    }
    activity.ofDocument(call, "pack.download", job.id());
    call.http()
        .header("Content-Disposition", "attachment; filename=\"" + job.fileName() + "\"")
        .header("Content-Length", Long.toString(ready.bytes()))
        .header("Repr-Digest", "sha-256=:" + ready.sha256().base64() + ":")
        .contentType("application/zip")
        .disableCompression()
        .result(Files.newInputStream(ready.file()));
  }

  private PackJob job(Call call) {
    Optional<PackJob> job = rooms.packs().find(call.log(), call.path("id"));
    return job.orElseThrow(
        () ->
            Problem.notFound(
                "There is no such pack. Packs are kept for an hour; ask for it again."));
  }

  private static String address(PackJob job) {
    return "/api/v1/tenants/" + job.log().value() + "/packs/" + job.id();
  }

  private static Json.Obj json(PackJob job) {
    Json.Builder members =
        Json.Obj.builder()
            .put("id", job.id())
            .put("asked", job.asked().toString())
            .put("until", job.until())
            .put("href", address(job));
    job.after().ifPresent(after -> members.put("after", after));
    if (job.state() instanceof PackJob.Ready ready) {
      members
          .put("state", "ready")
          .put("progress", 100)
          .put("bytes", ready.bytes())
          .put("sha256", ready.sha256().hex())
          .put("content", address(job) + "/content");
    } else if (job.state() instanceof PackJob.Failed failed) {
      members.put("state", "failed").put("detail", failed.why());
    } else if (job.state() instanceof PackJob.Building building) {
      members.put("state", "building").put("progress", Math.round(building.done() * 100));
    }
    return members.build();
  }
}
