package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.page.events.ProofView.Climb;
import dev.cadastre.portal.page.events.ProofView.Fact;
import dev.cadastre.portal.page.events.ProofView.Step;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes each step of an entry's proof with the code of {@code proof}, the same that the offline
 * verifier runs. The server checking itself convinces nobody; it shows what the reader's own
 * verifier will do.
 */
public final class ProofSteps {
  private final LogReader reader;
  private final Entry entry;
  private final List<Step> steps = new ArrayList<>();

  public ProofSteps(LogReader reader, Entry entry) {
    this.reader = reader;
    this.entry = entry;
  }

  /** A check that either holds or says what is wrong. */
  private interface Check {
    void run() throws Refused;
  }

  /** The proof up to the checkpoint's signature. */
  public List<Step> toCheckpoint(SignedCheckpoint checkpoint) {
    leaf();
    link();
    tree(checkpoint);
    signature(
        reader,
        checkpoint,
        "Signature of the checkpoint",
        "The checkpoint is signed by the key that the log's birth entry names.");
    return steps;
  }

  private void leaf() {
    String bytes = Words.count(entry.bytes().length, "byte", "bytes");
    add(
        "Leaf hash",
        "SHA-256 of a zero byte followed by the entry's " + bytes + ", as shown above.",
        List.of(new Fact("leaf", entry.leafHash().hex())),
        List.of(),
        () -> {});
  }

  private void link() {
    if (entry.index() == 0) {
      add(
          "Start of the chain",
          "The first entry has nobody before it, so it names a hash of zeros.",
          List.of(new Fact("prev", entry.prev().hex())),
          List.of(),
          () -> requireSame(Hash.ZERO, entry.prev()));
      return;
    }
    String before = Words.number(entry.index() - 1);
    try {
      Hash previous = reader.entry(entry.index() - 1).leafHash();
      add(
          "Link to entry " + before,
          "What this entry names as its predecessor is the leaf hash of entry "
              + before
              + ", computed now from its bytes.",
          List.of(
              new Fact("prev in this entry", entry.prev().hex()),
              new Fact("leaf of entry " + before, previous.hex())),
          List.of(),
          () -> requireSame(previous, entry.prev()));
    } catch (Refused unreadable) {
      add(
          "Link to entry " + before,
          "Entry " + before + " could not be read.",
          List.of(),
          List.of(),
          () -> {
            throw unreadable;
          });
    }
  }

  private void tree(SignedCheckpoint checkpoint) {
    long size = checkpoint.checkpoint().size();
    Hash root = checkpoint.checkpoint().root();
    String meaning =
        "Joined with its siblings on the way up, the leaf gives the root of the tree of all "
            + Words.number(size)
            + " entries.";
    inclusion("Place in the tree", meaning, reader, entry, size, root);
  }

  private void inclusion(
      String title, String meaning, LogReader log, Entry leaf, long size, Hash root) {
    List<Climb> climbs = new ArrayList<>();
    add(
        title,
        meaning,
        List.of(new Fact("root in the checkpoint", root.hex())),
        climbs,
        () -> {
          InclusionProof proof = log.inclusion(leaf.index(), size);
          climbs.addAll(climbs(proof, leaf.leafHash()));
          proof.verify(leaf.leafHash(), root);
        });
  }

  private static List<Climb> climbs(InclusionProof proof, Hash leaf) throws Refused {
    List<Climb> climbs = new ArrayList<>();
    for (InclusionProof.Join join : proof.joins(leaf)) {
      climbs.add(
          new Climb(
              Integer.toString(climbs.size() + 1),
              join.siblingLeft() ? "left" : "right",
              join.sibling().hex(),
              join.node().hex()));
    }
    return climbs;
  }

  private void signature(LogReader log, SignedCheckpoint checkpoint, String title, String meaning) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("origin", checkpoint.checkpoint().origin()));
    add(
        title,
        meaning,
        facts,
        List.of(),
        () -> {
          for (VerifierKey key : checkpoint.note().verify(keys(log))) {
            facts.add(new Fact("key", key.format()));
          }
        });
  }

  /** The keys that a log's birth entry names. */
  public static List<VerifierKey> keys(LogReader log) throws Refused {
    if (!(EventCodec.decode(log.entry(0).eventBytes()) instanceof Birth birth)) {
      throw new Refused("entry 0 of " + log.origin() + " is no birth");
    }
    List<VerifierKey> keys = new ArrayList<>();
    for (String key : birth.keys()) {
      keys.add(VerifierKey.parse(key));
    }
    return keys;
  }

  /**
   * Goes on to the anchor that commits to a checkpoint of this log which covers the entry.
   *
   * @param anchors the public log of anchors
   */
  List<Step> toAnchor(LogReader anchors, AnchorReceipt receipt) throws Refused {
    Checkpoint anchored = Checkpoint.of(receipt.checkpoint());
    String count = Words.count(anchored.size(), "entry", "entries");
    inclusion(
        "Place in the anchored tree",
        "The anchor was made when the log had " + count + "; this entry was among them.",
        reader,
        entry,
        anchored.size(),
        anchored.root());
    blinded(receipt);
    SignedCheckpoint published = anchors.checkpoint();
    Entry anchor = receipt.entry();
    inclusion(
        "Place in the public log",
        "The anchor is entry " + Words.number(anchor.index()) + " of the public log of anchors.",
        anchors,
        anchor,
        published.checkpoint().size(),
        published.checkpoint().root());
    signature(
        anchors,
        published,
        "Signature of the public log",
        "The public log's checkpoint is signed by the key that its own birth entry names.");
    return steps;
  }

  private void blinded(AnchorReceipt receipt) throws Refused {
    List<Climb> climbs = new ArrayList<>();
    Hash leaf = new BlindedLeaf(receipt.salt(), receipt.checkpoint().text()).hash();
    List<Fact> facts =
        List.of(
            new Fact("salt, known to this log alone", receipt.salt().hex()),
            new Fact("blinded leaf", leaf.hex()),
            new Fact("root in the anchor", receipt.anchor().root().hex()));
    String leaves = Words.number(receipt.anchor().leaves());
    add(
        "Blinded into the anchor",
        "The log's checkpoint, hashed with a salt so that nobody else can recognise it, is one of the "
            + leaves
            + " leaves under the anchor's root.",
        facts,
        climbs,
        () -> {
          climbs.addAll(climbs(receipt.proof(), leaf));
          receipt.verify(keys(reader));
        });
  }

  /** Says that no anchor covers the entry yet. */
  List<Step> notAnchored() {
    steps.add(
        new Step(
            "waiting",
            "Anchor",
            "No anchor covers this entry yet. The next one will; it is made at least once a day.",
            List.of(),
            List.of()));
    return steps;
  }

  private void add(
      String title, String meaning, List<Fact> facts, List<Climb> climbs, Check check) {
    try {
      check.run();
      steps.add(new Step("ok", title, meaning, facts, climbs));
    } catch (Refused refused) {
      List<Fact> why = new ArrayList<>(facts);
      why.add(0, new Fact("what is wrong", String.valueOf(refused.getMessage())));
      steps.add(new Step("failed", title, meaning, why, climbs));
    }
  }

  private static void requireSame(Hash expected, Hash found) throws Refused {
    if (!expected.equals(found)) {
      throw new Refused("expected " + expected.hex() + ", found " + found.hex());
    }
  }
}
