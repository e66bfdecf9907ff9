package dev.cadastre.ledger.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.proof.tlog.EntryBundle;
import java.util.List;

/**
 * A segment's bytes: one zstd frame (RFC 8878) of entries, in the framing of C2SP entry bundles.
 * The frame carries a checksum: until a checkpoint covers the newest entries, nothing else tells
 * whether a disk altered them.
 */
public final class SegmentCodec {
  /** Most entries in one segment: reading any one of them decompresses no more than this many. */
  public static final int MAX_ENTRIES = 1_024;

  static final int LENGTH_BYTES = 2;

  private SegmentCodec() {}

  /** Bytes of a zstd frame that state its content's size: magic number and frame header. */
  static final int HEADER_BYTES = 18;

  /**
   * The size of its content that a segment states; the largest possible if it states none.
   *
   * @param header its first {@link #HEADER_BYTES} bytes or more
   */
  static long statedBytes(byte[] header, int count) {
    long stated = Zstd.getFrameContentSize(header);
    long most = (long) count * (LENGTH_BYTES + EntryFrame.MAX_BYTES);
    return stated <= 0 || stated > most ? most : stated;
  }

  /**
   * Decodes a stored segment.
   *
   * @param count how many entries it must hold
   */
  public static List<byte[]> decode(byte[] stored, int count) throws Refused {
    return EntryBundle.decode(decompress(stored, count), count);
  }

  /**
   * The stated size is believed only as far as {@code count} entries can reach, so damage cannot
   * exhaust memory.
   */
  private static byte[] decompress(byte[] stored, int count) throws Refused {
    long size = Zstd.getFrameContentSize(stored);
    long limit = (long) count * (LENGTH_BYTES + EntryFrame.MAX_BYTES);
    if (size <= 0 || size > Math.min(limit, Integer.MAX_VALUE)) {
      throw new Refused(
          "expected a zstd frame of at most " + limit + " bytes, found one that states " + size);
    }
    try {
      return Unzstd.decompress(stored, (int) size);
    } catch (ZstdException damage) {
      throw new Refused("expected a zstd frame, found damage: " + damage.getMessage(), damage);
    }
  }
}
