package dev.cadastre.evidence.pack;

import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many packs each log began to build within the last hour. Not safe for several threads. */
final class PackBuilds {
  private static final Duration HOUR = Duration.ofHours(1);

  private final int most;
  private final Map<LogName, Deque<Instant>> begun = new HashMap<>();

  PackBuilds(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  /** How long to wait until the log may begin another; empty if it may. */
  Optional<Duration> wait(LogName log, Instant now) {
    Deque<Instant> times = begun.getOrDefault(log, new ArrayDeque<>());
    while (!times.isEmpty() && !times.peek().plus(HOUR).isAfter(now)) {
      times.remove();
    }
    if (times.size() < most) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(now, times.element().plus(HOUR)));
  }

  void begin(LogName log, Instant now) {
    begun.computeIfAbsent(log, none -> new ArrayDeque<>()).add(now);
  }
}
