package dev.cadastre.portal.page;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.search.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A length of time that a page looks back over, as its address names it. */
public record Span(String name, String words, Duration length) {
  public static final List<Span> ALL =
      List.of(
          new Span("24h", "24 hours", Duration.ofHours(24)),
          new Span("7d", "7 days", Duration.ofDays(7)),
          new Span("30d", "30 days", Duration.ofDays(30)),
          new Span("365d", "365 days", Duration.ofDays(365)));

  /** The span of that name; thirty days when none is named. */
  public static Span of(Optional<String> name) throws Refused {
    String wanted = name.orElse("30d");
    return ALL.stream()
        .filter(span -> span.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new Refused("'span' is one of " + ALL.stream().map(Span::name).toList()));
  }

  /** From the whole hour that long ago on, so that a page's links count exactly what it counted. */
  public TimeRange until(Instant now) {
    Instant hour =
        Instant.ofEpochSecond(Math.floorDiv(now.minus(length).getEpochSecond(), 3600) * 3600);
    return TimeRange.ALL.from(hour);
  }
}
