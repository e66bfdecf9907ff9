package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ListCapacity;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who told the entries, and what of all counts the customer's side told.
 *
 * @param counts entries by {@link Side}
 * @param kinds the customer's by kind
 * @param outcomes the customer's that were judged, by verdict
 * @param categories those by category and verdict
 */
public record SideCounts(
    Tally counts, Tally kinds, Tally outcomes, SortedMap<String, Tally> categories) {
  /** Of a period in which the customer's side told nothing. */
  static final SideCounts NONE =
      new SideCounts(Tally.NONE, Tally.NONE, Tally.NONE, new TreeMap<>());

  public SideCounts {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
  }

  public boolean isEmpty() {
    return kinds.total() == 0;
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("categories", Tally.toJson(categories))
        .put("counts", counts.toJson())
        .put("kinds", kinds.toJson())
        .put("outcomes", outcomes.toJson())
        .build();
  }

  static SideCounts fromJson(Json.Obj json) throws Refused {
    json.only("categories", "counts", "kinds", "outcomes");
    return new SideCounts(
        Tally.fromJson(json.obj("counts")),
        Tally.fromJson(json.obj("kinds")),
        Tally.fromJson(json.obj("outcomes")),
        Tally.byName(json.obj("categories")));
  }

  /** Counts in the making, as far as there is room for what they list. */
  static final class Collector {
    private final ListCapacity room;
    private final Tally.Counter counts = new Tally.Counter();
    private final Tally.Counter kinds = new Tally.Counter();
    private final Tally.Counter outcomes = new Tally.Counter();
    private final SortedMap<String, Tally.Counter> categories = new TreeMap<>();

    Collector(ListCapacity room) {
      this.room = room;
    }

    void add(Event event) {
      Side side = Side.of(event);
      counts.add(side.wire());
      if (side == Side.CUSTOMER) {
        kinds.add(event.kindWire());
      }
    }

    /** What became of a judged record of the customer's. */
    void judged(String outcome, List<String> in) {
      outcomes.add(outcome);
      in.forEach(name -> Tally.Counter.add(categories, name, outcome, room));
    }

    SideCounts counts() {
      SideCounts all =
          new SideCounts(
              counts.tally(), kinds.tally(), outcomes.tally(), Tally.Counter.tallies(categories));
      return all.isEmpty() ? NONE : all;
    }
  }
}
