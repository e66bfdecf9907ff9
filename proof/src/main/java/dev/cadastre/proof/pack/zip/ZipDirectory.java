package dev.cadastre.proof.pack.zip;

import static dev.cadastre.proof.pack.zip.Zip.require;
import static dev.cadastre.proof.pack.zip.Zip.u16;
import static dev.cadastre.proof.pack.zip.Zip.u32;

import dev.cadastre.formats.Encodings;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackNames;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a ZIP's central directory and holds it against the local headers. The files must fill the
 * archive from its first byte to the directory without gap or overlap, in the directory's order,
 * and every byte of a header has one of few values: two readers then see the same files, nothing
 * hides between or beside them, and no byte is unpacked twice.
 */
public final class ZipDirectory {
  /**
   * Bytes that a deflated file may be longer than unpacked, besides a thirty-second of it: more
   * than zlib's stored blocks need.
   */
  private static final int PACKED_MORE = 64;

  private static final int END = 0x06054b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int DESCRIPTOR_LENGTH = 16;
  private static final int MAX_DIRECTORY_BYTES = 1 << 22;

  /** What a deflater makes of nothing. */
  private static final short NOTHING = 3;

  private static final String FOLDER =
      "expected nothing inside a folder's own entry, found content: ";

  private final PackBytes bytes;
  private final PackLimits limits;

  private ZipDirectory(PackBytes bytes, PackLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /** The archive's files and folders in the order of their bytes. */
  public static List<ZipFile> read(PackBytes bytes, PackLimits limits)
      throws IOException, PackRefused {
    return new ZipDirectory(bytes, limits).read();
  }

  private List<ZipFile> read() throws IOException, PackRefused {
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
        "expected a directory of at most 4 MiB, found " + length + " bytes");
    require(
        start + length == endAt,
        "expected the ZIP directory before its end record, found it elsewhere");
    List<ZipFile> files = central(bytes.slice(start, (int) length), count);
    requireLocated(files, start);
    return files;
  }

  private List<ZipFile> central(ByteBuffer directory, int count) throws PackRefused {
    List<ZipFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      require(
          directory.remaining() >= CENTRAL_LENGTH,
          "expected a file in the ZIP directory, found its end");
      files.add(centralHeader(directory));
    }
    require(!directory.hasRemaining(), "expected the end of the ZIP directory, found more");
    return files;
  }

  private ZipFile centralHeader(ByteBuffer in) throws PackRefused {
    require(in.getInt() == CENTRAL, "expected a file in the ZIP directory, found other bytes");
    int madeBy = u16(in);
    ZipHeader header = ZipHeader.read(in);
    require(u16(in) == 0, "expected a ZIP archive without comments, found one");
    require(u16(in) == 0, "expected one archive, found a part of several");
    int internal = u16(in);
    int external = in.getInt();
    long headerAt = u32(in);
    require(
        in.remaining() >= header.tailLength(),
        "expected a file's name in the ZIP directory, found its end");
    byte[] name = new byte[header.nameLength()];
    in.get(name);
    header.requireExtra(in);
    String text = name(name);
    header.require(text);
    ZipAttributes.require(text, madeBy, internal, external);
    requireSize(text, header);
    return new ZipFile(text, header, headerAt);
  }

  private static String name(byte[] ascii) throws PackRefused {
    String name = new String(ascii, StandardCharsets.ISO_8859_1);
    String file = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!PackNames.isSafe(file)) {
      throw new PackRefused("expected a plain relative file name, found " + Encodings.quote(name));
    }
    return name;
  }

  private void requireSize(String name, ZipHeader header) throws PackRefused {
    long packed = header.packed();
    long unpacked = header.unpacked();
    require(
        packed != Zip.UINT32 && unpacked != Zip.UINT32,
        "expected files below 4 GiB, found a larger one: " + name);
    boolean empty = unpacked == 0 && header.crc() == 0 && packed == (header.deflated() ? 2 : 0);
    require(!name.endsWith("/") || empty, FOLDER + name);
    require(
        unpacked <= limits.maxFileBytes(),
        "expected less than " + limits.maxFileBytes() + " bytes in " + name);
    require(
        unpacked <= PackLimits.RATIO_FREE_BYTES || unpacked / limits.maxRatio() <= packed,
        "expected an honest size, found a file that unpacks to more than "
            + limits.maxRatio()
            + " times its size: "
            + name);
    require(
        packed <= unpacked + unpacked / 32 + PACKED_MORE,
        "expected a file that deflating does not lengthen, found padding in " + name);
  }

  private void requireLocated(List<ZipFile> files, long directoryStart)
      throws IOException, PackRefused {
    long at = 0;
    long total = 0;
    for (ZipFile file : files) {
      require(
          file.headerAt() == at,
          "expected files without gap or overlap in the directory's order, found one before "
              + file.name());
      require(
          !file.header().marked() || at == 0,
          "expected a ZIP archive without extra fields, found one: " + file.name());
      requireLocal(file, directoryStart);
      requireEmpty(file);
      at = file.dataEnd() + descriptor(file, directoryStart);
      total += file.unpacked();
      require(
          total <= limits.maxTotalBytes(),
          "expected at most " + limits.maxTotalBytes() + " bytes in all, found more");
    }
    require(
        at == directoryStart,
        "expected the ZIP directory after the last file, found other bytes between");
  }

  private void requireLocal(ZipFile file, long limit) throws IOException, PackRefused {
    String name = file.name();
    require(
        file.headerAt() + ZipFile.LOCAL_LENGTH <= limit,
        "expected a local header, found the directory: " + name);
    ByteBuffer in = bytes.slice(file.headerAt(), ZipFile.LOCAL_LENGTH);
    require(in.getInt() == LOCAL, "expected a local header, found other bytes: " + name);
    boolean same = file.header().agreesWith(ZipHeader.read(in));
    require(
        file.dataEnd() <= limit,
        "expected a file before the directory, found one that runs into it: " + name);
    ByteBuffer tail =
        bytes.slice(file.headerAt() + ZipFile.LOCAL_LENGTH, file.header().tailLength());
    byte[] local = new byte[file.header().nameLength()];
    tail.get(local);
    file.header().requireExtra(tail);
    same &= new String(local, StandardCharsets.ISO_8859_1).equals(name);
    require(
        same, "expected the local header to agree with the directory, found a difference: " + name);
  }

  private void requireEmpty(ZipFile file) throws IOException, PackRefused {
    boolean holds = file.isFolder() && file.deflated();
    require(
        !holds || bytes.slice(file.dataStart(), Short.BYTES).getShort() == NOTHING,
        FOLDER + file.name());
  }

  /**
   * Checks the descriptor behind a file whose local header left the sizes open; returns its length.
   */
  private int descriptor(ZipFile file, long limit) throws IOException, PackRefused {
    if (!file.header().hasDescriptor()) {
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
}
