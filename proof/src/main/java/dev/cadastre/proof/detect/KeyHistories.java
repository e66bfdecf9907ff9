package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
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
  private final SortedMap<String, Track> tracks = new TreeMap<>();

  /**
   * @param receivedNs stands in for an event without a time, or with one beyond the year 2262
   * @return what the record did, if it is about a key
   */
  public Optional<KeyAct> add(long index, long receivedNs, RecordEvent event) {
    Optional<KeyAct> act = KeyAct.of(event);
    if (act.isPresent()) {
      long ns = time(receivedNs, event);
      tracks.computeIfAbsent(act.get().keyId(), id -> new Track()).add(index, ns, act.get(), event);
    }
    return act;
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

  /** The revocation after which something at {@code ns} came, if one holds. */
  Optional<Revocation> revoked(String keyId, long ns) {
    Track track = tracks.get(keyId);
    return track != null && track.watch != null && track.watch.precedes(ns)
        ? Optional.of(track.watch.revocation())
        : Optional.empty();
  }

  private static final class Track {
    private final SortedSet<String> custody = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
    private final Runs.Collector rotations = new Runs.Collector();
    private final List<Revocation> ended = new ArrayList<>();
    private Revocation.@Nullable Watch watch;
    private long uses;
    private long denials;

    void add(long index, long ns, KeyAct act, RecordEvent event) {
      event.attributes().string(Names.KEY_CUSTODY).ifPresent(custody::add);
      Location place = event.locations().get(Hop.KEY);
      if (place != null) {
        places.add(place.place());
      }
      if (act.action() == KeyAct.Action.USE) {
        use(index, ns, act.succeeded());
      } else if (act.succeeded()) {
        lifecycle(index, ns, act.action());
      }
    }

    private void use(long index, long ns, boolean succeeded) {
      if (succeeded) {
        uses++;
      } else {
        denials++;
      }
      if (watch == null || !watch.precedes(ns)) {
        return;
      }
      if (succeeded) {
        watch.use(index);
      } else {
        watch.denied(index, ns);
      }
    }

    private void lifecycle(long index, long ns, KeyAct.Action action) {
      switch (action) {
        case ROTATE -> rotations.add(index);
        case ENABLE -> end();
        case DISABLE -> {
          // Disabling what is disabled, or deleting it, changes nothing about when it was revoked.
          if (watch == null) {
            watch = new Revocation.Watch(index, ns);
          }
        }
        case USE, OTHER -> {}
      }
    }

    private void end() {
      if (watch != null) {
        ended.add(watch.revocation());
        watch = null;
      }
    }

    KeyHistory history(String id) {
      List<Revocation> all = new ArrayList<>(ended);
      if (watch != null) {
        all.add(watch.revocation());
      }
      return new KeyHistory(
          id, new TreeSet<>(custody), new TreeSet<>(places), uses, denials, rotations.runs(), all);
    }
  }
}
