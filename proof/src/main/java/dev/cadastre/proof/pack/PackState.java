package dev.cadastre.proof.pack;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.Optional;

/**
 * What was known of keys before a pack's first entry, and every state that its entries carry.
 *
 * @param index of the last entry before, -1 if the pack begins with the log
 * @param receivedNs no entry of the pack was received before then: when that entry was received, or
 *     else the newest entry before it that the pack brings; 0 if unknown
 * @param state what that entry carries; empty if it carries none, or the pack does not bring it
 */
record PackState(long index, long receivedNs, Optional<DetectorsState> state) {

  /** Nothing is known of keys. */
  static PackState unknown(PackFrontier start, long receivedNs) {
    return new PackState(start.from() - 1, receivedNs, Optional.empty());
  }

  /**
   * Reads the entry before, and checks that it is the one that the first entry follows.
   *
   * @param sinceNs when the newest entry before it was received, of those that the pack brings
   */
  static PackState read(
      PackReader pack, PackFrontier start, long sinceNs, Optional<PackAnchor> anchor)
      throws Refused {
    boolean given = pack.has(PackLayout.ENTRY_BEFORE);
    if (start.from() == 0 && given) {
      throw new PackRefused("expected no entry before the log's birth, found one");
    }
    if (!given) {
      requireUnlisted(pack);
      return unknown(start, sinceNs);
    }
    Entry entry = Entry.parse(pack.bytes(PackLayout.ENTRY_BEFORE));
    if (!entry.leafHash().equals(start.lastLeaf())) {
      throw new PackRefused(
          "expected entry " + (start.from() - 1) + ", the last before the period, found another");
    }
    if (entry.received() < sinceNs) {
      throw new PackRefused(
          "expected entry "
              + entry.index()
              + " received after the entries before it, found it received earlier");
    }
    if (anchor.filter(one -> !one.isNoOlderThan(entry)).isPresent()) {
      throw new PackRefused(
          "expected an anchor before the period made after entry "
              + entry.index()
              + ", found an older one");
    }
    return new PackState(
        entry.index(), entry.received(), DetectorsState.in(EventCodec.decode(entry.eventBytes())));
  }

  /** Checks that the entry before was not taken out of a pack that had it. */
  private static void requireUnlisted(PackReader pack) throws Refused {
    Optional<byte[]> manifest = pack.optBytes(PackLayout.MANIFEST);
    String file = "  " + PackLayout.ENTRY_BEFORE + "\n";
    if (manifest.isPresent() && Encodings.utf8(manifest.get()).contains(file)) {
      throw new PackRefused(
          "expected the file "
              + PackLayout.ENTRY_BEFORE
              + " that "
              + PackLayout.MANIFEST
              + " lists, found none");
    }
  }

  /** Whether the states among the entries can be computed again. */
  boolean known() {
    return index < 0 || state.isPresent();
  }

  /** The fold that holds states against the entries. */
  StateFold fold(Optional<PolicyAdoption> adopted) {
    return state.isPresent() ? new StateFold(index, state.get(), adopted) : new StateFold();
  }

  /** What an entry's state can be held against from there on, once it is the first. */
  static Optional<StateFold> from(long index, Event event, Optional<PolicyAdoption> adopted)
      throws Refused {
    return DetectorsState.in(event).map(found -> new StateFold(index, found, adopted));
  }

  String describe() {
    return index < 0
        ? "the period begins with the log"
        : state.map(known -> "entry " + index + ": " + known.describe()).orElse(nothing());
  }

  private String nothing() {
    return "nothing: uses of keys that were disabled or fetched before entry "
        + (index + 1)
        + " cannot be told";
  }
}
