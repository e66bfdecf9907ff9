package dev.cadastre.ledger.store;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One log's entries: those of the segments that were read already, and the others as needed. */
public final class LogEntries {
  private final Segments segments;
  private final LogName log;
  private final long size;
  private final List<byte[]> start = new ArrayList<>();

  /**
   * @throws dev.cadastre.ledger.model.LogStopped if a segment that was read is damaged
   */
  public LogEntries(StoredLog log, Segments segments) {
    this.segments = segments;
    this.log = log.log();
    this.size = log.size();
    for (SegmentRecord row : log.start()) {
      if (row.getFirstIndex() == start.size()) {
        start.addAll(segments.decode(this.log, row));
      }
    }
  }

  /** Number of entries. */
  public long size() {
    return size;
  }

  /**
   * One entry's bytes. Shared: not to be changed.
   *
   * @throws java.util.NoSuchElementException if the log has no such entry
   * @throws dev.cadastre.ledger.model.LogStopped if it is damaged
   */
  public byte[] entry(long index) {
    return index >= 0 && index < start.size() ? start.get((int) index) : segments.entry(log, index);
  }

  /** The leaf hashes of a log that has no full tile and was read as a whole, 32 bytes each. */
  public Optional<byte[]> leaves() {
    if (size >= StoredTiles.WIDTH || start.size() < size) {
      return Optional.empty();
    }
    ByteBuffer hashes = ByteBuffer.allocate((int) size * Hash.LENGTH);
    start.subList(0, (int) size).forEach(entry -> hashes.put(Merkle.leafHash(entry).bytes()));
    return Optional.of(hashes.array());
  }
}
