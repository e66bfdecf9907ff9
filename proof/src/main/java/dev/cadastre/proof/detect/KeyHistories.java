package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Disables.Disabled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows every key through a log. Times are the events' own where they have one, since senders
 * deliver late.
 */
public final class KeyHistories {
  /** A key with nothing in its lists, and a revocation that still holds. */
  private static final int KEY_BYTES = 400;

  private static final int REVOCATION_BYTES = 200;

  private final ListCapacity room;
  private final SortedMap<String, Track> tracks = new TreeMap<>();
  private final Memory memory;
  private final Disables disables;

  public KeyHistories() {
    this(Memory.inHeap(), ListCapacity.endless());
  }

  /** From where an earlier state was taken: keys that it knows are told once they are named. */
  public static KeyHistories from(Optional<DetectorsState> state, ListCapacity room) {
    Memory memory = Memory.inHeap();
    state.ifPresent(known -> known.restore(memory));
    return new KeyHistories(memory, room);
  }

  private KeyHistories(Memory memory, ListCapacity room) {
    this.room = room;
    this.memory = memory;
    this.disables = new Disables(memory);
  }

  /**
   * @param receivedNs stands in for an event without a time, or with one beyond the year 2262
   * @return what the record did, if it is about a key
   */
  public Optional<KeyAct> add(long index, long receivedNs, RecordEvent event) {
    if (event.kind() == Kind.DETECTORS_STATE) {
      DetectorsState.restore(event, memory);
    }
    Optional<KeyAct> act = KeyAct.of(event);
    if (act.isPresent()) {
      String key = act.get().keyId();
      long ns = time(receivedNs, event);
      Optional<Disabled> before = disables.of(key);
      disables.add(index, ns, act.get());
      Track track = track(key);
      if (track != null) {
        track.add(index, act.get(), event);
        track.revoked(index, ns, act.get(), before, disables.of(key));
      }
    }
    return act;
  }

  /** The key's track; none if it has no room. */
  private @Nullable Track track(String key) {
    Track known = tracks.get(key);
    if (known != null || !room.take(KEY_BYTES + ListCapacity.bytesOf(key))) {
      return known;
    }
    Track track = new Track(room);
    tracks.put(key, track);
    return track;
  }

  /** When it happened: the event's own time, or else when it was received. */
  static long time(long receivedNs, RecordEvent event) {
    return event.claimedTime() > 0 ? event.claimedTime() : receivedNs;
  }

  /** Sorted by key. */
  public List<KeyHistory> histories() {
    List<KeyHistory> histories = new ArrayList<>();
    tracks.forEach((id, track) -> histories.add(track.history(id)));
    return histories;
  }

  private static final class Track {
    private final ListCapacity room;
    private final SortedSet<String> custody = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
    private final Runs.Collector rotations;
    private final List<Revocation> ended = new ArrayList<>();
    private @Nullable Disabled disabled;
    private Runs.Collector usesAfter;
    private long uses;
    private long denials;

    Track(ListCapacity room) {
      this.room = room;
      this.rotations = new Runs.Collector(room);
      this.usesAfter = new Runs.Collector(room);
    }

    void add(long index, KeyAct act, RecordEvent event) {
      event.attributes().string(Names.KEY_CUSTODY).ifPresent(word -> name(custody, word));
      Location place = event.locations().get(Hop.KEY);
      if (place != null) {
        name(places, place.place());
      }
      if (act.action() == KeyAct.Action.USE) {
        uses += act.succeeded() ? 1 : 0;
        denials += act.succeeded() ? 0 : 1;
      } else if (act.action() == KeyAct.Action.ROTATE && act.succeeded()) {
        rotations.add(index);
      }
    }

    private void name(SortedSet<String> names, String name) {
      if (!names.contains(name) && room.take(1 + ListCapacity.bytesOf(name))) {
        names.add(name);
      }
    }

    /** Follows the revocation that holds, given what was known before the act and after it. */
    void revoked(
        long index, long ns, KeyAct act, Optional<Disabled> before, Optional<Disabled> after) {
      Disabled known = disabled;
      if (known != null && before.filter(one -> one.index() == known.index()).isEmpty()) {
        // A state among the entries took the place of what was known.
        end(known);
      }
      boolean use = act.action() == KeyAct.Action.USE && act.succeeded();
      if (use && before.filter(one -> one.precedes(ns)).isPresent()) {
        usesAfter.add(index);
      }
      if (after.isEmpty() && before.isPresent()) {
        end(before.get());
      }
      disabled = after.orElse(null);
    }

    private void end(Disabled one) {
      if (room.take(REVOCATION_BYTES)) {
        ended.add(revocation(one));
      }
      usesAfter = new Runs.Collector(room);
    }

    private Revocation revocation(Disabled one) {
      return new Revocation(one.index(), one.atNs(), one.denial(), one.afterNs(), usesAfter.runs());
    }

    KeyHistory history(String id) {
      List<Revocation> all = new ArrayList<>(ended);
      if (disabled != null) {
        all.add(revocation(disabled));
      }
      return new KeyHistory(
          id, new TreeSet<>(custody), new TreeSet<>(places), uses, denials, rotations.runs(), all);
    }
  }
}
