package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.proof.approval.Approval;
import dev.cadastre.proof.approval.ApprovalText;
import dev.cadastre.proof.detect.CacheDetector.Cache;
import dev.cadastre.proof.detect.CacheDetector.Held;
import dev.cadastre.proof.detect.Disables.Disabled;
import dev.cadastre.proof.detect.Memory.Part;
import dev.cadastre.proof.sides.Telling;
import dev.cadastre.proof.sides.TellingText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of keys at one place of a log: which are disabled, whose access to which is
 * withdrawn, and which instances hold one in memory. An entry of kind {@code detectors.state}
 * carries it over an anchor, so that a period's entries alone show what the order of the log shows.
 * docs/formats/state.md describes the entry.
 *
 * <p>It fits into one entry: of more than that the keys disabled and accesses withdrawn last, and
 * the holdings that expire last are kept, and the others counted.
 *
 * @param previous the state entry that this one goes on from; empty from the log's birth on
 * @param disabled keys that are disabled
 * @param withdrawn versions that are, and identities that may no more use a key
 * @param approved approvals that hold
 * @param kept what duties of the policy need to know, such as when a key was rotated
 * @param fetched what instances hold
 * @param told what one side told of calls, and waits for the other's telling; the customer's first
 * @param omitted how many of all were left out for want of room
 */
public record DetectorsState(
    OptionalLong previous,
    List<Key> disabled,
    List<Key> withdrawn,
    List<Approval> approved,
    List<Kept> kept,
    List<Holding> fetched,
    List<Telling> told,
    long omitted) {
  /** Longer names are left out, so that none crowds out the others. */
  static final int NAME_CHARS_MAX = 1_024;

  /** More never fit, however short their names are. */
  private static final int ITEMS_MAX = 2_048;

  private static final String NAME = "detectors.state";
  private static final String SENDER = "cell";

  /** What a state puts in place; what {@link Part#TRACED} has is gone behind one. */
  private static final List<Part> PARTS =
      List.of(
          Part.DISABLED,
          Part.WITHDRAWN,
          Part.APPROVED,
          Part.FETCHED,
          Part.ROTATED,
          Part.ATTESTED,
          Part.DEGRADED,
          Part.SPENT,
          Part.TRACED,
          Part.TOLD_BY_CUSTOMER,
          Part.TOLD_BY_VENDOR);

  public DetectorsState {
    disabled = List.copyOf(disabled);
    withdrawn = List.copyOf(withdrawn);
    approved = List.copyOf(approved);
    kept = List.copyOf(kept);
    fetched = List.copyOf(fetched);
    told = List.copyOf(told);
  }

  /**
   * What of a key is revoked.
   *
   * @param scope the key, or what of it
   * @param index entry of the disable
   * @param atNs when it was disabled, Unix nanoseconds
   * @param denial entry of the first denied use after it
   * @param afterNs nanoseconds from the disable to that denial
   */
  public record Key(
      String id, KeyScope scope, long index, long atNs, OptionalLong denial, OptionalLong afterNs) {
    private boolean isTooLong() {
      return id.length() + scope.name().length() > NAME_CHARS_MAX;
    }
  }

  /** What a duty needs to know, by the name that a state has for it. */
  private static final Map<String, Part> DUTIES =
      new TreeMap<>(
          Map.of(
              "attested", Part.ATTESTED,
              "degraded", Part.DEGRADED,
              "rotated", Part.ROTATED,
              "spent", Part.SPENT));

  /**
   * What a duty needs to know of a thing.
   *
   * @param of what it is: {@code attested}, {@code degraded}, {@code rotated} or {@code spent}
   * @param name of the key, instance, service or category
   * @param at when that was, Unix nanoseconds; of what was spent, which period it is
   * @param value how much was spent, in millionths
   */
  public record Kept(String of, String name, long at, long value) {
    static boolean isKnown(String of) {
      return DUTIES.containsKey(of);
    }
  }

  /**
   * A key that an instance fetched.
   *
   * @param instance as {@link Streams} names it
   * @param expiryNs when it should be forgotten, Unix nanoseconds
   * @param unwrapped whether it is known to have been fetched apart from its use
   */
  public record Holding(String instance, String key, long expiryNs, boolean unwrapped) {}

  /**
   * What a memory holds, as much of it as fits.
   *
   * @param told what waits for the other side's telling
   */
  static DetectorsState of(Memory memory, OptionalLong previous, List<Telling> told) {
    List<Key> keys = new ArrayList<>();
    memory
        .all(Part.DISABLED)
        .forEach((id, text) -> keys.add(key(id, KeyScope.KEY, Disabled.of(text))));
    List<Key> withdrawn = new ArrayList<>();
    memory
        .all(Part.WITHDRAWN)
        .forEach(
            (item, text) ->
                withdrawn.add(key(KeyScope.keyOf(item), KeyScope.in(item), Disabled.of(text))));
    List<Holding> holdings = new ArrayList<>();
    memory
        .all(Part.FETCHED)
        .forEach((item, text) -> holdings.add(holding(Cache.of(item), Held.of(text))));
    List<Approval> approved = new ArrayList<>();
    memory.all(Part.APPROVED).values().forEach(text -> approved.add(ApprovalText.read(text)));
    List<Kept> kept = kept(memory);
    long all =
        keys.size()
            + (long) withdrawn.size()
            + approved.size()
            + kept.size()
            + holdings.size()
            + told.size();
    kept.removeIf(one -> one.name.length() > NAME_CHARS_MAX);
    keys.removeIf(Key::isTooLong);
    withdrawn.removeIf(Key::isTooLong);
    approved.removeIf(one -> one.textLength() > NAME_CHARS_MAX);
    holdings.removeIf(one -> one.instance.length() + one.key.length() > NAME_CHARS_MAX);
    // Sorted by name before, and sorting keeps that order among those that are equal.
    keys.sort(Comparator.comparingLong(Key::index).reversed());
    withdrawn.sort(Comparator.comparingLong(Key::index).reversed());
    approved.sort(Comparator.comparingLong(Approval::endNs).reversed());
    kept.sort(Comparator.comparingLong(Kept::at).reversed());
    holdings.sort(Comparator.comparingLong(Holding::expiryNs).reversed());
    return new DetectorsState(previous, keys, withdrawn, approved, kept, holdings, told, all)
        .fitting();
  }

  /** Sorted by what it is, and then by name. */
  private static List<Kept> kept(Memory memory) {
    List<Kept> kept = new ArrayList<>();
    DUTIES.forEach(
        (of, part) ->
            memory
                .all(part)
                .forEach(
                    (name, text) -> {
                      DutyDetector.Kept one = DutyDetector.Kept.of(text);
                      kept.add(new Kept(of, name, one.at(), one.value()));
                    }));
    return kept;
  }

  private static Key key(String id, KeyScope scope, Disabled one) {
    return new Key(id, scope, one.index(), one.atNs(), one.denial(), one.afterNs());
  }

  private static Holding holding(Cache cache, Held held) {
    return new Holding(cache.stream(), cache.key(), held.expiryNs(), held.unwrapped());
  }

  /** The longest beginning of the lists, one behind the other, that an entry has room for. */
  private DetectorsState fitting() {
    int fits = 0;
    int all =
        disabled.size()
            + withdrawn.size()
            + approved.size()
            + kept.size()
            + fetched.size()
            + told.size();
    int beyond = Math.min(ITEMS_MAX, all) + 1;
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      int bytes = EventCodec.encode(first(middle).event(0)).length;
      if (bytes <= EntryFrame.MAX_EVENT_BYTES) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return first(fits);
  }

  /** As many, with everything else counted; until then {@code omitted} counts all that is known. */
  private DetectorsState first(int count) {
    int ofKeys = Math.min(count, disabled.size());
    int ofWithdrawn = Math.min(count - ofKeys, withdrawn.size());
    int rest = count - ofKeys - ofWithdrawn;
    int ofApproved = Math.min(rest, approved.size());
    int ofKept = Math.min(rest - ofApproved, kept.size());
    int ofFetched = Math.min(rest - ofApproved - ofKept, fetched.size());
    return new DetectorsState(
        previous,
        disabled.subList(0, ofKeys),
        withdrawn.subList(0, ofWithdrawn),
        approved.subList(0, ofApproved),
        kept.subList(0, ofKept),
        fetched.subList(0, ofFetched),
        told.subList(0, rest - ofApproved - ofKept - ofFetched),
        omitted - count);
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
    Stream.concat(disabled.stream(), withdrawn.stream())
        .forEach(
            key ->
                ofOwn.put(
                    key.id, key.scope, new Disabled(key.index, key.atNs, key.denial, key.afterNs)));
    for (Holding one : fetched) {
      Held held = new Held(one.expiryNs, one.unwrapped);
      own.keep(Part.FETCHED, new Cache(one.instance, one.key).item(), held.text());
    }
    approved.forEach(one -> own.keep(Part.APPROVED, one.id(), ApprovalText.write(one)));
    for (Kept one : kept) {
      Part part = Objects.requireNonNull(DUTIES.get(one.of));
      own.keep(part, one.name, one.at + " " + one.value);
    }
    if (omitted > 0) {
      own.put(Part.ATTESTED, DutyDetector.FORGOTTEN, "0 0");
    }
    told.forEach(
        one -> own.put(TwoSides.part(one.side()), TwoSides.item(one), TellingText.write(one)));
    for (Part part : PARTS) {
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

  /** "2 disabled keys, 1 withdrawn access, 0 approvals and 1 key in memory". */
  public String describe() {
    return counted(disabled.size(), " disabled key", " disabled keys")
        + ", "
        + counted(withdrawn.size(), " withdrawn access", " withdrawn accesses")
        + ", "
        + counted(approved.size(), " approval", " approvals")
        + " and "
        + counted(fetched.size(), " key", " keys")
        + " in memory"
        + (kept.isEmpty() ? "" : ", " + counted(kept.size(), " duty", " duties") + " followed")
        + (told.isEmpty() ? "" : ", " + told.size() + " told by one side")
        + (omitted == 0 ? "" : "; " + omitted + " more had no room");
  }

  private static String counted(int count, String one, String many) {
    return count + (count == 1 ? one : many);
  }
}
