package dev.cadastre.portal.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Which views were noted within the last hour. What is remembered is bounded: where more is looked
 * at in an hour than that, some are forgotten and noted again, since a trail may say a thing twice
 * but not leave it out.
 */
final class Views {
  static final int MOST_REMEMBERED = 100_000;

  /** One hour, its end included. */
  private static final Duration REMEMBERED = Duration.ofHours(1).plusNanos(1);

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

  private final Cache<Hash, Boolean> noted;

  Views(InstantSource clock) {
    this.noted =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  private static long nanos(Instant time) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, time);
  }

  /** Whether it was not noted within the last hour; from then on it was. */
  boolean first(View view) {
    return noted.asMap().putIfAbsent(view.digest(), true) == null;
  }

  long remembered() {
    noted.cleanUp();
    return noted.estimatedSize();
  }
}
