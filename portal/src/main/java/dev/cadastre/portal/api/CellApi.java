package dev.cadastre.portal.api;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.Health;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.OncePerSecond;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.proof.detect.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the cell lives and takes events, and figures for monitoring. None of it names or counts a
 * tenant.
 */
public final class CellApi {
  private static final Duration SHORTLY = Duration.ofSeconds(5);

  private final PortalServices rooms;
  private final OncePerSecond<String> ofAllLogs;

  public CellApi(PortalServices rooms) {
    this.rooms = rooms;
    this.ofAllLogs = new OncePerSecond<>(this::ofAllLogs);
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

  /** OpenMetrics 1.0 text. */
  public void metrics(Call call) throws Refused {
    StringBuilder text = new StringBuilder();
    Health health = rooms.ledger().health();
    gauge(text, "cadastre_accepting", "1 while events are accepted", health.accepting() ? 1 : 0);
    gauge(
        text,
        "cadastre_queue_bytes",
        "Bytes of events that wait for the sequencer",
        health.queuedBytes());
    gauge(text, "cadastre_queue_limit_bytes", "How many may wait", health.queueBytes());
    gauge(
        text,
        "cadastre_logs_stopped",
        "Logs that take no entries since what is stored of them is damaged or not what was signed",
        rooms.ledger().stopped().size());
    gauge(
        text,
        "cadastre_ahead_of_clock_seconds",
        "By how much the newest entry is younger than the clock",
        health.aheadOfClock().toSeconds());
    text.append(ofAllLogs.get());
    anchorAge()
        .ifPresent(
            age ->
                gauge(
                    text,
                    "cadastre_anchor_age_seconds",
                    "Since the newest anchor",
                    age.toSeconds()));
    gauge(
        text,
        "process_heap_bytes",
        "Heap in use",
        Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    text.append(rooms.ingestMetrics().get()).append("# EOF\n");
    call.http().header("Cache-Control", "no-store");
    call.bytes(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Unknown while the log of anchors is stopped, of which {@code cadastre_logs_stopped} tells. */
  private Optional<Duration> anchorAge() throws Refused {
    try {
      return rooms
          .anchors()
          .newest()
          .map(anchor -> Duration.between(anchor.time(), rooms.clock().instant()));
    } catch (LogStopped stopped) {
      return Optional.empty();
    }
  }

  /** Every kind, so that one that never came up is a zero and not a hole. */
  private void alerts(StringBuilder text) {
    Map<Alert.Kind, Long> totals = rooms.search().alertTotals();
    text.append("# TYPE cadastre_alerts counter\n");
    text.append("# HELP cadastre_alerts What detectors noticed in all logs, by kind.\n");
    for (Alert.Kind kind : Alert.Kind.values()) {
      text.append("cadastre_alerts_total{kind=\"").append(kind.wire()).append("\"} ");
      text.append(totals.getOrDefault(kind, 0L)).append('\n');
    }
  }

  /** What is counted log by log. */
  private String ofAllLogs() {
    StringBuilder text = new StringBuilder();
    gauge(text, "cadastre_entries", "Entries in all logs", entries());
    gauge(
        text,
        "cadastre_index_lag_entries",
        "Entries that the index has yet to read, in the log where it is most",
        lag());
    alerts(text);
    return text.toString();
  }

  private long entries() {
    try {
      long entries = 0;
      for (LogName log : rooms.ledger().logs()) {
        entries += rooms.ledger().reader(log).size();
      }
      return entries;
    } catch (Refused gone) {
      throw new StorageFailure("a log is there no longer", gone);
    }
  }

  private long lag() {
    return rooms.ledger().logs().stream()
        .filter(log -> !log.equals(LogName.ANCHORS))
        .mapToLong(log -> rooms.search().lag(log))
        .max()
        .orElse(0);
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    text.append("# TYPE ").append(name).append(" gauge\n");
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append(name).append(' ').append(value).append('\n');
  }
}
