package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by name; a name that never came up has no entry. */
public record Tally(SortedMap<String, Long> counts) {
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

  /** A tally in the making. */
  static final class Counter {
    private final Map<String, long[]> counts = new TreeMap<>();

    void add(String name) {
      counts.computeIfAbsent(name, absent -> new long[1])[0]++;
    }

    Tally tally() {
      SortedMap<String, Long> result = new TreeMap<>();
      counts.forEach((name, count) -> result.put(name, count[0]));
      return new Tally(result);
    }
  }
}
