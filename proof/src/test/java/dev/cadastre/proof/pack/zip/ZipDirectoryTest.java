package dev.cadastre.proof.pack.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every field of an archive of two files, altered one at a time: each has a refusal of its own,
 * whatever later checks would have found.
 */
class ZipDirectoryTest {
  private static final PackLimits LIMITS = new PackLimits(2, 5_000_000, 5_000_005, 400_000, 1000);
  private static final int LATER = 1 << 3;

  /** The first of January 1980. */
  private static final int DAY = 0x21;

  /** Where the parts of {@link #plain()} begin: two files, their directory, its end. */
  private static final int LOCAL_A = 0;

  private static final int LOCAL_B = 30 + 5 + 5;
  private static final int DESCRIPTOR_B = LOCAL_B + 30 + 1 + 3;
  private static final int CENTRAL_A = DESCRIPTOR_B + 16;
  private static final int CENTRAL_B = CENTRAL_A + 46 + 5;
  private static final int END = CENTRAL_B + 46 + 1;

  /** A stored file, and a deflated one with a descriptor. */
  private static byte[] plain() {
    return archive("b", LATER, 7);
  }

  private static byte[] archive(String second, int flags, int unpacked) {
    Bytes out = new Bytes();
    local(out, "a.txt", 0, 0, 0xAAAAAAAA, 5, 5, 0).skip(5);
    int secondAt = out.size();
    boolean later = flags == LATER;
    local(out, second, flags, 8, later ? 0 : 0xBBBBBBBB, later ? 0 : 3, later ? 0 : unpacked, 0);
    out.skip(3);
    if (later) {
      out.u32(0x08074b50).u32(0xBBBBBBBB).u32(3).u32(unpacked);
    }
    int directory = out.size();
    central(out, "a.txt", 0, 0, 0xAAAAAAAA, 5, 5, 0, 0, 0);
    central(out, second, flags, 8, 0xBBBBBBBB, 3, unpacked, 0, 0, secondAt);
    return end(out, directory, 2);
  }

  /** A folder's own entry. */
  private static byte[] folder(int method, int size, int crc, int external) {
    Bytes out = local(new Bytes(), "b/", 0, method, crc, size, size, 0).skip(size);
    int directory = out.size();
    central(out, "b/", 0, method, crc, size, size, 0, 0, 0);
    byte[] zip = end(out, directory, 1);
    zip[directory + 38] = (byte) external;
    return zip;
  }

  private static Bytes local(
      Bytes out, String name, int flags, int method, int crc, int packed, int unpacked, int extra) {
    out.u32(0x04034b50).u16(20).u16(flags).u16(method).u16(0).u16(DAY);
    return out.u32(crc)
        .u32(packed)
        .u32(unpacked)
        .u16(name.length())
        .u16(extra)
        .text(name)
        .skip(extra);
  }

  private static void central(
      Bytes out,
      String name,
      int flags,
      int method,
      int crc,
      int packed,
      int unpacked,
      int extra,
      int comment,
      int header) {
    out.u32(0x02014b50)
        .u16(20)
        .u16(20)
        .u16(flags)
        .u16(method)
        .u16(0)
        .u16(DAY)
        .u32(crc)
        .u32(packed)
        .u32(unpacked);
    out.u16(name.length()).u16(extra).u16(comment).u16(0).u16(0).u32(0).u32(header);
    out.text(name).skip(extra + comment);
  }

  private static byte[] end(Bytes out, int directory, int files) {
    int length = out.size() - directory;
    out.u32(0x06054b50).u32(0).u16(files).u16(files).u32(length).u32(directory).u16(0);
    return out.toByteArray();
  }

  /** Little-endian numbers. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes u16(int value) {
      write(value);
      write(value >> 8);
      return this;
    }

    Bytes u32(int value) {
      return u16(value).u16(value >> 16);
    }

    Bytes text(String ascii) {
      writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Bytes skip(int count) {
      writeBytes(new byte[count]);
      return this;
    }
  }

  private static List<String> names(byte[] zip, PackLimits limits) throws IOException, PackRefused {
    return ZipDirectory.read(PackBytes.of(zip), limits).stream().map(ZipFile::name).toList();
  }

  private static void refused(String why, byte[] zip) {
    refused(why, zip, LIMITS);
  }

  private static void refused(String why, byte[] zip, PackLimits limits) {
    PackRefused refused = assertThrows(PackRefused.class, () -> names(zip, limits), why);
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private static byte[] with16(int at, int value) {
    byte[] zip = plain();
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
    return zip;
  }

  private static byte[] with32(int at, int value) {
    byte[] zip = plain();
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return zip;
  }

  private static byte[] flipped(int at) {
    byte[] zip = plain();
    zip[at] ^= 1;
    return zip;
  }

  @Test
  void aPlainArchiveReads() throws Exception {
    List<ZipFile> files = ZipDirectory.read(PackBytes.of(plain()), LIMITS);
    assertEquals(
        new ZipFile("a.txt", new ZipHeader(20, 0, 0, 0, DAY, 0xAAAAAAAAL, 5, 5, 5, false), LOCAL_A),
        files.get(0));
    assertEquals(
        new ZipFile("b", new ZipHeader(20, LATER, 8, 0, DAY, 0xBBBBBBBBL, 3, 7, 1, false), LOCAL_B),
        files.get(1));
    assertEquals(35, files.get(0).dataStart());
    assertEquals(LOCAL_B + 31, files.get(1).dataStart());
    assertEquals(40, files.get(0).dataEnd());
    assertEquals(List.of("a.txt", "b"), names(archive("b", 0, 7), LIMITS), "no descriptor");
    assertEquals(List.of("b/"), names(folder(0, 0, 0, 0x10), LIMITS), "a folder's own entry");
    assertEquals(List.of(), names(end(new Bytes(), 0, 0), LIMITS), "an empty archive");
  }

  @Test
  void theEndRecordIsChecked() {
    refused("found 21 bytes", new byte[21]);
    refused("with nothing behind it, found another ending", flipped(END));
    refused("found a part of several", with16(END + 4, 1));
    refused("found a part of several", with16(END + 6, 1));
    refused("found some elsewhere", with16(END + 8, 1));
    refused("without a comment, found one", with16(END + 20, 1));
    refused("at most 4 MiB", with32(END + 12, (1 << 22) + 1));
    refused("found it elsewhere", with32(END + 12, 1 << 22));
    refused("found it elsewhere", with32(END + 16, CENTRAL_A + 1));
    refused("at most 1 files, found 2", plain(), new PackLimits(1, 10, 20, 400, 10));
  }

  @Test
  void theDirectoryIsChecked() {
    refused("in the ZIP directory, found other bytes", flipped(CENTRAL_A));
    refused("in the ZIP directory, found other bytes", flipped(CENTRAL_B));
    refused("found a part of several", with16(CENTRAL_A + 34, 1));
    refused("found an encrypted one", with16(CENTRAL_A + 8, 1));
    refused("plain ZIP flags", with16(CENTRAL_A + 8, 1 << 4));
    refused("stored or deflated", with16(CENTRAL_B + 10, 1));
    refused("equal sizes of a stored file", with32(CENTRAL_A + 20, 6));
    refused("a file's name", with16(CENTRAL_B + 28, 2));
    refused("without extra fields", with16(CENTRAL_B + 30, 1));
    refused("without comments", with16(CENTRAL_B + 32, 1));
    refused("plain relative file name", with16(CENTRAL_A + 46, 0x2F2E));
    refused("link or device", with32(CENTRAL_A + 38, 0xA000 << 16));
    refused("link or device", with32(CENTRAL_A + 38, 0x4000 << 16));
    refused("below 4 GiB", with32(CENTRAL_B + 20, -1));
    refused("below 4 GiB", with32(CENTRAL_B + 24, -1));
    byte[] fewer = with16(END + 8, 1);
    fewer[END + 10] = 1;
    refused("expected the end of the ZIP directory", fewer);
    byte[] more = with16(END + 8, 3);
    more[END + 10] = 3;
    refused("in the ZIP directory, found its end", more, new PackLimits(3, 10, 20, 400, 10));
  }

  @Test
  void regularFilesMaySaySo() throws Exception {
    assertEquals(2, names(with32(CENTRAL_A + 38, 0x81A4 << 16), LIMITS).size());
  }

  @Test
  void sizesAreBoundedExactly() throws Exception {
    int free = 1 << 20;
    PackLimits tight = new PackLimits(2, free, free + 5, 1, 10);
    assertEquals(2, names(archive("b", 0, free), tight).size());
    refused(
        "less than 1048575 bytes",
        archive("b", 0, free),
        new PackLimits(2, free - 1, free * 9L, 1, 10));
    refused(
        "at most 1048580 bytes in all",
        archive("b", 0, free),
        new PackLimits(2, free, free + 4, 1, 10));
    assertEquals(
        2, names(archive("b", 0, 1_200_000), LIMITS).size(), "400,000 for each of 3 bytes");
    refused("honest size", archive("b", 0, 1_600_000));
    refused("honest size", archive("b", 0, free + 1), new PackLimits(2, 1L << 30, 1L << 30, 1, 10));
    refused("inside a folder's own entry", archive("b/", 0, 1));
    refused("inside a folder's own entry", folder(0, 1, 1, 0));
    refused("inside a folder's own entry", folder(0, 0, 1, 0));
    refused("inside a folder's own entry", folder(8, 0, 0, 0));
    refused("inside a folder's own entry", folder(8, 2, 0, 0));
  }

  @Test
  void filesFillTheArchive() {
    refused("without gap or overlap", with32(CENTRAL_B + 42, LOCAL_B + 1));
    refused("without gap or overlap", with32(CENTRAL_A + 42, 1));
    refused("a local header, found other bytes", flipped(LOCAL_B));
    byte[] long5 = with32(CENTRAL_A + 20, 999);
    ByteBuffer.wrap(long5).order(ByteOrder.LITTLE_ENDIAN).putInt(CENTRAL_A + 24, 999);
    refused("found one that runs into it", long5);
    refused("without extra fields", with16(LOCAL_A + 28, 4000));
    Bytes short29 = new Bytes().skip(29);
    central(short29, "x", 0, 0, 0, 0, 0, 0, 0, 0);
    refused("a local header, found the directory", end(short29, 29, 1));
    Bytes gap = local(new Bytes(), "x", 0, 0, 0, 0, 0, 0).skip(1);
    int directory = gap.size();
    central(gap, "x", 0, 0, 0, 0, 0, 0, 0, 0);
    refused("found other bytes between", end(gap, directory, 1));
  }

  @Test
  void localHeadersAgreeWithTheDirectory() {
    for (int at : new int[] {6, 8, 14, 18, 22, 30}) {
      refused("local header to agree", flipped(LOCAL_A + at));
      refused("local header to agree", flipped(LOCAL_B + at));
    }
    for (int at : new int[] {14, 18, 22}) {
      refused("local header to agree", with32(LOCAL_A + at, 0));
    }
    refused("local header to agree", with16(LOCAL_A + 26, 4));
  }

  @Test
  void descriptorsAgreeWithTheDirectory() {
    for (int at = 0; at < 16; at += 4) {
      refused("data descriptor to agree", flipped(DESCRIPTOR_B + at));
    }
    byte[] none = archive("b", 0, 7);
    int central = none.length - 22 - 47;
    none[LOCAL_B + 6] = LATER;
    none[central + 8] = LATER;
    refused("local header to agree", none);
    Arrays.fill(none, LOCAL_B + 14, LOCAL_B + 26, (byte) 0);
    refused("data descriptor to agree", none);
  }

  /** {@code zip -X -r - . | cat} writes the unpacked size before a file. */
  @Test
  void whatZipWritesIntoAPipeReads() throws Exception {
    assertEquals(List.of("a.txt", "b"), names(with32(LOCAL_B + 22, 7), LIMITS));
    refused("local header to agree", with32(LOCAL_B + 22, 6));
    refused("local header to agree", with32(LOCAL_B + 18, 3));
    refused("local header to agree", with32(LOCAL_B + 14, 0xBBBBBBBB));
    assertEquals(List.of("b"), names(stored("b", 0, 0), LIMITS), "an empty file is stored");
    refused("plain ZIP flags", stored("b", 1, 0));
    refused("plain ZIP flags", stored("b", 0, 1));
    refused("plain ZIP flags", stored("b/", 0, 0));
  }

  /** A stored file with a descriptor. */
  private static byte[] stored(String name, int size, int crc) {
    Bytes out = local(new Bytes(), name, LATER, 0, 0, size, size, 0).skip(size);
    out.u32(0x08074b50).u32(crc).u32(size).u32(size);
    int directory = out.size();
    central(out, name, LATER, 0, crc, size, size, 0, 0, 0);
    return end(out, directory, 1);
  }

  @Test
  void everyShorterArchiveIsRefused() {
    byte[] zip = plain();
    for (int length = 0; length < zip.length; length++) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThrows(PackRefused.class, () -> names(cut, LIMITS), () -> cut.length + " bytes");
    }
  }

  /** Whatever is not named here has one value only. */
  @Test
  void everyOtherBitIsRefused() throws Exception {
    Map<Integer, Integer> free = new TreeMap<>();
    for (int central : new int[] {CENTRAL_A, CENTRAL_B}) {
      free.put(central + 4, 0x3F); // the edition that the writer knows
      free.put(central + 36, 1); // looks like text
      free.put(central + 38, 0x21); // read only, archive
      free.put(central + 40, 0xFF); // permissions
      free.put(central + 41, 0x81);
    }
    byte[] zip = plain();
    for (int at = 0; at < zip.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] other = zip.clone();
        other[at] ^= (byte) (1 << bit);
        boolean content =
            at >= LOCAL_A + 35 && at < LOCAL_B || at >= LOCAL_B + 31 && at < DESCRIPTOR_B;
        boolean allowed = (free.getOrDefault(at, 0) >> bit & 1) == 1;
        assertEquals(content || allowed, reads(other), "bit " + bit + " of byte " + at);
      }
    }
  }

  private static boolean reads(byte[] zip) throws Exception {
    try {
      return names(zip, LIMITS).equals(List.of("a.txt", "b"));
    } catch (PackRefused e) {
      return false;
    }
  }

  @Test
  void extraFieldsAndCommentsAreRefused() throws Exception {
    refused("local header to agree", archive(4, 0, 0));
    refused("without extra fields", archive(0, 4, 0));
    refused("without extra fields", archive(5, 0, 0));
    refused("without extra fields", archive(4, 4, 0));
    refused("without extra fields", archive(60_000, 60_000, 0));
    byte[] mark = archive(4, 4, 0);
    for (int at : new int[] {31, 31 + 4 + 46 + 1}) {
      mark[at] = (byte) 0xFE;
      mark[at + 1] = (byte) 0xCA;
    }
    assertEquals(List.of("b"), names(mark, LIMITS), "the mark of the JDK's jar tool");
    for (int at : new int[] {31, 33, 34, 31 + 4 + 46 + 1, 31 + 4 + 46 + 4}) {
      byte[] other = mark.clone();
      other[at] ^= 1;
      refused("without extra fields", other);
    }
    refused("without comments", archive(0, 0, 1));
  }

  private static byte[] archive(int localExtra, int centralExtra, int comment) {
    Bytes out = local(new Bytes(), "b", 0, 0, 0, 0, 0, localExtra);
    int directory = out.size();
    central(out, "b", 0, 0, 0, 0, 0, centralExtra, comment, 0);
    return end(out, directory, 1);
  }

  @Test
  void timesAreTimes() {
    for (int[] time :
        new int[][] {
          {0, 0},
          {0, 0x1A1},
          {0, 0x20},
          {24 << 11, DAY},
          {60 << 5, DAY},
          {30, DAY},
          {0, 46 << 9 | 2 << 5 | 30},
          {0, 46 << 9 | 2 << 5 | 29},
          {0, 46 << 9 | 4 << 5 | 31}
        }) {
      byte[] zip = plain();
      for (int at : new int[] {LOCAL_A + 10, CENTRAL_A + 12}) {
        ByteBuffer.wrap(zip)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(at, (short) time[0])
            .putShort(at + 2, (short) time[1]);
      }
      refused("a date and time", zip);
    }
  }
}
