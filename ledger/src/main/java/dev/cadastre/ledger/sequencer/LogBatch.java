package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorLeafRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.PolicyRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.TileRecord;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.store.SegmentBuilder;
import dev.cadastre.ledger.store.TileStack;
import dev.cadastre.ledger.vault.DisclosureBatch;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;

/** One log's part of a group commit. */
final class LogBatch {
  private final Head head;
  private final List<SegmentRecord> segments = new ArrayList<>();
  private final List<TableRecord<?>> others = new ArrayList<>();
  private final List<DisclosureBatch> disclosureBatches = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final TileStack.FullTiles fullTiles = this::addTile;
  private final long start;
  private SegmentBuilder segment;
  private long segmentStart;
  private List<Disclosure> segmentDisclosures = new ArrayList<>();

  LogBatch(Head head) {
    this.head = head;
    this.start = head.size();
    this.segmentStart = start;
    this.segment = new SegmentBuilder(head.log, segmentStart);
  }

  /** The index of the first entry of this batch. */
  long start() {
    return start;
  }

  long end() {
    return head.size();
  }

  /** What was added as the entry of that index. */
  Draft draft(long index) {
    return drafts.get((int) (index - start));
  }

  Receipt receipt(long index) {
    return receipts.get((int) (index - start));
  }

  Receipt add(Draft draft, long clockNs) {
    if (segment.full()) {
      closeSegment();
    }
    long index = head.size();
    head.link(draft, clockNs, segment, fullTiles);
    segmentDisclosures.addAll(draft.disclosures());
    draft.special().ifPresent(event -> addSpecial(event, index, draft.anchorLeaves()));
    Receipt receipt =
        new Receipt(draft.recordId(), head.origin, index, head.lastLeaf(), head.lastReceivedNs());
    drafts.add(draft);
    receipts.add(receipt);
    return receipt;
  }

  private void addTile(int level, long index, byte[] hashes) {
    others.add(new TileRecord(head.log.value(), level, index, hashes));
  }

  private void addSpecial(Event event, long index, List<AnchorLeaf> leaves) {
    if (event instanceof PolicyAdoption adoption) {
      others.add(new PolicyRecord(head.log.value(), index, adoption.sha256().hex()));
    }
    if (event instanceof AnchorEvent anchor) {
      others.add(new AnchorRecord(index, anchor.date()));
      leaves.forEach(leaf -> others.add(row(index, leaf)));
    }
  }

  private static AnchorLeafRecord row(long anchorIndex, AnchorLeaf leaf) {
    byte[] path = new byte[leaf.path().size() * Hash.LENGTH];
    for (int i = 0; i < leaf.path().size(); i++) {
      leaf.path().get(i).copyTo(path, i * Hash.LENGTH);
    }
    return new AnchorLeafRecord(
        anchorIndex,
        leaf.log().value(),
        leaf.position(),
        leaf.salt().bytes(),
        path,
        leaf.checkpoint().checkpoint().size(),
        leaf.checkpoint().bytes());
  }

  private void closeSegment() {
    segments.add(segment.build());
    if (!segmentDisclosures.isEmpty()) {
      int count = (int) (head.size() - segmentStart);
      disclosureBatches.add(new DisclosureBatch(head.log, segmentStart, count, segmentDisclosures));
      segmentDisclosures = new ArrayList<>();
    }
    segmentStart = head.size();
    segment = new SegmentBuilder(head.log, segmentStart);
  }

  void close(Rows rows) {
    closeSegment();
    segments.forEach(rows::lock);
    others.forEach(rows::add);
  }

  List<DisclosureBatch> disclosures() {
    return disclosureBatches;
  }
}
