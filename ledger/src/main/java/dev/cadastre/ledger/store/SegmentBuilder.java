package dev.cadastre.ledger.store;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import java.util.Arrays;

/** Collects the entries of one segment; see {@link SegmentCodec} for the bytes. */
public final class SegmentBuilder {
  private static final int ZSTD_LEVEL = 1;

  /**
   * Its tables are as large as a segment: made anew for each, they cost as much as filling them.
   */
  private static final ThreadLocal<ZstdCompressCtx> ZSTD =
      ThreadLocal.withInitial(() -> new ZstdCompressCtx().setLevel(ZSTD_LEVEL));

  private static final int FIRST_CAPACITY = 4_096;

  private final LogName log;
  private final long firstIndex;
  private byte[] plain = new byte[FIRST_CAPACITY];
  private int length;
  private int count;

  public SegmentBuilder(LogName log, long firstIndex) {
    this.log = log;
    this.firstIndex = firstIndex;
  }

  public boolean full() {
    return count == SegmentCodec.MAX_ENTRIES;
  }

  public void add(byte[] entry) {
    int end = length + SegmentCodec.LENGTH_BYTES + entry.length;
    if (end > plain.length) {
      plain = Arrays.copyOf(plain, Math.max(end, 2 * plain.length));
    }
    plain[length] = (byte) (entry.length >> 8);
    plain[length + 1] = (byte) entry.length;
    System.arraycopy(entry, 0, plain, length + SegmentCodec.LENGTH_BYTES, entry.length);
    length = end;
    count++;
  }

  public SegmentRecord build() {
    byte[] stored = ZSTD.get().compress(Arrays.copyOf(plain, length));
    return new SegmentRecord(log.value(), firstIndex, count, stored);
  }
}
