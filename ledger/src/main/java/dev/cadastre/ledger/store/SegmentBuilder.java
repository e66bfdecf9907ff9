package dev.cadastre.ledger.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import java.util.Arrays;

/** Collects the entries of one segment; see {@link SegmentCodec} for the bytes. */
public final class SegmentBuilder {
  private static final int ZSTD_LEVEL = 1;
  private static final int FIRST_CAPACITY = 4_096;

  /** A segment of common entries fits; what a rare one needs is not kept for the next. */
  private static final int KEPT_CAPACITY_MAX = 4 << 20;

  /**
   * What each segment needs for a moment and would cost as much to make as to use: memory to
   * collect and to compress in, and tables as large as a segment.
   */
  private static final class Workshop {
    private final ZstdCompressCtx zstd =
        new ZstdCompressCtx().setLevel(ZSTD_LEVEL).setChecksum(true);
    private byte[] spare = new byte[0];
    private byte[] compressed = new byte[0];

    byte[] take() {
      byte[] taken = spare.length > 0 ? spare : new byte[FIRST_CAPACITY];
      spare = new byte[0];
      return taken;
    }

    byte[] compressAndKeep(byte[] plain, int length) {
      int bound = Math.toIntExact(Zstd.compressBound(length));
      byte[] target = compressed.length >= bound ? compressed : new byte[bound];
      int size = zstd.compressByteArray(target, 0, target.length, plain, 0, length);
      compressed = target.length <= KEPT_CAPACITY_MAX ? target : compressed;
      if (plain.length > spare.length && plain.length <= KEPT_CAPACITY_MAX) {
        spare = plain;
      }
      return Arrays.copyOf(target, size);
    }
  }

  private static final ThreadLocal<Workshop> WORKSHOP = ThreadLocal.withInitial(Workshop::new);

  private final LogName log;
  private final long firstIndex;
  private byte[] plain = new byte[0];
  private int length;
  private int count;

  /** To be used by one thread. */
  public SegmentBuilder(LogName log, long firstIndex) {
    this.log = log;
    this.firstIndex = firstIndex;
  }

  public boolean full() {
    return count == SegmentCodec.MAX_ENTRIES;
  }

  /**
   * Seals an event into the segment's next entry, with {@link EntryFrame#seal}.
   *
   * @return the entry's leaf hash
   */
  public Hash seal(byte[] eventJcs, long index, Hash prev, long receivedNs) {
    int start = length + SegmentCodec.LENGTH_BYTES;
    reserve(start + eventJcs.length + EntryFrame.MAX_FRAME_BYTES);
    int end = EntryFrame.seal(eventJcs, index, prev, receivedNs, plain, start);
    plain[length] = (byte) (end - start >> 8);
    plain[length + 1] = (byte) (end - start);
    length = end;
    count++;
    return Merkle.leafHash(plain, start, end - start);
  }

  private void reserve(int capacity) {
    if (plain.length == 0) {
      plain = WORKSHOP.get().take();
    }
    if (capacity > plain.length) {
      plain = Arrays.copyOf(plain, Math.max(capacity, 2 * plain.length));
    }
  }

  /** The row; nothing may be added to the segment any more. */
  public SegmentRecord build() {
    byte[] stored = WORKSHOP.get().compressAndKeep(plain, length);
    plain = new byte[0];
    // The store gives it its number, so that field is not set, not even to nothing.
    SegmentRecord row = new SegmentRecord();
    row.setLog(log.value());
    row.setFirstIndex(firstIndex);
    row.setCount(count);
    row.setBytes(stored);
    return row;
  }
}
