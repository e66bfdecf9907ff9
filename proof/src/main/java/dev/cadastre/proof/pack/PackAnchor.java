package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.attestation.AnchorPoint;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * One of the two anchors of a pack, verified.
 *
 * @param entry the anchor's entry in the anchors log
 * @param point the anchor
 * @param checkpoint the log's checkpoint that it commits to
 * @param note that checkpoint as it was signed
 * @param anchorsLog the anchors log's signed checkpoint
 * @param remark what the anchor says of other logs than those it commits to; empty if nothing
 */
record PackAnchor(
    Entry entry,
    AnchorPoint point,
    Checkpoint checkpoint,
    SignedNote note,
    SignedNote anchorsLog,
    String remark) {

  /** Verifies the anchor in a folder of the pack. */
  static PackAnchor verify(PackReader pack, String folder, PackKeys keys) throws Refused {
    byte[] entry = pack.bytes(folder + PackLayout.ANCHOR_ENTRY);
    byte[] leaf = pack.bytes(folder + PackLayout.ANCHOR_LEAF);
    byte[] checkpoint = pack.bytes(folder + PackLayout.ANCHOR_CHECKPOINT);
    AnchorReceipt receipt = AnchorReceipt.of(entry, Json.parseObject(leaf), checkpoint);
    if (!Arrays.equals(leaf, receipt.leafJson().jcs())) {
      throw new PackRefused(
          "expected "
              + folder
              + PackLayout.ANCHOR_LEAF
              + " in its canonical form, found it otherwise");
    }
    Checkpoint anchored = receipt.verify(keys.log());
    if (!anchored.origin().equals(keys.origin())) {
      throw new PackRefused(
          "expected an anchor of " + keys.origin() + ", found one of " + anchored.origin());
    }
    TlogProof proof = TlogProof.parse(pack.bytes(folder + PackLayout.ANCHOR_PROOF));
    requireInAnchorsLog(receipt.entry(), proof, keys);
    requirePlace(receipt.entry(), receipt.anchor());
    AnchorPoint point = AnchorPoint.of(receipt.entry().index(), receipt.anchor());
    return new PackAnchor(
        receipt.entry(),
        point,
        anchored,
        receipt.checkpoint(),
        proof.checkpoint(),
        remark(receipt.anchor()));
  }

  private static String remark(AnchorEvent anchor) {
    String remark = "";
    if (anchor.incomplete()) {
      remark +=
          "; the anchor says that a log of the cell was left out, because it had stopped, so it is"
              + " not over all logs";
    }
    if (anchor.takenBack().isPresent()) {
      remark +=
          "; the anchor says that logs of the cell were taken back to an earlier state since the"
              + " anchor before: ask the operator whether this log is one of them";
    }
    return remark;
  }

  /** The anchors log holds its birth and anchors, each of which names the one before. */
  private static void requirePlace(Entry entry, AnchorEvent anchor) throws PackRefused {
    OptionalLong before =
        entry.index() > 1 ? OptionalLong.of(entry.index() - 1) : OptionalLong.empty();
    if (entry.index() == 0 || !anchor.previous().equals(before)) {
      throw new PackRefused(
          "expected anchor "
              + entry.index()
              + " to name "
              + (before.isPresent() ? "anchor " + before.getAsLong() : "none")
              + " as the one before, found "
              + (anchor.previous().isPresent() ? anchor.previous().getAsLong() : "none"));
    }
    if (Long.compareUnsigned(entry.received(), anchor.time()) < 0) {
      throw new PackRefused(
          "expected anchor "
              + entry.index()
              + " received when it was made or later, found it received before");
    }
  }

  /** Leaf hash of the anchor's entry in the anchors log. */
  Hash leaf() {
    return entry.leafHash();
  }

  /**
   * Whether an entry that the anchor commits to was received before it was made, as it must have
   * been.
   */
  boolean isNoOlderThan(Entry committed) {
    return Long.compareUnsigned(committed.received(), point.timeNs()) <= 0;
  }

  private static void requireInAnchorsLog(Entry entry, TlogProof proof, PackKeys keys)
      throws Refused {
    proof.checkpoint().verify(keys.anchors());
    Checkpoint tree = Checkpoint.of(proof.checkpoint());
    if (!tree.origin().equals(keys.anchorsOrigin())) {
      throw new PackRefused(
          "expected a checkpoint of " + keys.anchorsOrigin() + ", found one of " + tree.origin());
    }
    requireEntry(entry, proof);
  }

  /** Checks that {@code entry} lies where it says it does in the tree of the proof's checkpoint. */
  static void requireEntry(Entry entry, TlogProof proof) throws Refused {
    if (entry.index() != proof.index()) {
      throw new PackRefused(
          "expected a proof of entry " + entry.index() + ", found one of " + proof.index());
    }
    proof.inclusion().verify(entry.leafHash(), Checkpoint.of(proof.checkpoint()).root());
  }

  /** Checks that {@code earlier} comes before this one, under one checkpoint of the anchors log. */
  void requireAfter(PackAnchor earlier) throws PackRefused {
    if (!anchorsLog.equals(earlier.anchorsLog)) {
      throw new PackRefused(
          "expected both anchors under one checkpoint of the anchors log, found two");
    }
    boolean later =
        earlier.point.index() < point.index()
            && Long.compareUnsigned(earlier.point.timeNs(), point.timeNs()) <= 0
            && earlier.point.date().compareTo(point.date()) <= 0
            && earlier.entry.received() <= entry.received()
            && earlier.checkpoint.size() <= checkpoint.size();
    if (!later) {
      throw new PackRefused(
          "expected the anchor before the period to be the earlier one by index, date, time and"
              + " size, found it later");
    }
  }

  /** One line for people. */
  String describe() {
    return "anchor "
        + point.index()
        + " of "
        + point.date()
        + " commits to "
        + checkpoint.size()
        + " entries"
        + remark;
  }
}
