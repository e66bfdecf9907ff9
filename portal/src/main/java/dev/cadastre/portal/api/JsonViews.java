package dev.cadastre.portal.api;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.ledger.search.BreachSeen;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.ledger.search.KeyTrail;
import dev.cadastre.ledger.search.Repeat;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.ledger.search.TimeRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What the index tells, as JSON. Times are RFC 3339 in UTC, to the nanosecond. */
final class JsonViews {
  private JsonViews() {}

  static Json list(List<? extends Json> items) {
    return new Json.Arr(List.copyOf(items));
  }

  static <T> Json list(List<T> items, Function<T, ? extends Json> form) {
    return list(items.stream().map(form).toList());
  }

  static String time(long ns) {
    return TimeRange.instant(ns).toString();
  }

  private static Json repeat(Repeat repeat) {
    return Json.Obj.builder().put("of", repeat.index()).put("payload", repeat.wire()).build();
  }

  private static Optional<String> time(Optional<Long> ns) {
    return ns.map(JsonViews::time);
  }

  static Json.Obj event(LogName log, EventRow row) {
    Json.Obj.Builder event = Json.Obj.builder();
    row.repeat().ifPresent(repeat -> event.put("repeat", repeat(repeat)));
    return event
        .put("index", row.index())
        .put("time", time(row.timeNs()))
        .put("received", time(row.receivedNs()))
        .put("kind", row.kind())
        .putIf("side", row.side().map(Side::wire))
        .putIf("outcome", row.outcome().map(Outcome::wire))
        .putIf("rule", row.rule())
        .putIf("name", row.name())
        .putIf("action", row.action())
        .putIf("result", row.result())
        .putIf("actor", row.actor())
        .putIf("target", row.target())
        .putIf("category", row.category())
        .putIf("purpose", row.purpose())
        .putIf("key", row.key())
        .putIf("operation", row.operation())
        .putIf("service", row.service())
        .put("locations", locations(row.locations()))
        .put("entry", "/logs/" + log.value() + "/entries/" + row.index())
        .build();
  }

  private static Json locations(Map<Hop, Location> locations) {
    Map<String, Json> members = new TreeMap<>();
    locations.forEach(
        (hop, at) ->
            members.put(
                hop.wire(),
                Json.Obj.builder()
                    .put("place", at.place())
                    .put("assurance", at.assurance().wire())
                    .build()));
    return Json.Obj.of(members);
  }

  /** All outcomes, those that did not occur as 0. */
  static Json outcomes(Map<Outcome, Long> counts) {
    Map<String, Json> members = new TreeMap<>();
    Arrays.stream(Outcome.values())
        .forEach(outcome -> members.put(outcome.wire(), Json.of(counts.getOrDefault(outcome, 0L))));
    return Json.Obj.of(members);
  }

  private static Json counts(Map<String, Long> counts) {
    Map<String, Json> members = new TreeMap<>();
    counts.forEach((name, n) -> members.put(name, Json.of(n)));
    return Json.Obj.of(members);
  }

  static Json.Builder summary(LogName log, Summary summary) {
    return Json.Obj.builder()
        .put("from", time(summary.range().fromNs()))
        .put("events", summary.events())
        .put("kinds", counts(summary.kinds()))
        .put("judged", outcomes(summary.judged()))
        .put("buckets", list(summary.buckets(), JsonViews::bucket))
        .put("outside", summary.outside())
        .put("places", list(summary.places(), JsonViews::place))
        .put("alerts", list(summary.alerts(), one -> alert(log, one)))
        .put("breaches", list(summary.breaches(), JsonViews::breach))
        .put("violations", list(summary.violations(), row -> event(log, row)))
        .put("indexed", summary.indexed());
  }

  static Json alert(LogName log, AlertSeen seen) {
    return Json.Obj.builder()
        .put("kind", seen.kind().wire())
        .put("title", seen.kind().title())
        .putIf("rule", seen.kind().rule())
        .put("times", seen.events())
        .put("about", list(seen.about(), about -> about(log, about)))
        .build();
  }

  private static Json breach(BreachSeen seen) {
    return Json.Obj.builder()
        .put("rule", seen.breach().rule())
        .put("hop", seen.breach().hop().wire())
        .putIf("place", seen.breach().place())
        .putIf("key", seen.breach().key())
        .put("times", seen.events())
        .put("firstIndex", seen.firstIndex())
        .put("lastIndex", seen.lastIndex())
        .put("breach", seen.breach().wire())
        .build();
  }

  private static Json about(LogName log, AlertSeen.About about) {
    return Json.Obj.builder()
        .put("subject", about.subject())
        .put("times", about.events())
        .put("detail", about.detail())
        .put("lastIndex", about.lastIndex())
        .put("entry", "/logs/" + log.value() + "/entries/" + about.lastIndex())
        .build();
  }

  private static Json bucket(Summary.Bucket bucket) {
    return Json.Obj.builder()
        .put("from", time(bucket.fromNs()))
        .put("to", time(bucket.toNs()))
        .put("events", bucket.events())
        .put("judged", outcomes(bucket.judged()))
        .build();
  }

  private static Json place(Summary.PlaceSeen seen) {
    Map<String, Long> assurances = new TreeMap<>();
    for (Map.Entry<Assurance, Long> count : seen.assurances().entrySet()) {
      assurances.put(count.getKey().wire(), count.getValue());
    }
    return Json.Obj.builder()
        .putIf("category", seen.category())
        .put("hop", seen.hop().wire())
        .put("place", seen.place())
        .put("events", seen.events())
        .put("assurances", counts(assurances))
        .put("outcomes", outcomes(seen.outcomes()))
        .put("last", time(seen.lastNs()))
        .put("lastIndex", seen.lastIndex())
        .build();
  }

  static Json.Obj key(Summary.KeySeen key) {
    return keyMembers(key).build();
  }

  private static Json.Builder keyMembers(Summary.KeySeen key) {
    return Json.Obj.builder()
        .put("key", key.key())
        .putIf("custody", key.custody())
        .putIf("provider", key.provider())
        .putIf("place", key.place())
        .put("uses", key.uses())
        .put("refusals", key.refusals())
        .put("inconclusive", key.inconclusive())
        .put("judged", outcomes(key.outcomes()))
        .put("firstSeen", time(key.firstNs()))
        .put("lastSeen", time(key.lastNs()))
        .putIf("lastUsed", time(key.lastUsedNs()))
        .putIf("lastRefused", time(key.lastRefusedNs()))
        .putIf("lastRotated", time(key.lastRotatedNs()))
        .putIf("disabled", time(key.disabledNs()))
        .putIf("enabled", time(key.enabledNs()));
  }

  static Json.Obj trail(LogName log, KeyTrail trail) {
    return keyMembers(trail.key())
        .put("lifecycle", list(trail.lifecycle(), row -> event(log, row)))
        .put("useByInterval", list(trail.uses(), JsonViews::uses))
        .put("revocations", list(trail.revocations(), revocation -> revocation(log, revocation)))
        .build();
  }

  private static Json uses(KeyTrail.Uses uses) {
    return Json.Obj.builder()
        .put("from", time(uses.fromNs()))
        .put("to", time(uses.toNs()))
        .put("uses", uses.uses())
        .put("refusals", uses.refusals())
        .put("inconclusive", uses.inconclusive())
        .build();
  }

  private static Json revocation(LogName log, KeyTrail.Revocation revocation) {
    Json.Builder members =
        Json.Obj.builder()
            .put("disabled", event(log, revocation.disabled()))
            .put("usesAfter", revocation.usesAfter())
            .put("inconclusiveAfter", revocation.inconclusiveAfter())
            .putIf(
                "timeToRevokeAtLeastNs",
                revocation.timeToRevokeAtLeastNs().map(ns -> Long.toString(ns)))
            .putIf("timeToRevokeNs", revocation.timeToRevokeNs().map(ns -> Long.toString(ns)));
    switch (revocation.scope().of()) {
      case VERSION -> members.put("version", revocation.scope().name());
      case IDENTITY -> members.put("identity", revocation.scope().name());
      case KEY -> {}
    }
    revocation.lastUse().ifPresent(row -> members.put("lastUse", event(log, row)));
    revocation.firstRefusal().ifPresent(row -> members.put("firstRefusal", event(log, row)));
    revocation.enabled().ifPresent(row -> members.put("enabled", event(log, row)));
    return members.build();
  }
}
