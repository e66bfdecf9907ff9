package dev.cadastre.proof.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries one after another, each after its length as a big-endian u16 (C2SP tlog-tiles). */
public final class EntryBundle {
  /** What a u16 can say. */
  public static final int MAX_ENTRY_BYTES = 0xFFFF;

  private static final int LENGTH_BYTES = 2;

  private EntryBundle() {}

  /** Bundles entries of at most {@link #MAX_ENTRY_BYTES} each. */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new IllegalArgumentException(
            "entry of " + entry.length + " bytes does not fit a bundle");
      }
      out.write(entry.length >> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /** Reads exactly {@code count} entries that fill the bundle. */
  public static List<byte[]> decode(byte[] bundle, int count) throws ProofRefused {
    List<byte[]> entries = decode(bundle);
    if (entries.size() != count) {
      throw new ProofRefused(
          "expected " + count + " entries in the bundle, found " + entries.size());
    }
    return entries;
  }

  /** Reads however many entries fill the bundle. */
  public static List<byte[]> decode(byte[] bundle) throws ProofRefused {
    List<byte[]> entries = new ArrayList<>();
    int at = 0;
    while (at < bundle.length) {
      if (bundle.length - at < LENGTH_BYTES) {
        throw new ProofRefused("expected a length of two bytes, found the bundle's end");
      }
      int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
      int start = at + LENGTH_BYTES;
      if (bundle.length - start < length) {
        throw new ProofRefused(
            "expected an entry of "
                + length
                + " bytes, found "
                + (bundle.length - start)
                + " before the end");
      }
      entries.add(Arrays.copyOfRange(bundle, start, start + length));
      at = start + length;
    }
    return entries;
  }
}
