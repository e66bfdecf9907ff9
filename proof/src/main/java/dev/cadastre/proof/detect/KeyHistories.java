package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.proof.detect.Disables.Disabled;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  /** A key with nothing in its lists. */
  private static final int KEY_BYTES = 400;

  private static final int REVOCATION_BYTES = 300;

  /** Behind what the operator's inventory says, and the record does not. */
  private static final String DECLARED = " (declared)";

  private static final Comparator<Revocation> ORDER =
      Comparator.comparingLong(Revocation::index).thenComparing(Revocation::scope);

  private final ListCapacity room;
  private final SortedMap<String, Track> tracks = new TreeMap<>();
  private final Memory memory;
  private final Memory lastUses = Memory.inHeap();
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
    act.ifPresent(one -> add(index, time(receivedNs, event), one, event));
    return act;
  }

  private void add(long index, long ns, KeyAct act, RecordEvent event) {
    String key = act.keyId();
    Map<KeyScope, Optional<Disabled>> before = new HashMap<>();
    act.scopes().forEach(scope -> before.put(scope, disables.of(key, scope)));
    disables.add(index, ns, act);
    Track track = track(key);
    if (track != null) {
      track.add(index, act, event);
      for (KeyScope scope : act.scopes()) {
        track.revoked(
            index,
            ns,
            act,
            scope,
            before.getOrDefault(scope, Optional.empty()),
            disables.of(key, scope));
      }
      if (act.isUse() && act.succeeded()) {
        act.scopes().forEach(scope -> lastUses.keep(Part.USED, scope.item(key), index + " " + ns));
      }
    }
  }

  /** The key's track; none if it has no room. */
  private @Nullable Track track(String key) {
    Track known = tracks.get(key);
    if (known != null || !room.take(KEY_BYTES + ListCapacity.bytesOf(key))) {
      return known;
    }
    Track track = new Track(key);
    tracks.put(key, track);
    return track;
  }

  /** When it happened: the event's own time, or else when it was received. */
  static long time(long receivedNs, RecordEvent event) {
    return event.claimedTime() > 0 ? event.claimedTime() : receivedNs;
  }

  /** Sorted by key. */
  public List<KeyHistory> histories() {
    return tracks.values().stream().map(Track::history).toList();
  }

  private static Revocation.Use use(String text) {
    int space = text.indexOf(' ');
    return new Revocation.Use(
        Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
  }

  /** A revocation that is followed. */
  private final class Open {
    private final String key;
    private final KeyScope scope;
    private final Runs.Collector uses = new Runs.Collector(room);
    private final Runs.Collector failures = new Runs.Collector(room);
    private Disabled disabled;

    /** The last use that counts, once no later one does. */
    private Optional<Revocation.Use> lastUse = Optional.empty();

    private boolean settled;

    Open(String key, KeyScope scope, Disabled disabled) {
      this.key = key;
      this.scope = scope;
      this.disabled = disabled;
      this.settled = disabled.denial().isPresent();
    }

    void tried(long index, long ns, Attempt attempt) {
      if (disabled.precedes(ns) && attempt == Attempt.SUCCEEDED) {
        uses.add(index);
      } else if (disabled.precedes(ns) && attempt == Attempt.INCONCLUSIVE) {
        failures.add(index);
      }
    }

    void holds(Disabled now) {
      disabled = now;
      if (now.denial().isPresent()) {
        end();
      }
    }

    /** No later use is the last one before the denial, or before the end. */
    void end() {
      lastUse = lastUse();
      settled = true;
    }

    private Optional<Revocation.Use> lastUse() {
      return settled ? lastUse : lastUses.get(Part.USED, scope.item(key)).map(KeyHistories::use);
    }

    Revocation revocation() {
      return new Revocation(
          scope,
          disabled.index(),
          disabled.atNs(),
          lastUse(),
          disabled.denial(),
          disabled.afterNs(),
          uses.runs(),
          failures.runs());
    }
  }

  private final class Track {
    private final String key;
    private final SortedSet<String> custody = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
    private final Runs.Collector rotations = new Runs.Collector(room);
    private final List<Open> revocations = new ArrayList<>();
    private final Map<KeyScope, Open> holding = new HashMap<>();
    private KeyHistory.Uses uses = KeyHistory.Uses.NONE;
    private KeyHistory.Uses customers = KeyHistory.Uses.NONE;

    Track(String key) {
      this.key = key;
    }

    void add(long index, KeyAct act, RecordEvent event) {
      event.custodyWords().forEach(word -> name(custody, word));
      Location place = event.locations().get(Hop.KEY);
      if (place != null) {
        boolean declared = place.assurance() == Assurance.DECLARED;
        name(places, place.place() + (declared ? DECLARED : ""));
      }
      if (act.isUse()) {
        uses = uses.and(act.attempt());
        if (Side.of(event.sender()) == Side.CUSTOMER) {
          customers = customers.and(act.attempt());
        }
      } else if (act.action() == KeyAct.Action.ROTATE && act.succeeded()) {
        rotations.add(index);
      }
    }

    private void name(SortedSet<String> names, String name) {
      if (!names.contains(name) && room.take(1 + ListCapacity.bytesOf(name))) {
        names.add(name);
      }
    }

    /** Follows what is revoked of a scope, given what was known before the act and after it. */
    void revoked(
        long index,
        long ns,
        KeyAct act,
        KeyScope scope,
        Optional<Disabled> before,
        Optional<Disabled> after) {
      Open open = followed(scope, before);
      if (open != null && act.isUse()) {
        open.tried(index, ns, act.attempt());
      }
      Open now = followed(scope, after);
      if (now != null) {
        after.ifPresent(now::holds);
      }
    }

    /** The one that follows what is known; another that was followed before has ended. */
    private @Nullable Open followed(KeyScope scope, Optional<Disabled> known) {
      Open open = holding.get(scope);
      if (open != null && known.filter(one -> one.index() == open.disabled.index()).isPresent()) {
        return open;
      }
      if (open != null) {
        open.end();
        holding.remove(scope);
      }
      return known.isPresent() ? begun(scope, known.get()) : null;
    }

    private @Nullable Open begun(KeyScope scope, Disabled known) {
      if (!room.take(REVOCATION_BYTES + ListCapacity.bytesOf(scope.name()))) {
        return null;
      }
      Open open = new Open(key, scope, known);
      holding.put(scope, open);
      revocations.add(open);
      return open;
    }

    KeyHistory history() {
      return new KeyHistory(
          key,
          new TreeSet<>(custody),
          new TreeSet<>(places),
          uses.succeeded(),
          uses.denials(),
          uses.inconclusive(),
          customers,
          rotations.runs(),
          revocations.stream().map(Open::revocation).sorted(ORDER).toList());
    }
  }
}
