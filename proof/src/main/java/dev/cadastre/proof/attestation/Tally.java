package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ListCapacity;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by name; a name that never came up has no entry. */
public record Tally(SortedMap<String, Long> counts) {
  /** One of outcomes, without its name. */
  private static final int TALLY_BYTES = 120;

  static final Tally NONE = new Tally(new TreeMap<>());

  public Tally {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  public long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  Json.Obj toJson() {
    Json.Builder json = Json.Obj.builder();
    counts.forEach(json::put);
    return json.build();
  }

  static Tally fromJson(Json.Obj json) throws Refused {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : json.members().keySet()) {
      counts.put(name, json.integer(name));
    }
    return new Tally(counts);
  }

  static Json.Obj toJson(SortedMap<String, Tally> tallies) {
    Json.Builder json = Json.Obj.builder();
    tallies.forEach((name, tally) -> json.put(name, tally.toJson()));
    return json.build();
  }

  static SortedMap<String, Tally> byName(Json.Obj json) throws Refused {
    SortedMap<String, Tally> tallies = new TreeMap<>();
    for (String name : json.members().keySet()) {
      tallies.put(name, fromJson(json.obj(name)));
    }
    return tallies;
  }

  /** A tally in the making. */
  static final class Counter {
    private final Map<String, long[]> counts = new TreeMap<>();

    void add(String name) {
      counts.computeIfAbsent(name, absent -> new long[1])[0]++;
    }

    /** Counts in the tally of a name, if that has room. */
    static void add(
        SortedMap<String, Counter> tallies, String name, String what, ListCapacity room) {
      Counter counter = tallies.get(name);
      if (counter == null && room.take(TALLY_BYTES + ListCapacity.bytesOf(name))) {
        counter = new Counter();
        tallies.put(name, counter);
      }
      if (counter != null) {
        counter.add(what);
      }
    }

    static SortedMap<String, Tally> tallies(SortedMap<String, Counter> counters) {
      SortedMap<String, Tally> tallies = new TreeMap<>();
      counters.forEach((name, counter) -> tallies.put(name, counter.tally()));
      return tallies;
    }

    Tally tally() {
      SortedMap<String, Long> result = new TreeMap<>();
      counts.forEach((name, count) -> result.put(name, count[0]));
      return new Tally(result);
    }
  }
}
