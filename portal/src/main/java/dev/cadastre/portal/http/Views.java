package dev.cadastre.portal.http;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which views were noted within the last hour. What is remembered is bounded: where more is looked
 * at in an hour than that, the oldest is forgotten and noted again, since a trail may say a thing
 * twice but not leave it out.
 */
final class Views {
  static final int MOST_REMEMBERED = 100_000;
  private static final Duration NOTED_EVERY = Duration.ofHours(1);

  /**
   * A page or route of a log, as somebody saw it.
   *
   * @param visitor a session, or the sender that a token is
   */
  record View(String visitor, LogName log, String target) {
    /** In a form in which no two are alike, and as long whatever stands in it. */
    private Hash digest() {
      byte[] parts = Json.strings(List.of(visitor, log.value(), target)).jcs();
      return Hash.sha256(parts);
    }
  }

  private final InstantSource clock;

  /** When each was noted, the oldest first. */
  private final Map<Hash, Instant> noted = new LinkedHashMap<>();

  Views(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether it was not noted within the last hour; from then on it was. */
  synchronized boolean first(View view) {
    Instant now = clock.instant();
    forget(now.minus(NOTED_EVERY));
    return noted.putIfAbsent(view.digest(), now) == null;
  }

  private void forget(Instant hourAgo) {
    Iterator<Instant> oldest = noted.values().iterator();
    while (oldest.hasNext()) {
      boolean tooMany = noted.size() >= MOST_REMEMBERED;
      if (!oldest.next().isBefore(hourAgo) && !tooMany) {
        return;
      }
      oldest.remove();
    }
  }

  synchronized int remembered() {
    return noted.size();
  }
}
