package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.detect.TwoSides;
import dev.cadastre.proof.sides.Telling;

/**
 * What the vendor tells of calls, held against what its customer tells.
 *
 * @param withinNs how far apart they may tell of a call, as the last policy says that compares
 * @param matched how many calls both told
 * @param differing the later entries of those that they told differently
 * @param vendor what the vendor told and its customer did not
 * @param customer what the customer told and the vendor did not
 */
public record SideMatches(
    long withinNs, long matched, Runs differing, Alone vendor, Alone customer) {
  /** Of a period in which nothing was compared. */
  static final SideMatches NONE = new SideMatches(0, 0, Runs.NONE, Alone.NONE, Alone.NONE);

  /**
   * What one side told alone.
   *
   * @param count how many calls
   * @param entries of these, perhaps from before the period
   * @param waiting how many may yet be told by the other side when the period ends
   * @param mute how many records nothing tells from others, so that they match none
   */
  public record Alone(long count, Runs entries, long waiting, long mute) {
    static final Alone NONE = new Alone(0, Runs.NONE, 0, 0);

    private Json.Obj toJson() {
      return Json.Obj.builder()
          .put("count", count)
          .put("entries", entries.toJson())
          .put("mute", mute)
          .put("waiting", waiting)
          .build();
    }

    private static Alone fromJson(Json.Obj json) throws Refused {
      json.only("count", "entries", "mute", "waiting");
      return new Alone(
          json.integer("count"),
          Runs.fromJson(json.arr("entries")),
          json.integer("waiting"),
          json.integer("mute"));
    }
  }

  public boolean isEmpty() {
    return withinNs == 0;
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("customer", customer.toJson())
        .put("differing", differing.toJson())
        .put("matched", matched)
        .put("vendor", vendor.toJson())
        .put("within", Long.toString(withinNs))
        .build();
  }

  static SideMatches fromJson(Json.Obj json) throws Refused {
    json.only("customer", "differing", "matched", "vendor", "within");
    return new SideMatches(
        Encodings.decimal(json.str("within")),
        json.integer("matched"),
        Runs.fromJson(json.arr("differing")),
        Alone.fromJson(json.obj("vendor")),
        Alone.fromJson(json.obj("customer")));
  }

  /** Counts in the making, as far as there is room for what they list. */
  static final class Collector {
    private final TwoSides sides;
    private final Runs.Collector differing;
    private final OneSide vendor;
    private final OneSide customer;
    private long withinNs;
    private long matched;

    Collector(TwoSides sides, ListCapacity room) {
      this.sides = sides;
      this.differing = new Runs.Collector(room);
      this.vendor = new OneSide(room);
      this.customer = new OneSide(room);
    }

    private static final class OneSide {
      private final Runs.Collector entries;
      private long count;
      private long mute;

      OneSide(ListCapacity room) {
        this.entries = new Runs.Collector(room);
      }

      Alone alone(long waiting) {
        return new Alone(count, entries.runs(), waiting, mute);
      }
    }

    /** To be called once a policy is in force, before its first record. */
    void adopted() {
      withinNs = sides.withinNs().orElse(withinNs);
    }

    void add(long index, long receivedNs, RecordEvent event) {
      TwoSides.Seen seen = sides.add(index, receivedNs, event);
      for (Telling one : seen.alone()) {
        OneSide of = of(one.side());
        of.count++;
        of.entries.add(one.index());
      }
      seen.mute().ifPresent(side -> of(side).mute++);
      if (seen.match().isPresent()) {
        matched++;
        if (!seen.match().get().differing().isEmpty()) {
          differing.add(index);
        }
      }
    }

    private OneSide of(Side side) {
      return side == Side.CUSTOMER ? customer : vendor;
    }

    SideMatches matches() {
      return withinNs == 0
          ? NONE
          : new SideMatches(
              withinNs,
              matched,
              differing.runs(),
              vendor.alone(sides.waiting(Side.VENDOR)),
              customer.alone(sides.waiting(Side.CUSTOMER)));
    }
  }
}
