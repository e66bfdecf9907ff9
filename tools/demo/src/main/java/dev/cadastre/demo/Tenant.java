package dev.cadastre.demo;

import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The services that send of one customer, running. */
final class Tenant implements AutoCloseable {
  private static final Duration STORY = Duration.ofDays(7);
  private static final int ORDINARY_ACTS = 320;
  private static final int FLUSH_EVERY = 40;

  private final Story story;
  private final Random random;
  private boolean started;
  private final Map<Service, DemoSender> senders;

  Tenant(Story story, Map<Service, DemoSender> senders, Random random) {
    this.story = story;
    this.senders = Map.copyOf(senders);
    this.random = random;
  }

  /** Something ordinary happens now; answers how many events that were. */
  int live(Instant now) throws InterruptedException {
    if (!started) {
      started = true;
      emit(story.starts(), now);
      flush();
    }
    Act act = story.ordinary(random);
    emit(act, now);
    return act.events().size();
  }

  /**
   * Sends what happened in the days before today, oldest first. The same at whatever time of day
   * the demo begins, so that each scene is the same entry of each demo's log.
   */
  void tell(Instant now) throws InterruptedException {
    Instant today = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    List<Scene> waiting = new ArrayList<>(story.scenes());
    int sinceFlush = 0;
    for (Instant time : ordinaryTimes(today)) {
      while (!waiting.isEmpty() && !today.minus(waiting.get(0).ago()).isAfter(time)) {
        play(waiting.remove(0), today);
      }
      emit(story.ordinary(random), time);
      if (++sinceFlush == FLUSH_EVERY) {
        flush();
        sinceFlush = 0;
      }
    }
    for (Scene scene : waiting) {
      play(scene, today);
    }
    flush();
  }

  /**
   * Senders know nothing of each other's order, so what happens in a scene waits for what came
   * before, and is waited for.
   */
  private void play(Scene scene, Instant today) throws InterruptedException {
    flush();
    String call = call();
    SpanContext trace = DemoSender.traced(random);
    for (EventTemplate event : scene.act().events()) {
      emit(event.happen(call, random), today.minus(scene.ago()), trace);
      flush();
    }
  }

  /** Ordinary moments, sorted: fewer at night, none while the story stops them. */
  private List<Instant> ordinaryTimes(Instant today) {
    Random moments = new Random(story.tenant().hashCode());
    List<Instant> times = new ArrayList<>();
    while (times.size() < ORDINARY_ACTS) {
      Duration ago = Duration.ofMillis(60_000 + (long) (moments.nextDouble() * STORY.toMillis()));
      long hour = today.minus(ago).getEpochSecond() / 3600 % 24;
      boolean day = hour >= 6 && hour < 20;
      if ((day || moments.nextInt(4) == 0) && !stopped(ago)) {
        times.add(today.minus(ago));
      }
    }
    times.sort(null);
    return times;
  }

  private boolean stopped(Duration ago) {
    boolean goesOn = true;
    for (Scene scene : story.scenes()) {
      if (scene.ago().compareTo(ago) < 0) {
        break;
      }
      goesOn = scene.ordinary().orElse(goesOn);
    }
    return !goesOn;
  }

  private String call() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private void emit(Act act, Instant time) throws InterruptedException {
    String call = call();
    SpanContext trace = DemoSender.traced(random);
    for (EventTemplate event : act.events()) {
      emit(event.happen(call, random), time, trace);
    }
  }

  private void emit(Happening happening, Instant time, SpanContext trace)
      throws InterruptedException {
    Objects.requireNonNull(senders.get(happening.service())).emit(happening, time, trace);
  }

  void flush() throws InterruptedException {
    senders.values().forEach(DemoSender::flush);
    for (DemoSender sender : senders.values()) {
      sender.awaitAnswers();
    }
  }

  @Override
  public void close() {
    senders.values().forEach(DemoSender::close);
  }
}
