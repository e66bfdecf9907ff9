package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.detect.Memory.Part;
import dev.cadastre.proof.sides.Telling;
import dev.cadastre.proof.sides.TellingText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the vendor tells of keys' uses and accesses against what its customer tells. What one
 * side tells waits for the other's telling of the same call, as long as the policy says; then that
 * side told it alone. As many wait of each side, so that neither crowds out the other.
 */
public final class TwoSides {
  /** So many of a side wait; one more is not followed. */
  public static final int WAITING_MAX = 8_192;

  /**
   * What a record brings to light.
   *
   * @param alone what one side told alone, as is known now
   * @param match what this record and the other side's tell of one call
   * @param mute who told this record, if nothing tells its call from others
   */
  public record Seen(List<Telling> alone, Optional<Match> match, Optional<Side> mute) {
    static final Seen NOTHING = new Seen(List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * One call as both sides tell it.
   *
   * @param differing in what they differ
   */
  public record Match(Telling earlier, Telling later, List<String> differing) {}

  private final Memory memory;
  private final Map<Side, Waiting> waiting = new EnumMap<>(Side.class);
  private OptionalLong withinNs = OptionalLong.empty();
  private Places places = new Places(Map.of(), Registry.standard());

  TwoSides(Memory memory) {
    this.memory = memory;
    load();
  }

  /** From where an earlier state was taken. */
  public static TwoSides from(Optional<DetectorsState> state, ListCapacity room) {
    Memory memory = Memory.inHeap(room);
    state.ifPresent(known -> known.restore(memory));
    return new TwoSides(memory);
  }

  /** From the next record on, this policy says what is compared. */
  public void adopt(PolicyAdoption adoption) {
    withinNs = withinNs(adoption);
    places = Detectors.places(adoption, Registry.standard());
    if (withinNs.isEmpty()) {
      waiting.values().forEach(Waiting::clear);
    }
  }

  /** Empty for a policy in a language that is not ours. */
  private static OptionalLong withinNs(PolicyAdoption adoption) {
    try {
      return Policy.fromJson(adoption.policy()).customer().matchWithinNs();
    } catch (Refused e) {
      return OptionalLong.empty();
    }
  }

  /** How far apart the two sides may tell of a call; empty while nothing is compared. */
  public OptionalLong withinNs() {
    return withinNs;
  }

  /** How many of a side wait. */
  public long waiting(Side side) {
    return of(side).byIndex.size();
  }

  /** Takes the next record, of whatever kind. */
  public Seen add(long index, long receivedNs, RecordEvent event) {
    if (event.kind() == Kind.DETECTORS_STATE) {
      return restored(event);
    }
    if (withinNs.isEmpty() || !Telling.isComparable(event)) {
      return Seen.NOTHING;
    }
    List<Telling> alone = settle(receivedNs);
    long ns = KeyHistories.time(receivedNs, event);
    Telling told = Telling.of(index, receivedNs, ns, event);
    if (told.ids().isEmpty()) {
      return new Seen(alone, Optional.empty(), Optional.of(told.side()));
    }
    Optional<Telling> other = of(other(told.side())).find(told, withinNs.getAsLong());
    if (other.isEmpty()) {
      of(told.side()).add(told);
      return new Seen(alone, Optional.empty(), Optional.empty());
    }
    of(other.get().side()).remove(other.get());
    Match match = new Match(other.get(), told, told.differing(other.get(), places));
    return new Seen(alone, Optional.of(match), Optional.empty());
  }

  /** At a state entry, what waited too long by its time is settled; then it holds as it stands. */
  private Seen restored(RecordEvent event) {
    try {
      if (DetectorsState.in(event).isEmpty()) {
        return Seen.NOTHING;
      }
    } catch (Refused e) {
      return Seen.NOTHING;
    }
    List<Telling> alone = withinNs.isPresent() ? settle(event.time()) : List.of();
    DetectorsState.restore(event, memory);
    load();
    return new Seen(alone, Optional.empty(), Optional.empty());
  }

  /** Takes what a state put into the memory. */
  void load() {
    waiting.put(Side.VENDOR, new Waiting(Part.TOLD_BY_VENDOR));
    waiting.put(Side.CUSTOMER, new Waiting(Part.TOLD_BY_CUSTOMER));
  }

  /** Both sides' that still wait at a time, the customer's first, each in the order of the log. */
  List<Telling> waitingAt(long timeNs) {
    List<Telling> all = new ArrayList<>(of(Side.CUSTOMER).byIndex.values());
    all.addAll(of(Side.VENDOR).byIndex.values());
    all.removeIf(one -> withinNs.isEmpty() || isOver(one, timeNs));
    return all;
  }

  private boolean isOver(Telling one, long nowNs) {
    return nowNs - one.receivedNs() > withinNs.getAsLong();
  }

  private List<Telling> settle(long nowNs) {
    List<Telling> alone = new ArrayList<>();
    for (Waiting side : waiting.values()) {
      Map.Entry<Long, Telling> first = side.byIndex.firstEntry();
      while (first != null && isOver(first.getValue(), nowNs)) {
        side.remove(first.getValue());
        alone.add(first.getValue());
        first = side.byIndex.firstEntry();
      }
    }
    return alone;
  }

  private Waiting of(Side side) {
    return java.util.Objects.requireNonNull(waiting.get(side));
  }

  private static Side other(Side side) {
    return side == Side.CUSTOMER ? Side.VENDOR : Side.CUSTOMER;
  }

  static Part part(Side side) {
    return side == Side.CUSTOMER ? Part.TOLD_BY_CUSTOMER : Part.TOLD_BY_VENDOR;
  }

  static String item(Telling one) {
    return Long.toString(one.index());
  }

  /** What of one side waits, in the memory and by its identifiers. */
  private final class Waiting {
    private final Part part;
    private final NavigableMap<Long, Telling> byIndex = new TreeMap<>();
    private final Map<String, NavigableSet<Long>> byId = new HashMap<>();

    Waiting(Part part) {
      this.part = part;
      memory.all(part).values().forEach(text -> note(TellingText.read(text)));
    }

    void add(Telling told) {
      if (byIndex.size() >= WAITING_MAX) {
        memory.passOver();
      } else {
        memory.put(part, item(told), TellingText.write(told));
        note(told);
      }
    }

    private void note(Telling told) {
      byIndex.put(told.index(), told);
      told.ids().forEach(id -> byId.computeIfAbsent(id, none -> new TreeSet<>()).add(told.index()));
    }

    void remove(Telling told) {
      memory.remove(part, item(told));
      byIndex.remove(told.index());
      for (String id : told.ids()) {
        NavigableSet<Long> indexes = byId.get(id);
        if (indexes != null && indexes.remove(told.index()) && indexes.isEmpty()) {
          byId.remove(id);
        }
      }
    }

    void clear() {
      Collection<Telling> all = List.copyOf(byIndex.values());
      all.forEach(this::remove);
    }

    /** The first that waits under the most telling identifier, and happened about then. */
    Optional<Telling> find(Telling told, long within) {
      for (String id : told.ids()) {
        @Nullable NavigableSet<Long> indexes = byId.get(id);
        for (long index : indexes == null ? List.<Long>of() : indexes) {
          Telling one = java.util.Objects.requireNonNull(byIndex.get(index));
          if (Math.abs(one.atNs() - told.atNs()) <= within) {
            return Optional.of(one);
          }
        }
      }
      return Optional.empty();
    }
  }
}
