package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.Optional;

/**
 * Entry 0 of a pack's log.
 *
 * @param entry the entry
 * @param event what it says
 */
record PackBirth(Entry entry, Birth event) {

  /**
   * Reads the birth: the first of the entries, or else the one that comes with a proof.
   *
   * @param from index of the pack's first entry
   * @param anchored the log's signed checkpoint that the closing anchor commits to
   */
  static PackBirth read(PackReader pack, long from, SignedNote anchored) throws Refused {
    Entry entry = from == 0 ? first(pack) : proven(pack, anchored);
    if (entry.index() == 0
        && entry.prev().equals(Hash.ZERO)
        && EventCodec.decode(entry.eventBytes()) instanceof Birth birth) {
      return new PackBirth(entry, birth);
    }
    throw new PackRefused("expected the log's birth in entry 0, found another entry");
  }

  private static Entry first(PackReader pack) throws Refused {
    if (pack.has(PackLayout.BIRTH_ENTRY) || pack.has(PackLayout.BIRTH_PROOF)) {
      throw new PackRefused("expected the log's birth among the entries alone, found it twice");
    }
    try (LineReader lines = new LineReader(pack, PackLayout.ENTRIES)) {
      return Entry.parse(
          lines.next().orElseThrow(() -> new PackRefused("expected entry 0, found no entry")));
    }
  }

  private static Entry proven(PackReader pack, SignedNote anchored) throws Refused {
    Entry entry = Entry.parse(pack.bytes(PackLayout.BIRTH_ENTRY));
    TlogProof proof = TlogProof.parse(pack.bytes(PackLayout.BIRTH_PROOF));
    if (!proof.checkpoint().equals(anchored)) {
      throw new PackRefused(
          "expected the birth's proof under the anchored checkpoint, found another");
    }
    PackAnchor.requireEntry(entry, proof);
    return entry;
  }

  /**
   * Checks that the log was born with these keys, and before the anchor that the pack begins at.
   */
  void require(PackKeys keys, Optional<PackAnchor> before) throws PackRefused {
    if (!event.origin().equals(keys.origin())) {
      throw new PackRefused(
          "expected the birth of " + keys.origin() + ", found that of " + event.origin());
    }
    for (VerifierKey key : keys.log()) {
      if (!event.keys().contains(key.format())) {
        throw new PackRefused("expected the keys that the log was born with, found " + key);
      }
    }
    if (before.filter(anchor -> !anchor.isNoOlderThan(entry)).isPresent()) {
      throw new PackRefused("expected the birth before the anchor before, found it later");
    }
  }

  /** One line for people. */
  String describe() {
    return event.origin() + " in cell " + event.cell();
  }
}
