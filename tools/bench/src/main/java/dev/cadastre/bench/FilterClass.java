package dev.cadastre.bench;

import dev.cadastre.bench.load.MixedTraffic;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** One way in which people filter an event list; each draw is another query of its sort. */
enum FilterClass {
  NONE("no filter", true),
  KIND_COMMON("common kind", true),
  KIND_RARE("rare kind", true),
  VERDICT_COMMON("common verdict", true),
  VERDICT_RARE("rare verdict", true),
  PLACE_COMMON("common place", true),
  PLACE_RARE("rare place", true),
  KEY("key", true),
  ACTOR("actor", true),
  TARGET("one object of 10,000", true),
  TEXT_COMMON("common text", true),
  TEXT_RARE("rare text", true),
  RECORD_ID("record id as text", true),
  TIME("hour of the month", true),
  TIME_AND_KIND("hour and kind", true),
  KIND_VERDICT_PLACE("kind, verdict and place", true),
  KEY_AND_TIME("key and day", true),
  CATEGORY_AND_RESULT("category and result", true),
  ACTOR_AND_TARGET("actor and object", false),
  NEVER_TOGETHER("words never together", false),
  UNKNOWN("unknown word", false);

  private final String words;
  private final boolean matches;

  FilterClass(String words, boolean matches) {
    this.words = words;
    this.matches = matches;
  }

  String words() {
    return words;
  }

  /** Whether some of its queries must find something. */
  boolean matches() {
    return matches;
  }

  /**
   * The query part of an address of the API.
   *
   * @param events how many events the log has
   */
  String draw(Random random, long events) {
    return query(
        switch (this) {
          case NONE -> List.of();
          case KIND_COMMON -> List.of("kind", "data.access");
          case KIND_RARE -> List.of("kind", "key.lifecycle");
          case VERDICT_COMMON -> List.of("verdict", "compliant");
          case VERDICT_RARE -> List.of("verdict", "violation");
          case PLACE_COMMON -> List.of("place", "aws:eu-west-1");
          case PLACE_RARE -> List.of("place", MixedTraffic.RARE_PLACE);
          case KEY -> List.of("key", key(random));
          case ACTOR -> List.of("actor", actor(random));
          case TARGET -> List.of("target", object(random));
          case TEXT_COMMON -> List.of("text", "account");
          case TEXT_RARE -> List.of("text", object(random));
          case RECORD_ID -> List.of("text", MixedTraffic.id(random.nextLong(events)));
          case TIME -> time(random, Duration.ofHours(1));
          case TIME_AND_KIND -> and(time(random, Duration.ofHours(1)), "kind", "key.use");
          case KIND_VERDICT_PLACE ->
              List.of(
                  "kind", "data.access", "verdict", "violation", "place", MixedTraffic.RARE_PLACE);
          case KEY_AND_TIME -> and(time(random, Duration.ofDays(1)), "key", key(random));
          case CATEGORY_AND_RESULT -> List.of("category", "support", "result", "denied");
          case ACTOR_AND_TARGET -> List.of("actor", actor(random), "target", object(random));
          case NEVER_TOGETHER -> List.of("kind", "data.access", "key", key(random));
          case UNKNOWN -> List.of("actor", "nobody");
        });
  }

  private static String key(Random random) {
    return "key-" + random.nextInt(MixedTraffic.KEYS);
  }

  private static String actor(Random random) {
    return "svc-" + random.nextInt(MixedTraffic.ACTORS);
  }

  private static String object(Random random) {
    return "account/" + random.nextInt(MixedTraffic.OBJECTS);
  }

  private static List<String> time(Random random, Duration length) {
    long latest = MixedTraffic.MONTH_NS - length.toNanos();
    Instant from = Instant.ofEpochSecond(0, MixedTraffic.FIRST_TIME_NS + random.nextLong(latest));
    return List.of("from", from.toString(), "to", from.plus(length).toString());
  }

  private static List<String> and(List<String> pairs, String name, String value) {
    return List.of(pairs.get(0), pairs.get(1), pairs.get(2), pairs.get(3), name, value);
  }

  private static String query(List<String> pairs) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < pairs.size(); i += 2) {
      query
          .append(i == 0 ? '?' : '&')
          .append(pairs.get(i))
          .append('=')
          .append(URLEncoder.encode(pairs.get(i + 1), StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
