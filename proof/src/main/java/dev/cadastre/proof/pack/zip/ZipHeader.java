package dev.cadastre.proof.pack.zip;

import dev.cadastre.proof.pack.format.PackRefused;
import java.nio.ByteBuffer;
import java.time.YearMonth;

/**
 * What ZIP says of a file twice, before it and in the directory, the same in both places but for
 * what follows in a descriptor (APPNOTE.TXT sections 4.3.7, 4.3.9 and 4.3.12). The forms accepted
 * are those that the JDK, Info-ZIP ({@code zip -X}) and Python write; everything else is refused.
 *
 * @param version needed to extract: 10 or 20
 * @param flags bits of {@link #ALLOWED_FLAGS}
 * @param time MS-DOS time
 * @param date MS-DOS date
 * @param crc CRC-32 of the unpacked bytes; 0 before a file that a descriptor follows
 * @param packed bytes in the archive
 * @param nameLength bytes of the name, which follows
 * @param marked whether the {@link #JAR_MARK} follows the name
 */
record ZipHeader(
    int version,
    int flags,
    int method,
    int time,
    int date,
    long crc,
    long packed,
    long unpacked,
    int nameLength,
    boolean marked) {
  static final int LENGTH = 26;
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Sizes and checksum follow the file. */
  static final int DESCRIPTOR = 1 << 3;

  /** MS-DOS counts years from then. */
  private static final int EPOCH = 1980;

  private static final int ENCRYPTED = 1;
  private static final int LEVEL = 1 << 1 | 1 << 2;
  private static final int UTF8 = 1 << 11;
  private static final int ALLOWED_FLAGS = DESCRIPTOR | LEVEL | UTF8;

  /** The one extra field there may be: the jar tool's mark on the first file of an archive. */
  private static final int JAR_MARK = 0xCAFE;

  static final int MARK_LENGTH = 4;

  /** Reads the fields, up to the length of the extra fields. */
  static ZipHeader read(ByteBuffer in) throws PackRefused {
    return new ZipHeader(
        Zip.u16(in),
        Zip.u16(in),
        Zip.u16(in),
        Zip.u16(in),
        Zip.u16(in),
        Zip.u32(in),
        Zip.u32(in),
        Zip.u32(in),
        Zip.u16(in),
        marked(Zip.u16(in)));
  }

  private static boolean marked(int extraLength) throws PackRefused {
    Zip.require(
        extraLength == 0 || extraLength == MARK_LENGTH,
        "expected a ZIP archive without extra fields, found one (zip -X writes none)");
    return extraLength != 0;
  }

  /** Reads the extra fields, where they follow. */
  void requireExtra(ByteBuffer in) throws PackRefused {
    Zip.require(
        !marked || Zip.u16(in) == JAR_MARK && Zip.u16(in) == 0,
        "expected a ZIP archive without extra fields, found one (zip -X writes none)");
  }

  /** Bytes of name and extra fields. */
  int tailLength() {
    return nameLength + (marked ? MARK_LENGTH : 0);
  }

  boolean deflated() {
    return method == DEFLATED;
  }

  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  /** Refuses what no file of a pack has. */
  void require(String name) throws PackRefused {
    Zip.require((flags & ENCRYPTED) == 0, "expected plain files, found an encrypted one: " + name);
    Zip.require(
        method == STORED || deflated(),
        "expected stored or deflated files, found another method for " + name);
    Zip.require(
        (flags & ~ALLOWED_FLAGS) == 0
            && (deflated() || (flags & LEVEL) == 0 && (!hasDescriptor() || isEmptyFile(name))),
        "expected plain ZIP flags, found others for " + name);
    Zip.require(
        deflated() || packed == unpacked,
        "expected equal sizes of a stored file, found others for " + name);
    Zip.require(
        version == 10 || version == 20,
        "expected ZIP version 1.0 or 2.0, found another for " + name);
    Zip.require(isTime(), "expected a date and time, found none for " + name);
  }

  private boolean isTime() {
    int month = date >> 5 & 15;
    int day = date & 31;
    boolean isDate =
        month >= 1
            && month <= 12
            && day >= 1
            && day <= YearMonth.of(EPOCH + (date >> 9), month).lengthOfMonth();
    return isDate && time >> 11 < 24 && (time >> 5 & 63) < 60 && (time & 31) < 30;
  }

  /** Into a pipe, {@code zip} writes a descriptor behind an empty file too, which it stores. */
  private boolean isEmptyFile(String name) {
    return unpacked == 0 && crc == 0 && !name.endsWith("/");
  }

  /**
   * Whether {@code local} is what stands before the file. With a descriptor behind it, checksum and
   * sizes are zeros there; {@code zip} into a pipe knows the unpacked size beforehand and writes
   * it.
   */
  boolean agreesWith(ZipHeader local) {
    return hasDescriptor()
        ? local.equals(open(0)) || local.equals(open(unpacked))
        : local.equals(this);
  }

  private ZipHeader open(long size) {
    return new ZipHeader(version, flags, method, time, date, 0, 0, size, nameLength, marked);
  }
}
