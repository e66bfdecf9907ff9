package dev.cadastre.ledger.search.stored;

import dev.cadastre.ledger.model.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows use which terms, as stored. All numbers big-endian.
 *
 * <p>Of a block: the number of terms n (i32); n times a term (i32), rising, and where its bits end
 * (i32, from the first bit on); then the bits of each ({@link Bits}).
 *
 * <p>Of one term in a stretch: for each of its blocks that uses the term, rising, the block's place
 * in the stretch (i8), the length of the bits (u16), the bits.
 */
public final class Postings {
  /** Blocks in a stretch. */
  public static final int STRETCH = 16;

  private static final int HEAD = 4;
  private static final int ENTRY = 8;

  private final ByteBuffer bytes;
  private final int terms;

  private Postings(byte[] stored) {
    this.bytes = ByteBuffer.wrap(stored);
    this.terms = bytes.getInt(0);
    if (terms < 0 || terms > (stored.length - HEAD) / ENTRY) {
      throw new StorageFailure("index postings of " + terms + " terms");
    }
  }

  /** A block's postings as stored. */
  public static byte[] encode(Map<Integer, BitSet> byTerm) {
    Map<Integer, byte[]> bits = new TreeMap<>();
    byTerm.forEach((term, rows) -> bits.put(term, Bits.encode(rows)));
    int size = bits.values().stream().mapToInt(one -> one.length).sum();
    ByteBuffer out = ByteBuffer.allocate(HEAD + ENTRY * bits.size() + size);
    out.putInt(bits.size());
    int end = 0;
    for (Map.Entry<Integer, byte[]> one : bits.entrySet()) {
      end += one.getValue().length;
      out.putInt(one.getKey()).putInt(end);
    }
    bits.values().forEach(out::put);
    return out.array();
  }

  /** Reads what {@link #encode} gave. */
  public static Postings decode(byte[] stored) {
    try {
      return new Postings(stored);
    } catch (IndexOutOfBoundsException e) {
      throw new StorageFailure("index postings cut short", e);
    }
  }

  public int terms() {
    return terms;
  }

  /** The term at a place from 0 on. */
  public int term(int i) {
    return bytes.getInt(HEAD + ENTRY * i);
  }

  /** The bits of the term at a place. */
  public byte[] bits(int i) {
    int from = i == 0 ? 0 : end(i - 1);
    byte[] bits = new byte[end(i) - from];
    bytes.get(HEAD + ENTRY * terms + from, bits);
    return bits;
  }

  private int end(int i) {
    return bytes.getInt(HEAD + ENTRY * i + HEAD);
  }

  /** Adds the rows that use any of the wanted terms. */
  public void addRows(IntPredicate wanted, BitSet into) {
    try {
      for (int i = 0; i < terms; i++) {
        if (wanted.test(term(i))) {
          Bits.decodeInto(bits(i), into);
        }
      }
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new StorageFailure("index postings cut short", e);
    }
  }

  /** Adds one block's bits to what is gathered of a term in a stretch. */
  public static void append(ByteArrayOutputStream stretch, int place, byte[] bits) {
    stretch.write(place);
    stretch.write(bits.length >> 8);
    stretch.write(bits.length);
    stretch.writeBytes(bits);
  }

  /** What a block's rows are added to. */
  public interface Rows {
    /** The rows found so far of a block of the stretch; null if they are not wanted. */
    @Nullable BitSet of(int place);
  }

  /** Reads one term's postings in a stretch. */
  public static void decodeStretch(byte[] stored, Rows rows) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    try {
      while (in.hasRemaining()) {
        int place = in.get();
        byte[] bits = new byte[in.getShort() & 0xFFFF];
        in.get(bits);
        BitSet into = rows.of(place);
        if (into != null) {
          Bits.decodeInto(bits, into);
        }
      }
    } catch (BufferUnderflowException e) {
      throw new StorageFailure("index postings cut short", e);
    }
  }
}
