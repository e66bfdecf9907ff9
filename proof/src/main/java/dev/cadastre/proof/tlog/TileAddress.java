package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;

/**
 * Where a tile or an entry bundle lies, C2SP tlog-tiles: {@code tile/<L>/<N>[.p/<W>]} or {@code
 * tile/entries/<N>[.p/<W>]}.
 *
 * @param level 0 to 63 for tiles, {@link #ENTRIES} for entry bundles
 * @param index number of the tile within its level
 * @param width how many hashes or entries it has, 1 to 256; below 256 it is partial
 */
public record TileAddress(int level, long index, int width) {
  /** Hashes in a full tile, entries in a full bundle. */
  public static final int FULL = 256;

  /** The level of entry bundles. */
  public static final int ENTRIES = -1;

  private static final int MAX_LEVEL = 63;
  private static final int GROUP = 3;

  public TileAddress {
    if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException(
          "no tile: level " + level + " index " + index + " width " + width);
    }
  }

  /** A full or partial entry bundle. */
  public static TileAddress entries(long index, int width) {
    return new TileAddress(ENTRIES, index, width);
  }

  /**
   * The tile at {@code level} and {@code index} as it is in a tree of {@code treeSize} leaves.
   *
   * @throws IllegalArgumentException if the tree has no such tile
   */
  public static TileAddress in(long treeSize, int level, long index) {
    long hashes = treeSize >>> 8 * Math.max(level, 0);
    long width = Math.min(FULL, hashes - index * FULL);
    if (8 * level > MAX_LEVEL || width < 1) {
      throw new IllegalArgumentException(
          "size " + treeSize + " has no tile " + level + "/" + index);
    }
    return new TileAddress(level, index, (int) width);
  }

  public boolean isEntries() {
    return level == ENTRIES;
  }

  public boolean isPartial() {
    return width < FULL;
  }

  /** Reads a path; only the one spelling that {@link #path()} gives is accepted. */
  public static TileAddress parse(String path) throws ProofRefused {
    try {
      TileAddress address = read(path);
      if (address.path().equals(path)) {
        return address;
      }
    } catch (Refused e) {
      throw new ProofRefused("expected a tile's path, found " + Encodings.quote(path), e);
    }
    throw new ProofRefused("expected a tile's path, found " + Encodings.quote(path));
  }

  private static TileAddress read(String path) throws Refused {
    String[] parts = path.split("/", 3);
    if (parts.length != 3 || !parts[0].equals("tile")) {
      throw new ProofRefused("expected tile/<level>/<index>");
    }
    int level = parts[1].equals("entries") ? ENTRIES : bounded(parts[1], 0, MAX_LEVEL);
    int dot = parts[2].indexOf(".p/");
    String index = dot < 0 ? parts[2] : parts[2].substring(0, dot);
    int width = dot < 0 ? FULL : bounded(parts[2].substring(dot + 3), 1, FULL - 1);
    return new TileAddress(level, index(index), width);
  }

  private static int bounded(String text, int min, int max) throws Refused {
    long value = Encodings.decimal(text);
    if (value < min || value > max) {
      throw new ProofRefused("expected " + min + " to " + max + ", found " + value);
    }
    return (int) value;
  }

  private static long index(String groups) throws Refused {
    String digits = groups.replace("/", "").replace("x", "");
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return Encodings.decimal(digits.substring(zeros));
  }

  /** The path below a log's prefix, such as {@code tile/0/x001/x234/067.p/5}. */
  public String path() {
    StringBuilder path = new StringBuilder("tile/");
    path.append(isEntries() ? "entries" : Integer.toString(level)).append('/');
    String digits = Long.toString(index);
    digits = "0".repeat((GROUP - digits.length() % GROUP) % GROUP) + digits;
    for (int i = 0; i < digits.length() - GROUP; i += GROUP) {
      path.append('x').append(digits, i, i + GROUP).append('/');
    }
    path.append(digits, digits.length() - GROUP, digits.length());
    return isPartial() ? path + ".p/" + width : path.toString();
  }

  @Override
  public String toString() {
    return path();
  }
}
