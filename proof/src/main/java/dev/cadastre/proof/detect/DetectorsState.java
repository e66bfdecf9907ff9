package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.proof.detect.CacheDetector.Cache;
import dev.cadastre.proof.detect.CacheDetector.Held;
import dev.cadastre.proof.detect.Disables.Disabled;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of keys at one place of a log: which are disabled, and which instances hold one in
 * memory. An entry of kind {@code detectors.state} carries it over an anchor, so that a period's
 * entries alone show what the order of the log shows. docs/formats/state.md describes the entry.
 *
 * <p>It fits into one entry: of more than that the keys disabled last and the holdings that expire
 * last are kept, and the others counted.
 *
 * @param previous the state entry that this one goes on from; empty from the log's birth on
 * @param omitted how many keys and holdings were left out for want of room
 */
public record DetectorsState(
    OptionalLong previous, List<Key> disabled, List<Holding> fetched, long omitted) {
  /** Longer names are left out, so that none crowds out the others. */
  static final int NAME_CHARS_MAX = 1_024;

  /** More never fit, however short their names are. */
  private static final int ITEMS_MAX = 2_048;

  private static final String NAME = "detectors.state";
  private static final String SENDER = "cell";

  public DetectorsState {
    disabled = List.copyOf(disabled);
    fetched = List.copyOf(fetched);
  }

  /**
   * A key that is disabled.
   *
   * @param index entry of the disable
   * @param atNs when it was disabled, Unix nanoseconds
   * @param denial entry of the first denied use after it
   * @param afterNs nanoseconds from the disable to that denial
   */
  public record Key(String id, long index, long atNs, OptionalLong denial, OptionalLong afterNs) {}

  /**
   * A key that an instance fetched.
   *
   * @param instance as {@link Streams} names it
   * @param expiryNs when it should be forgotten, Unix nanoseconds
   * @param unwrapped whether it is known to have been fetched apart from its use
   */
  public record Holding(String instance, String key, long expiryNs, boolean unwrapped) {}

  /** What a memory holds, as much of it as fits. */
  static DetectorsState of(Memory memory, OptionalLong previous) {
    List<Key> keys = new ArrayList<>();
    memory.all(Part.DISABLED).forEach((id, text) -> keys.add(key(id, Disabled.of(text))));
    List<Holding> holdings = new ArrayList<>();
    memory
        .all(Part.FETCHED)
        .forEach((item, text) -> holdings.add(holding(Cache.of(item), Held.of(text))));
    long all = keys.size() + (long) holdings.size();
    keys.removeIf(key -> key.id.length() > NAME_CHARS_MAX);
    holdings.removeIf(one -> one.instance.length() + one.key.length() > NAME_CHARS_MAX);
    keys.sort(Comparator.comparingLong(Key::index).reversed());
    // Sorted by name before, and sorting keeps that order among those that expire together.
    holdings.sort(Comparator.comparingLong(Holding::expiryNs).reversed());
    return fitting(previous, keys, holdings, all);
  }

  private static Key key(String id, Disabled one) {
    return new Key(id, one.index(), one.atNs(), one.denial(), one.afterNs());
  }

  private static Holding holding(Cache cache, Held held) {
    return new Holding(cache.stream(), cache.key(), held.expiryNs(), held.unwrapped());
  }

  /** The longest beginning of the two lists, one behind the other, that an entry has room for. */
  private static DetectorsState fitting(
      OptionalLong previous, List<Key> keys, List<Holding> holdings, long all) {
    int fits = 0;
    int beyond = Math.min(ITEMS_MAX, keys.size() + holdings.size()) + 1;
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      int bytes = EventCodec.encode(first(middle, previous, keys, holdings, all).event(0)).length;
      if (bytes <= EntryFrame.MAX_EVENT_BYTES) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return first(fits, previous, keys, holdings, all);
  }

  private static DetectorsState first(
      int count, OptionalLong previous, List<Key> keys, List<Holding> holdings, long all) {
    int ofKeys = Math.min(count, keys.size());
    return new DetectorsState(
        previous, keys.subList(0, ofKeys), holdings.subList(0, count - ofKeys), all - count);
  }

  /**
   * The event that carries this state.
   *
   * @param timeNs when it was taken, Unix nanoseconds
   */
  public RecordEvent event(long timeNs) {
    return RecordEvent.builder(Kind.DETECTORS_STATE, SENDER)
        .name(NAME)
        // So that the length does not depend on it.
        .time(Math.max(timeNs, 1_000_000_000_000_000_000L))
        .attributes(StateAttributes.write(this))
        .build();
  }

  /** The state that an event carries, if it is one that does. */
  public static Optional<DetectorsState> in(Event event) throws Refused {
    if (!(event instanceof RecordEvent one) || one.kind() != Kind.DETECTORS_STATE) {
      return Optional.empty();
    }
    DetectorsState state = StateAttributes.read(one.attributes());
    if (!state.event(one.time()).equals(one)) {
      throw new Refused("expected nothing but a state and its time, by the cell; found more");
    }
    return Optional.of(state);
  }

  /** Puts this state in place of whatever the memory holds of keys. */
  void restore(Memory memory) {
    Memory own = Memory.inHeap();
    Disables ofOwn = new Disables(own);
    for (Key key : disabled) {
      ofOwn.put(key.id, new Disabled(key.index, key.atNs, key.denial, key.afterNs));
    }
    for (Holding one : fetched) {
      Held held = new Held(one.expiryNs, one.unwrapped);
      own.keep(Part.FETCHED, new Cache(one.instance, one.key).item(), held.text());
    }
    for (Part part : List.of(Part.DISABLED, Part.FETCHED)) {
      for (String item : memory.all(part).keySet()) {
        if (own.get(part, item).isEmpty()) {
          memory.remove(part, item);
        }
      }
      own.all(part).forEach((item, text) -> memory.keep(part, item, text));
    }
  }

  /**
   * The same for a state entry as a fold meets it; a state that cannot be read changes nothing.
   * {@link StateFold} tells whether it is what the entries before it give.
   */
  static void restore(RecordEvent event, Memory... memories) {
    try {
      Optional<DetectorsState> state = in(event);
      for (Memory memory : memories) {
        state.ifPresent(found -> found.restore(memory));
      }
    } catch (Refused e) {
      // Whoever verifies the log hears of it.
    }
  }

  /** "2 disabled keys and 1 key in memory". */
  public String describe() {
    String held = fetched.size() + (fetched.size() == 1 ? " key" : " keys") + " in memory";
    String keys = disabled.size() + (disabled.size() == 1 ? " disabled key" : " disabled keys");
    return keys + " and " + held + (omitted == 0 ? "" : "; " + omitted + " more had no room");
  }
}
