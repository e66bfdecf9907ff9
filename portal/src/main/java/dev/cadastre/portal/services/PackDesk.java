package dev.cadastre.portal.services;

import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.pack.PackJob;
import dev.cadastre.evidence.pack.PackJobs;
import dev.cadastre.evidence.pack.PackRequestResult;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;

/** Where people and programs ask for packs. */
public final class PackDesk {
  private PackDesk() {}

  /**
   * The job for a period, begun now if there is none. That somebody had a pack built is noted; who
   * asks for one that is there has its download noted.
   */
  public static PackJob ask(PackJobs packs, ActivityLog activity, Call call, Period period) {
    PackRequestResult start = packs.start(period, call.who().role());
    if (start instanceof PackRequestResult.Given given) {
      if (given.begun()) {
        activity.ofDocument(call, "pack.build", given.job().id());
      }
      return given.job();
    } else if (start instanceof PackRequestResult.Later later) {
      throw Problem.tooMany(later.why(), later.retryAfter());
    }
    PackRequestResult.NoRoom none = (PackRequestResult.NoRoom) start;
    throw Problem.unavailable(none.why(), none.retryAfter());
  }
}
