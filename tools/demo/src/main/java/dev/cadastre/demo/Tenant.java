package dev.cadastre.demo;

import dev.cadastre.server.cell.Endpoints;
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
  private static final int ORDINARY_EVENTS = 320;
  private static final int FLUSH_EVERY = 40;

  private final Scenario scenario;
  private final Random random;
  private final Map<Service, DemoSender> senders = new LinkedHashMap<>();

  Tenant(
      Scenario scenario,
      Endpoints endpoints,
      String token,
      String run,
      SendCounts tally,
      Random random) {
    this.scenario = scenario;
    this.random = random;
    for (Service service : scenario.services()) {
      DemoSender sender = new DemoSender(scenario.tenant(), service, endpoints, token, run, tally);
      senders.put(service, sender);
    }
  }

  /** Something ordinary happens now. */
  void live(Instant now) throws InterruptedException {
    emit(scenario.ordinary(random), now);
  }

  /** Sends what happened in the days before {@code now}, oldest first. */
  void tell(Instant now) throws InterruptedException {
    List<Scene> story = scenario.story();
    List<Scene> waiting = new ArrayList<>(story);
    int sinceFlush = 0;
    for (Instant time : ordinaryTimes(story, now)) {
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

  /**
   * Ordinary moments, sorted: fewer at night, none while a key of the story is disabled, none in
   * the last minute. Chances of their own, so that what happens does not depend on the time of day.
   */
  private List<Instant> ordinaryTimes(List<Scene> story, Instant now) {
    Random moments = new Random(story.size());
    List<Instant> times = new ArrayList<>();
    while (times.size() < ORDINARY_EVENTS) {
      Duration ago = Duration.ofMillis(60_000 + (long) (moments.nextDouble() * STORY.toMillis()));
      long hour = now.minus(ago).getEpochSecond() / 3600 % 24;
      boolean day = hour >= 6 && hour < 20;
      if ((day || moments.nextInt(4) == 0) && !keyDisabled(story, ago)) {
        times.add(now.minus(ago));
      }
    }
    times.sort(null);
    return times;
  }

  private static boolean keyDisabled(List<Scene> story, Duration ago) {
    boolean disabled = false;
    for (Scene scene : story) {
      if (scene.ago().compareTo(ago) < 0) {
        return disabled;
      }
      String name = scene.happening().name();
      disabled = name.equals("key.disable") || disabled && !name.equals("key.enable");
    }
    return false;
  }

  private void emit(Happening happening, Instant time) throws InterruptedException {
    DemoSender sender = senders.get(happening.service());
    if (sender == null) {
      throw new IllegalStateException(
          scenario.tenant() + " has no service " + happening.service().name());
    }
    sender.emit(happening, time, random);
  }

  void flush() {
    CompletableResultCode.ofAll(senders.values().stream().map(DemoSender::flush).toList())
        .join(DemoSender.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    senders.values().forEach(DemoSender::close);
  }
}
