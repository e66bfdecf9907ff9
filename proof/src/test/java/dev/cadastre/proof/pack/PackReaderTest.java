package dev.cadastre.proof.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that no honest packer makes. */
class PackReaderTest {
  private static final PackLimits SMALL = new PackLimits(5, 1 << 22, 1 << 23, 100, 1 << 21);

  private static byte[] zip(Map<String, byte[]> files) throws Exception {
    return SyntheticPack.zip(new TreeMap<>(files));
  }

  private static PackReader open(byte[] zip) throws PackRefused {
    return PackReader.of(zip, SMALL);
  }

  private static void refuse(byte[] zip) {
    assertThrows(PackRefused.class, () -> readAll(open(zip)));
  }

  private static void readAll(PackReader pack) throws PackRefused {
    for (String name : pack.names()) {
      pack.bytes(name);
    }
  }

  /** A stored file's central header begins at the directory, whose offset the end record states. */
  private static ByteBuffer patch(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int directory(byte[] zip) {
    return patch(zip).getInt(zip.length - 6);
  }

  @Test
  void filesReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
    byte[] zip = zip(Map.of("a.txt", "hello".getBytes(UTF_8), "b/c.txt", new byte[100_000]));
    PackReader pack = open(zip);
    assertEquals(List.of("a.txt", "b/c.txt"), List.copyOf(pack.names()));
    assertArrayEquals("hello".getBytes(UTF_8), pack.bytes("a.txt"));
    assertEquals(100_000, pack.bytes("b/c.txt").length);
    Path file = Files.write(folder.resolve("pack.zip"), zip);
    try (PackReader onDisk = PackReader.open(file, SMALL)) {
      assertArrayEquals(pack.bytes("b/c.txt"), onDisk.bytes("b/c.txt"));
    }
    assertThrows(PackRefused.class, () -> pack.bytes("missing"));
  }

  @Test
  void storedFilesRead() throws Exception {
    byte[] content = "stored".getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("a");
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
    }
    assertArrayEquals(content, open(out.toByteArray()).bytes("a"));
    byte[] flipped = out.toByteArray();
    flipped[30 + 1] ^= 1;
    refuse(flipped);
  }

  @Test
  void namesThatClimbOutOrDifferBySystemAreRefused() throws Exception {
    for (String name :
        List.of(
            "../a",
            "a/../../b",
            "/etc/passwd",
            "a\\b",
            "C:a",
            "a//b",
            "./a",
            "a/./b",
            ".hidden",
            "a\0b",
            "a b",
            "é",
            "a\n",
            "con:",
            "~root",
            "a*",
            "x".repeat(201))) {
      refuse(zip(Map.of(name, new byte[1])));
    }
  }

  @Test
  void namesThatDifferInCaseAloneAreRefused() throws Exception {
    refuse(zip(Map.of("a.txt", new byte[1], "A.txt", new byte[1])));
  }

  @Test
  void foldersAndFilesShareNoName() throws Exception {
    refuse(zip(Map.of("a", new byte[1], "a/b", new byte[1])));
    refuse(zip(Map.of("A", new byte[1], "a/b", new byte[1])));
    refuse(zip(Map.of("A/c", new byte[1], "a/b", new byte[1])));
    refuse(zip(Map.of("a/b", new byte[1], "a/b/c/d", new byte[1])));
    readAll(open(zip(Map.of("a/b", new byte[1], "a.b", new byte[1], "ab/c", new byte[1]))));
  }

  @Test
  void aFolderHasAnEntryOfItsOwnOnlyIfItHoldsAFile() throws Exception {
    assertEquals(Set.of("a/b/c"), Set.copyOf(open(folders("a/", "a/b/", "a/b/c")).names()));
    for (String other : List.of("b/", "a/b/c/", "A/", "a/b/d/", "./", "/")) {
      assertThrows(PackRefused.class, () -> open(folders("a/", other, "a/b/c")), other);
    }
    assertThrows(PackRefused.class, () -> open(folders("a/", "A/")));
  }

  /** Stored, empty and one after another, as zip and jar write folders. */
  private static byte[] folders(String... names) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(0);
        entry.setCrc(0);
        zip.putNextEntry(entry);
      }
    }
    return out.toByteArray();
  }

  @Test
  void whatTheJdksJarToolMakesOfAPackReads(@TempDir Path folder) throws Exception {
    byte[] pack = zip(Map.of("bag.txt", "bag".getBytes(UTF_8), "data/e/n", new byte[900]));
    Path file = Files.write(folder.resolve("pack.zip"), pack);
    Path added = Files.createDirectories(folder.resolve("data/e"));
    Files.write(added.resolve("n"), new byte[1000]);
    Files.write(folder.resolve("bag.txt"), "bag".getBytes(UTF_8));
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    String base = folder.toString();
    assertEquals(
        0, jar.run(System.out, System.err, "ufM", file.toString(), "-C", base, "data/e/n"));
    assertEquals(1000, open(Files.readAllBytes(file)).bytes("data/e/n").length);
    Path made = folder.resolve("made.zip");
    assertEquals(
        0,
        jar.run(
            System.out,
            System.err,
            "cfM",
            made.toString(),
            "-C",
            base,
            "bag.txt",
            "-C",
            base,
            "data"));
    assertEquals(Set.of("bag.txt", "data/e/n"), Set.copyOf(open(Files.readAllBytes(made)).names()));
  }

  @Test
  void duplicateNamesAreRefused() throws Exception {
    byte[] zip = zip(Map.of("a1", new byte[1], "a2", new byte[1]));
    String text = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
    refuse(text.replace("a2", "a1").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void nameThatDiffersBetweenDirectoryAndHeaderIsRefused() throws Exception {
    byte[] zip = zip(Map.of("aa", new byte[1]));
    zip[directory(zip) + 46] = 'b';
    refuse(zip);
  }

  @Test
  void linksAndDevicesAreRefused() throws Exception {
    byte[] zip = zip(Map.of("a", new byte[1]));
    for (int type : new int[] {0xA000, 0x2000, 0x6000, 0x1000, 0xC000, 0x4000}) {
      patch(zip).putInt(directory(zip) + 38, (type | 0x1FF) << 16);
      refuse(zip);
    }
    patch(zip).putInt(directory(zip) + 38, 0x81A4 << 16);
    readAll(open(zip));
  }

  @Test
  void bombsAreRefusedBeforeTheyAreUnpacked() throws Exception {
    refuse(zip(Map.of("ratio", new byte[3 << 20])));
    assertThrows(
        PackRefused.class,
        () ->
            PackReader.of(
                zip(Map.of("big", new byte[1 << 20])),
                new PackLimits(5, 1000, 1 << 23, 9999, 1 << 21)));
    assertThrows(
        PackRefused.class,
        () ->
            PackReader.of(
                zip(Map.of("a", new byte[60_000], "b", new byte[60_000])),
                new PackLimits(5, 100_000, 100_000, 9999, 1 << 21)));
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 6; i++) {
      many.put("f" + i, new byte[0]);
    }
    refuse(zip(many));
    PackReader held =
        PackReader.of(
            zip(Map.of("a", new byte[2000])), new PackLimits(5, 1 << 20, 1 << 20, 9999, 1000));
    assertThrows(PackRefused.class, () -> held.bytes("a"));
  }

  @Test
  void sizesThatLieAreRefused() throws Exception {
    byte[] good = zip(Map.of("a", "hello hello hello".getBytes(UTF_8)));
    for (int field : new int[] {16, 20, 24}) {
      byte[] zip = good.clone();
      int at = directory(zip) + field;
      patch(zip).putInt(at, patch(zip).getInt(at) + 1);
      refuse(zip);
    }
  }

  @Test
  void bytesBeforeBetweenAndBehindAreRefused() throws Exception {
    byte[] good = zip(Map.of("a", new byte[10]));
    byte[] behind = java.util.Arrays.copyOf(good, good.length + 1);
    refuse(behind);
    byte[] before = new byte[good.length + 1];
    System.arraycopy(good, 0, before, 1, good.length);
    refuse(before);
    for (int length = 0; length < good.length; length++) {
      refuse(java.util.Arrays.copyOf(good, length));
    }
  }

  @Test
  void overlappingFilesAreRefused() throws Exception {
    byte[] zip = zip(Map.of("a", new byte[10], "b", new byte[10]));
    int second =
        new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
    patch(zip).putInt(second + 42, 0);
    refuse(zip);
  }

  @Test
  void encryptedAndForeignMethodsAreRefused() throws Exception {
    byte[] good = zip(Map.of("a", new byte[10]));
    byte[] encrypted = good.clone();
    encrypted[directory(good) + 8] |= 1;
    encrypted[6] |= 1;
    refuse(encrypted);
    byte[] method = good.clone();
    method[directory(good) + 10] = 12;
    method[8] = 12;
    refuse(method);
  }

  @Test
  void somethingElseThanAZipIsRefused() {
    for (String text : List.of("", "PK", "hello", "%PDF-1.7", "x".repeat(1000))) {
      refuse(text.getBytes(UTF_8));
    }
  }

  /** Deflate with so many empty stored blocks of five bytes in front of the content. */
  private static byte[] padded(int blocks) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update('x');
    ByteBuffer file = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    int packed = blocks * 5 + 6;
    file.putInt(0x04034b50);
    header(file, (int) crc.getValue(), packed);
    file.put((byte) 'a');
    for (int i = 0; i <= blocks; i++) {
      int length = i < blocks ? 0 : 1;
      file.put((byte) length).putShort((short) length).putShort((short) ~length);
    }
    file.put((byte) 'x');
    int directory = file.position();
    file.putInt(0x02014b50).putShort((short) 20);
    header(file, (int) crc.getValue(), packed);
    file.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0);
    file.put((byte) 'a');
    int end = file.position();
    file.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
    file.putInt(end - directory).putInt(directory).putShort((short) 0);
    return java.util.Arrays.copyOf(file.array(), file.position());
  }

  private static void header(ByteBuffer file, int crc, int packed) {
    file.putShort((short) 20).putShort((short) 0).putShort((short) 8).putShort((short) 0);
    file.putShort((short) 0x21).putInt(crc).putInt(packed).putInt(1);
    file.putShort((short) 1).putShort((short) 0);
  }

  @Test
  void aDeflatedFileIsNotPadded() throws PackRefused {
    PackReader good = PackReader.of(padded(11), PackLimits.STANDARD);
    assertArrayEquals(new byte[] {'x'}, good.bytes("a"));
    PackRefused e =
        assertThrows(PackRefused.class, () -> PackReader.of(padded(12), PackLimits.STANDARD));
    assertTrue(e.getMessage().contains("padding"), e.getMessage());
  }
}
