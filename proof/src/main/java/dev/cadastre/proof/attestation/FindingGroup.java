package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Entries whose outcome rests on the same finding at the same place. An entry with two such
 * findings is in two groups.
 *
 * @param what the finding
 * @param count how many entries
 * @param customers how many of them the customer told
 * @param last the last of them
 * @param entries the entries; fewer than {@code count} where the list has no more room
 */
public record FindingGroup(What what, long count, long customers, long last, Runs entries) {
  /**
   * A finding at a place. Names are wire names.
   *
   * @param rule id of the rule
   * @param hop the hop that it looked at
   * @param place where that hop was; empty if the record does not say
   */
  public record What(String rule, String hop, String place) implements Comparable<What> {
    @Override
    public int compareTo(What other) {
      int byRule = rule.compareTo(other.rule);
      int byHop = byRule != 0 ? byRule : hop.compareTo(other.hop);
      return byHop != 0 ? byHop : place.compareTo(other.place);
    }
  }

  /** The first of the entries. */
  public long first() {
    return entries.runs().get(0).first();
  }

  Json.Obj toJson() {
    Json.Builder json =
        Json.Obj.builder()
            .put("count", count)
            .put("entries", entries.toJson())
            .put("hop", what.hop)
            .put("last", last)
            .put("place", what.place)
            .put("rule", what.rule);
    if (customers > 0) {
      json.put("customer", customers);
    }
    return json.build();
  }

  static FindingGroup fromJson(Json.Obj json) throws Refused {
    json.only("count", "customer", "entries", "hop", "last", "place", "rule");
    Runs entries = Runs.fromJson(json.arr("entries"));
    if (entries.runs().isEmpty()) {
      throw new Refused("expected the entries of a finding, found none");
    }
    return new FindingGroup(
        new What(json.str("rule"), json.str("hop"), json.str("place")),
        json.integer("count"),
        json.optInteger("customer").orElse(0),
        json.integer("last"),
        entries);
  }

  /** Groups in the making, as far as there is room. */
  static final class Collector {
    private static final int GROUP_BYTES = 130;

    private final ListCapacity room;
    private final SortedMap<What, Track> tracks = new TreeMap<>();

    Collector(ListCapacity room) {
      this.room = room;
    }

    void add(long index, What what, boolean customers) {
      Track track = tracks.get(what);
      if (track == null && room.take(bytes(what))) {
        room.giveBack(ListCapacity.RUN_BYTES);
        track = new Track(room);
        tracks.put(what, track);
      }
      if (track != null) {
        track.add(index, customers);
      }
    }

    /** Its first run included. */
    private static long bytes(What what) {
      return GROUP_BYTES
          + ListCapacity.RUN_BYTES
          + ListCapacity.bytesOf(what.rule)
          + ListCapacity.bytesOf(what.hop)
          + ListCapacity.bytesOf(what.place);
    }

    /** Sorted by rule, hop and place. */
    List<FindingGroup> groups() {
      List<FindingGroup> groups = new ArrayList<>();
      tracks.forEach(
          (what, track) ->
              groups.add(
                  new FindingGroup(
                      what, track.count, track.customers, track.last, track.entries.runs())));
      return groups;
    }

    private static final class Track {
      private final Runs.Collector entries;
      private long count;
      private long customers;
      private long last;

      Track(ListCapacity room) {
        this.entries = new Runs.Collector(room);
      }

      void add(long index, boolean byCustomer) {
        entries.add(index);
        count++;
        customers += byCustomer ? 1 : 0;
        last = index;
      }
    }
  }
}
