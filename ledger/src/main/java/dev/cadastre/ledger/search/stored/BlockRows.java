package dev.cadastre.ledger.search.stored;

import com.github.luben.zstd.Zstd;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Unzstd;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The rows of up to {@value #SIZE} consecutive entries, column by column: a part of a block.
 *
 * <p>Stored as zstd of: rows (i32), columns (i32), then for each column its least value (i64), the
 * width w of its values in bytes (i8: 0, 1, 2, 4 or 8), then rows × w bytes of value minus least
 * value. All big-endian. Any value of any row is read at its place; nothing is decoded ahead.
 */
public final class BlockRows {
  public static final int SIZE = 256;

  private static final int MAX_BYTES = 8 + Column.COUNT * (9 + SIZE * 8);
  private static final int ZSTD_LEVEL = 1;

  private final ByteBuffer bytes;
  private final int rows;
  private final int[] columnStart = new int[Column.COUNT];

  private BlockRows(ByteBuffer bytes) {
    this.bytes = bytes;
    this.rows = bytes.getInt(0);
    if (rows < 1 || rows > SIZE || bytes.getInt(4) != Column.COUNT) {
      throw new StorageFailure(
          "index rows of " + rows + " rows and " + bytes.getInt(4) + " columns");
    }
    int at = 8;
    for (int c = 0; c < Column.COUNT; c++) {
      columnStart[c] = at;
      at += 9 + bytes.get(at + 8) * rows;
    }
    if (at != bytes.limit()) {
      throw new StorageFailure(
          "index rows of " + bytes.limit() + " bytes where " + at + " were due");
    }
  }

  /** Encodes rows, each an array of {@link Column#COUNT} values, none negative. */
  public static byte[] encode(List<long[]> rows) {
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
    out.putInt(rows.size()).putInt(Column.COUNT);
    for (int c = 0; c < Column.COUNT; c++) {
      encodeColumn(rows, c, out);
    }
    byte[] plain = new byte[out.position()];
    out.flip().get(plain);
    return Zstd.compress(plain, ZSTD_LEVEL);
  }

  private static void encodeColumn(List<long[]> rows, int column, ByteBuffer out) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (long[] row : rows) {
      least = Math.min(least, row[column]);
      most = Math.max(most, row[column]);
    }
    int width = width(most - least);
    out.putLong(least).put((byte) width);
    for (long[] row : rows) {
      putValue(out, width, row[column] - least);
    }
  }

  private static int width(long spread) {
    if (spread == 0) {
      return 0;
    }
    int needed = (Long.SIZE - Long.numberOfLeadingZeros(spread) + 7) / 8;
    return needed <= 2 ? needed : needed <= 4 ? 4 : 8;
  }

  private static void putValue(ByteBuffer out, int width, long value) {
    switch (width) {
      case 0 -> {}
      case 1 -> out.put((byte) value);
      case 2 -> out.putShort((short) value);
      case 4 -> out.putInt((int) value);
      default -> out.putLong(value);
    }
  }

  /** Reads what {@link #encode} wrote. */
  public static BlockRows decode(byte[] compressed) {
    long size = Zstd.getFrameContentSize(compressed);
    if (size < 8 || size > MAX_BYTES) {
      throw new StorageFailure("index rows that claims " + size + " bytes");
    }
    byte[] plain = Unzstd.decompress(compressed, (int) size);
    try {
      return new BlockRows(ByteBuffer.wrap(plain));
    } catch (IndexOutOfBoundsException e) {
      throw new StorageFailure("index rows cut short", e);
    }
  }

  public int rows() {
    return rows;
  }

  public long get(int row, Column column) {
    int start = columnStart[column.ordinal()];
    int at = start + 9;
    long above =
        switch (bytes.get(start + 8)) {
          case 0 -> 0L;
          case 1 -> bytes.get(at + row) & 0xFFL;
          case 2 -> bytes.getShort(at + 2 * row) & 0xFFFFL;
          case 4 -> bytes.getInt(at + 4 * row) & 0xFFFF_FFFFL;
          default -> bytes.getLong(at + 8 * row);
        };
    return bytes.getLong(start) + above;
  }

  /** The term number in a column, 0 for none. */
  public int term(int row, Column column) {
    return (int) get(row, column);
  }

  /** One row as {@link #encode} takes it. */
  public long[] row(int row) {
    long[] values = new long[Column.COUNT];
    for (Column column : Column.values()) {
      values[column.ordinal()] = get(row, column);
    }
    return values;
  }
}
