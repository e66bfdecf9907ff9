package dev.cadastre.proof.anchor;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one log keeps of one anchor: enough to show that the anchor's public root commits to this
 * log's checkpoint. That the anchor's entry is in the anchors log is another proof, a tlog-proof of
 * the entry.
 *
 * @param entry the anchor's entry in the anchors log
 * @param salt the log's salt in this anchor
 * @param proof the way from the log's blinded leaf to the anchor's root
 * @param checkpoint the log's signed checkpoint
 */
public record AnchorReceipt(Entry entry, Hash salt, InclusionProof proof, SignedNote checkpoint) {

  /**
   * Checks that the anchor commits to the checkpoint and that one of {@code keys} signed it.
   *
   * @return the checkpoint, which now is anchored
   */
  public Checkpoint verify(Collection<VerifierKey> keys) throws Refused {
    AnchorEvent anchor = anchor();
    if (anchor.leaves() != proof.size()) {
      throw new Refused(
          "expected a path in a tree of " + anchor.leaves() + " leaves, found " + proof.size());
    }
    proof.verify(new BlindedLeaf(salt, checkpoint.text()).hash(), anchor.root());
    checkpoint.verify(keys);
    return Checkpoint.of(checkpoint);
  }

  /** What the entry says. */
  public AnchorEvent anchor() throws Refused {
    if (EventCodec.decode(entry.eventBytes()) instanceof AnchorEvent anchor) {
      return anchor;
    }
    throw new Refused(
        "expected an anchor in entry "
            + entry.index()
            + " of the anchors log, found another event");
  }

  /** The form of {@code leaf.json}: {@code {"leaves":n,"path":[hex],"position":i,"salt":hex}}. */
  public Json.Obj leafJson() {
    return Json.Obj.builder()
        .put("leaves", proof.size())
        .put("path", Json.strings(proof.path().stream().map(Hash::hex).toList()))
        .put("position", proof.index())
        .put("salt", salt.hex())
        .build();
  }

  /** Puts a receipt together from the files of an evidence pack. */
  public static AnchorReceipt of(byte[] entry, Json.Obj leaf, byte[] checkpoint) throws Refused {
    leaf.only("leaves", "path", "position", "salt");
    List<Hash> path = new ArrayList<>();
    for (String hex : leaf.strings("path")) {
      path.add(Hash.ofHex(hex));
    }
    return new AnchorReceipt(
        Entry.parse(entry),
        Hash.ofHex(leaf.str("salt")),
        new InclusionProof(leaf.integer("position"), leaf.integer("leaves"), path),
        SignedNote.parse(checkpoint));
  }

  @Override
  public String toString() {
    return "AnchorReceipt[" + entry.index() + ", " + Encodings.quote(checkpoint.text()) + "]";
  }
}
