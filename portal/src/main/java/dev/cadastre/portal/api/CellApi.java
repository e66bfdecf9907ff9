package dev.cadastre.portal.api;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.Health;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.metrics.Figures;
import dev.cadastre.portal.services.PortalServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the cell lives and takes events, and figures for monitoring. None of it names or counts a
 * tenant.
 */
public final class CellApi {
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  private final PortalServices rooms;

  public CellApi(PortalServices rooms) {
    this.rooms = rooms;
  }

  public void live(Call call) {
    call.http().header("Cache-Control", "no-store");
    call.json(Json.Obj.builder().put("status", "live").build());
  }

  public void ready(Call call) {
    call.http().header("Cache-Control", "no-store");
    Health health = rooms.ledger().health();
    if (!health.accepting()) {
      throw Problem.unavailable(
          "No event is accepted: " + health.reason().orElse("no reason was given"), SHORTLY);
    }
    if (everyLogIsStopped()) {
      throw Problem.unavailable("No event is accepted: every log is stopped", SHORTLY);
    }
    List<String> attention = attention(health);
    Json.Obj.Builder ready = Json.Obj.builder().put("status", "ready");
    if (!attention.isEmpty()) {
      ready.put("attention", Json.strings(attention));
    }
    call.json(ready.build());
  }

  private boolean everyLogIsStopped() {
    Set<LogName> stopped = rooms.ledger().stopped().keySet();
    return !stopped.isEmpty() && stopped.containsAll(rooms.ledger().logs());
  }

  /** What does not keep the cell from taking events, and needs an operator all the same. */
  private List<String> attention(Health health) {
    List<String> attention = new ArrayList<>();
    if (!rooms.ledger().stopped().isEmpty()) {
      attention.add("A log is stopped; those that are not go on.");
    }
    if (rooms.ledger().stopped().containsKey(LogName.ANCHORS)) {
      attention.add("The log of anchors is stopped; no anchor can be made.");
    }
    if (health.isAheadOfClock()) {
      attention.add(
          "The log is ahead of the clock by " + health.aheadOfClock().toSeconds() + " seconds.");
    }
    return attention;
  }

  /** OpenMetrics 1.0 text where that is asked for, else Prometheus'. */
  public void metrics(Call call) {
    Figures.Text text = rooms.figures().text(call.http().header("Accept"));
    call.http().header("Cache-Control", "no-store").header("Vary", "Accept");
    call.bytes(text.contentType(), text.bytes());
  }
}
