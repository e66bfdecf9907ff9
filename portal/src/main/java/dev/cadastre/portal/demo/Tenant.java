package dev.cadastre.portal.demo;

import dev.cadastre.portal.cell.Endpoints;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A tenant's services, running. */
final class Tenant implements AutoCloseable {
  private static final Duration STORY = Duration.ofDays(7);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int EVENTS_BETWEEN_SCENES = 320;
  private static final int FLUSH_EVERY = 40;

  private final Scenario scenario;
  private final Random random;
  private final Map<Service, Sender> senders = new LinkedHashMap<>();

  Tenant(
      Scenario scenario,
      Endpoints endpoints,
      String token,
      String run,
      Tally tally,
      Random random) {
    this.scenario = scenario;
    this.random = random;
    for (Service service : scenario.services()) {
      Sender sender = new Sender(scenario.tenant(), service, endpoints, token, run, tally);
      senders.put(service, sender);
    }
  }

  /** Something ordinary happens now. */
  void live(Instant now) throws InterruptedException {
    emit(scenario.ordinary(random), now);
  }

  /** Sends what happened in the days before {@code now}, oldest first. */
  void tell(Instant now) throws InterruptedException {
    List<Scene> waiting = new ArrayList<>(scenario.story());
    List<Instant> ordinary = ordinaryTimes(now);
    int sinceFlush = 0;
    for (Instant time : ordinary) {
      while (!waiting.isEmpty() && !now.minus(waiting.get(0).ago()).isAfter(time)) {
        play(waiting.remove(0), now);
      }
      emit(scenario.ordinary(random), time);
      if (++sinceFlush == FLUSH_EVERY) {
        flush();
        sinceFlush = 0;
      }
    }
    for (Scene scene : waiting) {
      play(scene, now);
    }
    flush();
  }

  /**
   * Senders know nothing of each other's order, so a scene waits for what came before, and is
   * waited for.
   */
  private void play(Scene scene, Instant now) throws InterruptedException {
    flush();
    emit(scene.happening(), now.minus(scene.ago()));
    flush();
  }

  /** Ordinary moments, sorted: fewer at night, none in the last minute. */
  private List<Instant> ordinaryTimes(Instant now) {
    List<Instant> times = new ArrayList<>();
    while (times.size() < EVENTS_BETWEEN_SCENES) {
      Instant time = now.minus(Duration.ofMillis(60_000 + random.nextLong(STORY.toMillis())));
      long hour = time.getEpochSecond() / 3600 % 24;
      if (hour >= 6 && hour < 20 || random.nextInt(4) == 0) {
        times.add(time);
      }
    }
    times.sort(null);
    return times;
  }

  private void emit(Happening happening, Instant time) throws InterruptedException {
    Sender sender = senders.get(happening.service());
    if (sender == null) {
      throw new IllegalStateException(
          scenario.tenant() + " has no service " + happening.service().name());
    }
    sender.emit(happening, time, random);
  }

  private void flush() {
    CompletableResultCode.ofAll(senders.values().stream().map(Sender::flush).toList())
        .join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    senders.values().forEach(Sender::close);
  }
}
