package dev.cadastre.portal.api;

import dev.cadastre.ledger.feed.LedgerEntries;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.portal.services.LogFigures;
import dev.cadastre.portal.services.OncePerSecond;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.proof.detect.Alert;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures of logs, index, alerts and anchors, none of which names or counts a tenant. What cannot
 * be read is left out of a scrape, which goes on.
 */
public final class CellFigures {
  private static final Logger LOG = LoggerFactory.getLogger(CellFigures.class);
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");

  private final PortalServices rooms;
  private final Meter meter;
  private final OncePerSecond<LogFigures.Found> logs;
  private final OncePerSecond<Map<Alert.Kind, Long>> alerts;

  private CellFigures(PortalServices rooms) {
    this.rooms = rooms;
    this.meter = rooms.figures().meter();
    this.logs =
        new OncePerSecond<>(
            new LogFigures(new LedgerEntries(rooms.ledger()), rooms.search()::indexed)::find);
    this.alerts = new OncePerSecond<>(rooms.search()::alertTotals);
  }

  /** Makes the instruments, once for each cell. */
  public static void register(PortalServices rooms) {
    CellFigures figures = new CellFigures(rooms);
    figures.ofIntake();
    figures.ofLogs();
    figures.ofAlerts();
    figures.ofAnchors();
  }

  private void ofIntake() {
    gauge(
        "cadastre.accepting",
        "",
        "1 while events are accepted.",
        () -> rooms.ledger().health().accepting() ? 1 : 0);
    gauge(
        "cadastre.queue",
        "By",
        "Bytes of events that wait for the sequencer.",
        () -> rooms.ledger().health().queuedBytes());
    gauge(
        "cadastre.queue.limit",
        "By",
        "How many may wait.",
        () -> rooms.ledger().health().queueBytes());
    gauge(
        "cadastre.logs.stopped",
        "{log}",
        "Logs that take no entries, since what is stored of them is damaged or not what was"
            + " signed.",
        () -> rooms.ledger().stopped().size());
    gauge(
        "cadastre.ahead_of_clock",
        "s",
        "By how much the newest entry is younger than the clock.",
        () -> rooms.ledger().health().aheadOfClock().toSeconds());
  }

  private void ofLogs() {
    gauge("cadastre.entries", "{entry}", "Entries in all logs.", () -> logs.get().entries());
    gauge(
        "cadastre.indexed_entries",
        "{entry}",
        "Entries of all logs that the index has read.",
        () -> logs.get().indexed());
    gauge(
        "cadastre.index.lag_entries",
        "{entry}",
        "Entries that the index has yet to read, in the log where it is most.",
        () -> logs.get().lag());
  }

  /** Every kind, so that one that never came up is a zero and not a hole. */
  private void ofAlerts() {
    meter
        .counterBuilder("cadastre.alerts")
        .setDescription("What detectors noticed in all logs, by kind.")
        .buildWithCallback(
            counter ->
                ifReadable(
                    "cadastre.alerts",
                    () -> {
                      Map<Alert.Kind, Long> totals = alerts.get();
                      for (Alert.Kind kind : Alert.Kind.values()) {
                        counter.record(
                            totals.getOrDefault(kind, 0L), Attributes.of(KIND, kind.wire()));
                      }
                    }));
  }

  private void ofAnchors() {
    meter
        .gaugeBuilder("cadastre.anchor.age")
        .ofLongs()
        .setUnit("s")
        .setDescription("Since the newest anchor.")
        .buildWithCallback(
            gauge ->
                ifReadable(
                    "cadastre.anchor.age",
                    () -> anchorAge().ifPresent(age -> gauge.record(age.toSeconds()))));
  }

  /** Unknown while the log of anchors is stopped, of which {@code cadastre_logs_stopped} tells. */
  private Optional<Duration> anchorAge() {
    try {
      return rooms
          .anchors()
          .newest()
          .map(anchor -> Duration.between(anchor.time(), rooms.clock().instant()));
    } catch (LogStopped stopped) {
      return Optional.empty();
    }
  }

  private void gauge(String name, String unit, String help, LongSupplier value) {
    meter
        .gaugeBuilder(name)
        .ofLongs()
        .setUnit(unit)
        .setDescription(help)
        .buildWithCallback(
            (ObservableLongMeasurement gauge) ->
                ifReadable(name, () -> gauge.record(value.getAsLong())));
  }

  private static void ifReadable(String name, Runnable record) {
    try {
      record.run();
    } catch (StorageFailure failure) {
      LOG.warn("{} is left out of the figures: {}", name, failure.getMessage());
    }
  }
}
