package dev.cadastre.portal.page.keys;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.ledger.search.KeyTrail;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.BreachLines;
import dev.cadastre.portal.page.Lag;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.OutcomeBanner;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Span;
import dev.cadastre.portal.page.VerdictCount;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.EventLines;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys that a log names, and the life of one of them. */
public final class KeysPage {
  private static final int BREACHES = 20;

  private final PortalServices rooms;
  private final Templates html;

  public KeysPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** A key in the list. */
  public record Row(
      String key,
      String href,
      String state,
      String custody,
      String provider,
      String place,
      String known,
      String uses,
      String usesHref,
      String denials,
      String denialsHref,
      String inconclusive,
      String inconclusiveHref,
      List<VerdictCount> verdicts,
      String rotated,
      String used) {}

  /** The list. */
  public record ListView(Span span, List<Span> spans, List<Row> rows, Lag lag) {}

  /** One day or hour of a key's use. */
  public record Use(
      String from, String uses, String denials, int height, int denied, int x, int y) {}

  /** One disabling and what followed. */
  public record Revoked(
      String scope,
      EventLines.Line disabled,
      String timeToRevoke,
      String timeMeaning,
      Optional<EventLines.Line> lastUse,
      Optional<EventLines.Line> firstDenial,
      String usesAfter,
      boolean leaked,
      String inconclusiveAfter,
      Optional<EventLines.Line> enabled) {
    /** The entries that tell it, in order. */
    public List<EventLines.Line> lines() {
      return java.util.stream.Stream.of(lastUse, Optional.of(disabled), firstDenial, enabled)
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /**
   * One key.
   *
   * @param whole its id where the row has that cut, or empty
   */
  public record KeyView(
      Row row,
      String whole,
      Span span,
      List<Span> spans,
      String spanLink,
      int width,
      List<Use> uses,
      List<Revoked> revocations,
      List<EventLines.Line> lifecycle,
      OutcomeBanner statement,
      List<BreachLines.Line> breaches,
      String breachesNote,
      String since,
      Lag lag) {}

  public void list(Call call) throws Refused {
    Optional<String> id = call.exact("id");
    if (id.isPresent()) {
      key(call, id.get());
      return;
    }
    Span span = Span.of(call.query("span"));
    LogName log = call.log();
    TimeRange range = span.until(rooms.clock().instant());
    List<Row> rows =
        rooms.search().summary(log, range).keys().stream()
            .sorted(
                Comparator.comparing(
                        (Summary.KeySeen seen) ->
                            seen.outcomes().getOrDefault(Outcome.VIOLATION, 0L))
                    .thenComparing(Summary.KeySeen::uses)
                    .reversed()
                    .thenComparing(Summary.KeySeen::key))
            .map(seen -> row(log, seen, range))
            .toList();
    html.page(call, "keys", new ListView(span, Span.ALL, rows, Lag.of(rooms, log)));
  }

  public void one(Call call) throws Refused {
    key(call, call.path("id"));
  }

  private void key(Call call, String key) throws Refused {
    Span span = Span.of(call.query("span"));
    LogName log = call.log();
    TimeRange range = span.until(rooms.clock().instant());
    KeyTrail trail =
        rooms
            .search()
            .keyTrail(log, key, range)
            .orElseThrow(() -> Problem.notFound("No event of this log names that key."));
    html.page(call, "key", view(log, trail, span, range));
  }

  private KeyView view(LogName log, KeyTrail trail, Span span, TimeRange range) {
    List<KeyTrail.Uses> uses = trail.uses();
    long most = uses.stream().mapToLong(KeysPage::tried).max().orElse(0);
    List<Use> bars =
        java.util.stream.IntStream.range(0, uses.size())
            .mapToObj(i -> bar(uses.get(i), i * 10, most))
            .toList();
    Row row = row(log, trail.key(), range);
    String whole = Foreign.whole(trail.key().key());
    return new KeyView(
        row,
        whole.equals(row.key()) ? "" : whole,
        span,
        Span.ALL,
        Links.key(log, trail.key().key())
            + (Links.key(log, trail.key().key()).contains("?") ? "&" : "?")
            + "span=",
        Math.max(10, uses.size() * 10),
        bars,
        trail.revocations().stream().map(revocation -> revoked(log, revocation)).toList(),
        EventLines.of(log, trail.lifecycle()),
        statement(log, trail.key(), span, range),
        BreachLines.of(
            log,
            trail.breaches(),
            PlaceNames.of(rooms.ledger().policy(log)),
            BREACHES,
            List.of("from", TimeRange.instant(range.fromNs()).toString())),
        BreachLines.note(trail.breaches(), BREACHES),
        Words.Stamp.of(trail.key().firstNs()).utc(),
        Lag.of(rooms, log));
  }

  /** The heaviest first. */
  private static List<VerdictCount> verdicts(LogName log, Summary.KeySeen seen, String from) {
    return seen.outcomes().entrySet().stream()
        .sorted(Map.Entry.<Outcome, Long>comparingByKey().reversed())
        .map(
            one ->
                new VerdictCount(
                    one.getKey().wire(),
                    Words.number(one.getValue()),
                    Links.eventsOfKey(
                        log, seen.key(), "verdict", one.getKey().wire(), "from", from)))
        .toList();
  }

  /** What is to be said before all else: how many events with the key broke the contract. */
  private static OutcomeBanner statement(
      LogName log, Summary.KeySeen seen, Span span, TimeRange range) {
    long broken = seen.outcomes().getOrDefault(Outcome.VIOLATION, 0L);
    if (broken == 0) {
      return new OutcomeBanner("", "", "", "", "");
    }
    long judged = seen.outcomes().values().stream().mapToLong(Long::longValue).sum();
    return new OutcomeBanner(
        Outcome.VIOLATION.wire(),
        Words.count(broken, "event", "events")
            + " with this key broke the contract in the last "
            + span.words(),
        Words.count(judged, "event with it was judged.", "events with it were judged."),
        Links.eventsOfKey(
            log,
            seen.key(),
            "verdict",
            Outcome.VIOLATION.wire(),
            "from",
            TimeRange.instant(range.fromNs()).toString()),
        "See each of them");
  }

  private static long tried(KeyTrail.Uses use) {
    return use.uses() + use.refusals() + use.inconclusive();
  }

  private static Use bar(KeyTrail.Uses use, int x, long most) {
    long tried = tried(use);
    int height = tried == 0 ? 0 : (int) Math.max(2, tried * 56 / most);
    int denied = use.refusals() == 0 ? 0 : (int) Math.max(2, use.refusals() * 56 / most);
    return new Use(
        Words.Stamp.of(use.fromNs()).utc(),
        Words.number(tried),
        Words.number(use.refusals()),
        height,
        Math.min(height, denied),
        x,
        60 - height);
  }

  private static Revoked revoked(LogName log, KeyTrail.Revocation revocation) {
    Optional<Duration> took = revocation.timeToRevokeNs().map(Duration::ofNanos);
    boolean leaked = revocation.usesAfter() > 0;
    String meaning =
        took.isEmpty()
            ? "No use was refused after it, so nothing shows yet that the disabling took hold."
            : "From the disabling to the first use that was refused, at most; to the last use"
                + " before that, at least.";
    return new Revoked(
        scope(revocation.scope()),
        EventLines.of(log, revocation.disabled()),
        took.map(most -> interval(revocation, most)).orElse("not shown yet"),
        meaning,
        line(log, revocation.lastUse()),
        line(log, revocation.firstRefusal()),
        Words.count(revocation.usesAfter(), "use", "uses"),
        leaked,
        revocation.inconclusiveAfter() == 0
            ? ""
            : Words.count(revocation.inconclusiveAfter(), "use", "uses"),
        line(log, revocation.enabled()));
  }

  private static String scope(KeyScope scope) {
    return switch (scope.of()) {
      case KEY -> "";
      case VERSION -> " of version " + Foreign.of(scope.name());
      case IDENTITY -> " of the access of " + Foreign.of(scope.name());
    };
  }

  /** "3 s to 41 s", or the longer alone where no use after the disabling succeeded. */
  private static String interval(KeyTrail.Revocation revocation, Duration most) {
    long leastNs = revocation.timeToRevokeAtLeastNs().orElse(0L);
    String longer = Words.duration(most);
    return leastNs == 0
        ? "at most " + longer
        : Words.duration(Duration.ofNanos(leastNs)) + " to " + longer;
  }

  private static Optional<EventLines.Line> line(LogName log, Optional<EventRow> row) {
    return row.map(found -> EventLines.of(log, found));
  }

  private static String uses(LogName log, Summary.KeySeen seen, Attempt attempt, String from) {
    return Links.eventsOfKey(
        log, seen.key(), "kind", "key.use", "attempt", attempt.wire(), "from", from);
  }

  /** What events say of it; where none does, no more is claimed than that. */
  static String state(Summary.KeySeen seen) {
    return seen.disabledNs()
        .map(since -> "disabled since " + Words.Stamp.of(since).utc())
        .or(() -> seen.enabledNs().map(since -> "enabled since " + Words.Stamp.of(since).utc()))
        .orElse("no disabling seen");
  }

  private Row row(LogName log, Summary.KeySeen seen, TimeRange range) {
    PlaceNames names = PlaceNames.of(rooms.ledger().policy(log));
    String from = TimeRange.instant(range.fromNs()).toString();
    return new Row(
        Foreign.of(seen.key()),
        Links.key(log, seen.key()),
        state(seen),
        seen.custody().map(Foreign::of).orElse("not stated"),
        seen.provider().map(Foreign::of).orElse("not stated"),
        seen.place().map(Foreign::of).orElse("not stated"),
        seen.place().map(names::of).orElse(""),
        Words.number(seen.uses() + seen.refusals() + seen.inconclusive()),
        Links.eventsOfKey(log, seen.key(), "kind", "key.use", "from", from),
        Words.number(seen.refusals()),
        uses(log, seen, Attempt.REFUSED, from),
        Words.number(seen.inconclusive()),
        uses(log, seen, Attempt.INCONCLUSIVE, from),
        verdicts(log, seen, from),
        seen.lastRotatedNs().map(ns -> Words.Stamp.of(ns).utc()).orElse("never seen"),
        seen.lastUsedNs().map(ns -> Words.Stamp.of(ns).utc()).orElse("never seen"));
  }
}
