package dev.cadastre.proof.sides;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Operations;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one side told of a key's use or an access, as much of it as the other side's is held
 * against. Its parts are short, whatever a sender writes: identifiers are kept as digests.
 *
 * @param index its entry
 * @param receivedNs when it was received
 * @param atNs when it happened
 * @param side who told it: the vendor or the customer
 * @param subject the key, or else the object; empty if it names none, or none that is short
 * @param ids what tells the call from others, as digests, the most telling first
 * @param said what came of it, its key's version and its places, by name
 */
public record Telling(
    long index,
    long receivedNs,
    long atNs,
    Side side,
    String subject,
    List<String> ids,
    SortedMap<String, String> said) {
  /** Longer texts are not compared, and name no subject. */
  public static final int CHARS_MAX = 256;

  static final String OUTCOME = "outcome";
  static final String VERSION = "version";

  /** Under what a telling has what it said. */
  static final List<String> SAID =
      List.of(Hop.KEY.wire(), OUTCOME, Hop.PROCESSING.wire(), Hop.STORAGE.wire(), VERSION);

  private static final int ID_CHARS = 32;
  private static final List<String> DIGESTS =
      List.of(Names.KEY_CIPHERTEXT_SHA256, Names.KEY_WRAPPED_SHA256);

  public Telling {
    ids = List.copyOf(ids);
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
  }

  /** Whether both sides may tell of such a record. */
  public static boolean isComparable(RecordEvent event) {
    return (event.kind() == Kind.KEY_USE || event.kind() == Kind.DATA_ACCESS)
        && Side.of(event.sender()) != Side.CELL;
  }

  /**
   * What a {@linkplain #isComparable comparable} record tells.
   *
   * @param atNs when it happened, Unix nanoseconds
   */
  public static Telling of(long index, long receivedNs, long atNs, RecordEvent event) {
    Attributes attributes = event.attributes();
    SortedMap<String, String> said = new TreeMap<>();
    said.put(OUTCOME, Attempt.of(event).wire());
    attributes.string(Names.KEY_VERSION).ifPresent(version -> say(said, VERSION, version));
    List<Hop> hops =
        event.kind() == Kind.KEY_USE ? List.of(Hop.KEY) : List.of(Hop.PROCESSING, Hop.STORAGE);
    for (Hop hop : hops) {
      Location at = event.locations().get(hop);
      if (at != null) {
        say(said, hop.wire(), at.place());
      }
    }
    String subject = subject(event).filter(text -> text.length() <= CHARS_MAX).orElse("");
    return new Telling(index, receivedNs, atNs, Side.of(event.sender()), subject, ids(event), said);
  }

  private static void say(SortedMap<String, String> said, String name, String text) {
    if (text.length() <= CHARS_MAX) {
      said.put(name, text);
    }
  }

  private static Optional<String> subject(RecordEvent event) {
    Attributes attributes = event.attributes();
    Optional<String> key = attributes.string(Names.KEY_ID);
    return event.kind() == Kind.KEY_USE
        ? key
        : attributes
            .string(Names.DATA_OBJECT_ID)
            .or(() -> attributes.string(Names.AUDIT_TARGET_ID))
            .or(() -> key);
  }

  /** The provider's name for the call, its ciphertext, and where in a trace it is. */
  private static List<String> ids(RecordEvent event) {
    Attributes attributes = event.attributes();
    List<String> ids = new ArrayList<>();
    attributes
        .string(Names.REQUEST_ID)
        .or(() -> attributes.string(Names.AWS_REQUEST_ID))
        .ifPresent(id -> ids.add(id(event, "request", id)));
    if (!event.id().isEmpty()) {
      attributes
          .string(Names.SOURCE_FORMAT)
          .ifPresent(format -> ids.add(id(event, format, event.id())));
    }
    for (String name : DIGESTS) {
      attributes.string(name).ifPresent(digest -> ids.add(id(event, name, digest)));
    }
    if (!event.trace().isEmpty()) {
      String operation = operation(attributes).orElse(event.name());
      ids.add(id(event, "trace " + event.trace(), operation + " " + subject(event).orElse("")));
    }
    return ids;
  }

  private static Optional<String> operation(Attributes attributes) {
    return attributes
        .string(Names.KEY_OPERATION)
        .map(Operations::word)
        .or(() -> attributes.string(Names.DATA_OPERATION))
        .or(() -> attributes.string(Names.AUDIT_ACTION));
  }

  private static String id(RecordEvent event, String sort, String text) {
    String whole = String.join("\n", event.kindWire(), sort, text);
    return Hash.sha256(whole.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_CHARS);
  }

  /** What the two say otherwise of the call, sorted; of what only one says, nothing. */
  public List<String> differing(Telling other, Places places) {
    return said.entrySet().stream()
        .filter(
            one -> {
              String theirs = other.said.get(one.getKey());
              boolean place = !one.getKey().equals(OUTCOME) && !one.getKey().equals(VERSION);
              return theirs != null
                  && !theirs.equals(one.getValue())
                  && !(place && oneHolds(one.getValue(), theirs, places));
            })
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** A country and a region in it do not contradict each other. */
  private static boolean oneHolds(String one, String other, Places places) {
    Optional<Place> left = places.of(one);
    Optional<Place> right = places.of(other);
    return left.isPresent()
        && right.isPresent()
        && (left.get().covers(right.get()) || right.get().covers(left.get()));
  }
}
