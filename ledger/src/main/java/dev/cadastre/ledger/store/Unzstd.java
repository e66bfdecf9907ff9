package dev.cadastre.ledger.store;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Decompresses zstd frames (RFC 8878) with tables that each thread keeps: to make them anew costs
 * more than to decompress a few hundred bytes.
 */
public final class Unzstd {
  private static final ThreadLocal<ZstdDecompressCtx> TABLES =
      ThreadLocal.withInitial(ZstdDecompressCtx::new);

  private Unzstd() {}

  /**
   * The frame's content.
   *
   * @param size of the content, in bytes, as {@link
   *     com.github.luben.zstd.Zstd#getFrameContentSize(byte[])} tells
   * @throws ZstdException if it is no whole frame, or one of larger content
   */
  public static byte[] decompress(byte[] frame, int size) {
    return TABLES.get().decompress(frame, size);
  }
}
