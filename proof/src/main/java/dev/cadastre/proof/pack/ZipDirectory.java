package dev.cadastre.proof.pack;

import dev.cadastre.proof.Encodings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a ZIP's central directory and holds it against the local headers. The files must fill the
 * archive from its first byte to the directory without gap or overlap: two readers then see the
 * same files, nothing hides between them, and no byte is unpacked twice.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int DESCRIPTOR_LENGTH = 16;
  private static final int MAX_DIRECTORY_BYTES = 1 << 24;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_DESCRIPTOR = 1 << 3;
  private static final int ALLOWED_FLAGS = FLAG_DESCRIPTOR | 1 << 1 | 1 << 2 | 1 << 11;
  private static final int FILE_TYPE = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;
  private static final long UINT32 = 0xFFFFFFFFL;

  /**
   * One file.
   *
   * @param dataStart where its packed bytes begin
   * @param crc CRC-32 of the unpacked bytes
   */
  record File(
      String name,
      boolean deflated,
      int flags,
      long crc,
      long packed,
      long unpacked,
      long header,
      long dataStart) {
    long dataEnd() {
      return dataStart + packed;
    }

    boolean isFolder() {
      return name.endsWith("/");
    }
  }

  private final PackBytes bytes;
  private final PackLimits limits;

  private ZipDirectory(PackBytes bytes, PackLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /** The archive's files in the order of their bytes, folders left out. */
  static List<File> read(PackBytes bytes, PackLimits limits) throws IOException, PackRefused {
    return new ZipDirectory(bytes, limits).read();
  }

  private List<File> read() throws IOException, PackRefused {
    if (bytes.size() < END_LENGTH) {
      throw new PackRefused("expected a ZIP archive, found " + bytes.size() + " bytes");
    }
    require(
        bytes.size() <= limits.maxArchiveBytes(),
        "expected an archive of at most "
            + limits.maxArchiveBytes()
            + " bytes, found a larger one");
    long endAt = bytes.size() - END_LENGTH;
    ByteBuffer end = bytes.slice(endAt, END_LENGTH);
    require(
        end.getInt() == END,
        "expected a ZIP archive with nothing behind it, found another ending: cut short, added to,"
            + " or no ZIP at all");
    require(end.getInt() == 0, "expected one archive, found a part of several");
    int here = u16(end);
    int count = u16(end);
    require(here == count, "expected all files in one archive, found some elsewhere");
    long length = u32(end);
    long start = u32(end);
    require(end.getShort() == 0, "expected a ZIP archive without a comment, found one");
    require(
        count <= limits.maxFiles(),
        "expected at most " + limits.maxFiles() + " files, found " + count);
    require(
        length <= MAX_DIRECTORY_BYTES,
        "expected a directory of at most 16 MiB, found " + length + " bytes");
    require(
        start + length == endAt,
        "expected the ZIP directory before its end record, found it elsewhere");
    List<File> files = central(bytes.slice(start, (int) length), count);
    return located(files, start);
  }

  private List<File> central(ByteBuffer directory, int count) throws PackRefused {
    List<File> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      require(
          directory.remaining() >= CENTRAL_LENGTH,
          "expected a file in the ZIP directory, found its end");
      files.add(centralHeader(directory));
    }
    require(!directory.hasRemaining(), "expected the end of the ZIP directory, found more");
    return files;
  }

  private File centralHeader(ByteBuffer in) throws PackRefused {
    require(in.getInt() == CENTRAL, "expected a file in the ZIP directory, found other bytes");
    in.getInt();
    int flags = u16(in);
    int method = u16(in);
    in.getInt();
    long crc = u32(in);
    long packed = u32(in);
    long unpacked = u32(in);
    int nameLength = u16(in);
    int extraLength = u16(in);
    int commentLength = u16(in);
    int disk = u16(in);
    in.getShort();
    int attributes = in.getInt();
    long header = u32(in);
    require(
        in.remaining() >= nameLength + extraLength + commentLength,
        "expected a file's name in the ZIP directory, found its end");
    byte[] name = new byte[nameLength];
    in.get(name);
    in.position(in.position() + extraLength + commentLength);
    String text = name(name);
    require(disk == 0, "expected one archive, found a part of several");
    require((flags & FLAG_ENCRYPTED) == 0, "expected plain files, found an encrypted one: " + text);
    require((flags & ~ALLOWED_FLAGS) == 0, "expected plain ZIP flags, found others for " + text);
    require(
        method == STORED || method == DEFLATED,
        "expected stored or deflated files, found another method for " + text);
    require(
        method == DEFLATED || packed == unpacked,
        "expected equal sizes of a stored file, found others for " + text);
    requireKind(text, attributes >>> 16);
    requireSize(text, packed, unpacked);
    return new File(text, method == DEFLATED, flags, crc, packed, unpacked, header, 0);
  }

  private static String name(byte[] ascii) throws PackRefused {
    String name = new String(ascii, StandardCharsets.ISO_8859_1);
    String file = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!PackNames.isSafe(file)) {
      throw new PackRefused("expected a plain relative file name, found " + Encodings.quote(name));
    }
    return name;
  }

  /** Unix modes lie in the upper half of the external attributes; other systems leave it zero. */
  private static void requireKind(String name, int mode) throws PackRefused {
    int type = mode & FILE_TYPE;
    boolean plain = type == (name.endsWith("/") ? DIRECTORY : REGULAR);
    require(type == 0 || plain, "expected a regular file, found a link or device: " + name);
  }

  private void requireSize(String name, long packed, long unpacked) throws PackRefused {
    require(
        packed != UINT32 && unpacked != UINT32,
        "expected files below 4 GiB, found a larger one: " + name);
    require(
        !name.endsWith("/") || unpacked == 0,
        "expected nothing inside a folder's own entry, found content: " + name);
    require(
        unpacked <= limits.maxFileBytes(),
        "expected less than " + limits.maxFileBytes() + " bytes in " + name);
    require(
        unpacked <= PackLimits.RATIO_FREE_BYTES || unpacked / limits.maxRatio() <= packed,
        "expected an honest size, found a file that unpacks to more than "
            + limits.maxRatio()
            + " times its size: "
            + name);
  }

  private List<File> located(List<File> files, long directoryStart)
      throws IOException, PackRefused {
    List<File> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparingLong(File::header));
    List<File> located = new ArrayList<>();
    long at = 0;
    long total = 0;
    for (File file : sorted) {
      require(
          file.header() == at,
          "expected files without gap or overlap, found one before " + file.name());
      File whole = local(file, directoryStart);
      at = whole.dataEnd() + descriptor(whole, directoryStart);
      total += whole.unpacked();
      require(
          total <= limits.maxTotalBytes(),
          "expected at most " + limits.maxTotalBytes() + " bytes in all, found more");
      if (!whole.isFolder()) {
        located.add(whole);
      }
    }
    require(
        at == directoryStart,
        "expected the ZIP directory after the last file, found other bytes between");
    return located;
  }

  private File local(File file, long limit) throws IOException, PackRefused {
    String name = file.name();
    require(
        file.header() + LOCAL_LENGTH <= limit,
        "expected a local header, found the directory: " + name);
    ByteBuffer in = bytes.slice(file.header(), LOCAL_LENGTH);
    require(in.getInt() == LOCAL, "expected a local header, found other bytes: " + name);
    in.getShort();
    boolean same = u16(in) == file.flags() & u16(in) == (file.deflated() ? DEFLATED : STORED);
    in.getInt();
    boolean later = (file.flags() & FLAG_DESCRIPTOR) != 0;
    same &= agrees(u32(in), file.crc(), later);
    same &= agrees(u32(in), file.packed(), later);
    same &= agrees(u32(in), file.unpacked(), later);
    int nameLength = u16(in);
    int extraLength = u16(in);
    long start = file.header() + LOCAL_LENGTH + nameLength + extraLength;
    require(
        start + file.packed() <= limit,
        "expected a file before the directory, found one that runs into it: " + name);
    byte[] local = bytes.slice(file.header() + LOCAL_LENGTH, nameLength).array();
    same &= new String(local, StandardCharsets.ISO_8859_1).equals(name);
    require(
        same, "expected the local header to agree with the directory, found a difference: " + name);
    return new File(
        name,
        file.deflated(),
        file.flags(),
        file.crc(),
        file.packed(),
        file.unpacked(),
        file.header(),
        start);
  }

  private static boolean agrees(long local, long central, boolean later) {
    return local == central || later && local == 0;
  }

  /**
   * Checks the descriptor behind a file whose local header left the sizes open; returns its length.
   */
  private int descriptor(File file, long limit) throws IOException, PackRefused {
    if ((file.flags() & FLAG_DESCRIPTOR) == 0) {
      return 0;
    }
    boolean agrees = file.dataEnd() + DESCRIPTOR_LENGTH <= limit;
    if (agrees) {
      ByteBuffer in = bytes.slice(file.dataEnd(), DESCRIPTOR_LENGTH);
      agrees =
          in.getInt() == DESCRIPTOR
              && u32(in) == file.crc()
              && u32(in) == file.packed()
              && u32(in) == file.unpacked();
    }
    require(
        agrees,
        "expected the data descriptor to agree with the directory, found a difference: "
            + file.name());
    return DESCRIPTOR_LENGTH;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  private static long u32(ByteBuffer in) {
    return in.getInt() & UINT32;
  }

  private static void require(boolean holds, String otherwise) throws PackRefused {
    if (!holds) {
      throw new PackRefused(otherwise);
    }
  }
}
