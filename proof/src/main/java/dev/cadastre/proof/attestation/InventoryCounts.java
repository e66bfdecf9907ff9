package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Difference;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.Lookup;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What records and the inventory in force come to.
 *
 * @param declared records of which something was looked up in it
 * @param agreeing records that say something that it says, too, and differ in nothing
 * @param differing what differs, sorted
 */
public record InventoryCounts(long declared, long agreeing, List<Group> differing) {
  static final InventoryCounts NONE = new InventoryCounts(0, 0, List.of());

  public InventoryCounts {
    differing = List.copyOf(differing);
  }

  /**
   * One difference.
   *
   * @param what what differs
   * @param count of how many entries
   * @param entries which; fewer than {@code count} where the list has no more room
   */
  public record Group(Difference what, long count, Runs entries) {
    Json.Obj toJson() {
      return Json.Obj.builder()
          .put("count", count)
          .put("declared", what.declared())
          .put("entries", entries.toJson())
          .put("of", what.of())
          .put("resource", what.resource())
          .put("seen", what.seen())
          .build();
    }

    static Group fromJson(Json.Obj json) throws Refused {
      json.only("count", "declared", "entries", "of", "resource", "seen");
      return new Group(
          new Difference(
              json.str("resource"), json.str("of"), json.str("declared"), json.str("seen")),
          json.integer("count"),
          Runs.fromJson(json.arr("entries")));
    }
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("agreeing", agreeing)
        .put("declared", declared)
        .put("differing", new Json.Arr(differing.stream().<Json>map(Group::toJson).toList()))
        .build();
  }

  static InventoryCounts fromJson(Json.Obj json) throws Refused {
    json.only("agreeing", "declared", "differing");
    List<Group> groups = new ArrayList<>();
    for (Json.Obj one : json.objects("differing")) {
      groups.add(Group.fromJson(one));
    }
    return new InventoryCounts(json.integer("declared"), json.integer("agreeing"), groups);
  }

  /** Counts in the making. */
  static final class Collector {
    private static final int GROUP_BYTES = 120;

    private final ListCapacity room;
    private final SortedMap<Difference, Track> tracks = new TreeMap<>();
    private Optional<Inventory> inventory = Optional.empty();
    private Places places = new Places(Map.of(), Registry.standard());
    private long declared;
    private long agreeing;

    Collector(ListCapacity room) {
      this.room = room;
    }

    /** From the next record on, this is in force. */
    void adopt(PolicyAdoption adoption) {
      inventory = Inventory.orNone(adoption);
      places = Detectors.places(adoption, Registry.standard());
    }

    void add(long index, RecordEvent event) {
      boolean lookedUp =
          !event.custody().isEmpty()
              || event.locations().values().stream()
                  .anyMatch(one -> one.assurance() == Assurance.DECLARED);
      declared += lookedUp ? 1 : 0;
      if (inventory.isEmpty() || !event.kind().judged()) {
        return;
      }
      Lookup lookup = new Lookup(inventory.get(), event, places.registry());
      List<Difference> differences = lookup.differences(places);
      agreeing += differences.isEmpty() && lookup.isHeldAgainst() ? 1 : 0;
      differences.stream().distinct().forEach(one -> add(index, one));
    }

    private void add(long index, Difference what) {
      Track track = tracks.get(what);
      if (track == null && room.take(bytes(what))) {
        track = new Track(room);
        tracks.put(what, track);
      }
      if (track != null) {
        track.entries.add(index);
        track.count++;
      }
    }

    private static long bytes(Difference what) {
      return GROUP_BYTES
          + ListCapacity.bytesOf(what.resource())
          + ListCapacity.bytesOf(what.of())
          + ListCapacity.bytesOf(what.declared())
          + ListCapacity.bytesOf(what.seen());
    }

    InventoryCounts counts() {
      List<Group> groups = new ArrayList<>();
      tracks.forEach(
          (what, track) -> groups.add(new Group(what, track.count, track.entries.runs())));
      return new InventoryCounts(declared, agreeing, groups);
    }

    private static final class Track {
      private final Runs.Collector entries;
      private long count;

      Track(ListCapacity room) {
        entries = new Runs.Collector(room);
      }
    }
  }
}
