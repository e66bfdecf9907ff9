package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Archives of any bytes, and packs of which one file was replaced. */
public final class PackDecoders {
  private static final int MIB = 1 << 20;
  private static final PackLimits SMALL = new PackLimits(100, MIB, 4 * MIB, 400, MIB);

  private PackDecoders() {}

  /**
   * What is accepted has the same files for another reader of ZIP, the JDK's, and what verifies is
   * the one pack among the seeds.
   */
  public static void zip(byte[] input) throws Refused, IOException {
    PackReader pack = PackReader.of(input, SMALL);
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : pack.names()) {
      files.put(name, pack.bytes(name));
    }
    Optional<SortedMap<String, byte[]>> theirs = unzip(input);
    if (theirs.isPresent()) {
      assertEquals(files.keySet(), theirs.get().keySet());
      files.forEach((name, bytes) -> assertArrayEquals(bytes, theirs.get().get(name)));
    }
    if (PackVerifier.verify(pack, Optional.empty()).verified()) {
      SortedMap<String, byte[]> made = SyntheticPack.unzip(SyntheticPack.empty().zip());
      assertEquals(made.keySet(), files.keySet());
      made.forEach((name, bytes) -> assertArrayEquals(bytes, files.get(name), name));
    }
  }

  /** Empty if the JDK's reader, which sees local headers alone, does not read it. */
  private static Optional<SortedMap<String, byte[]>> unzip(byte[] zip) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
      return Optional.of(files);
    } catch (ZipException unsupported) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static List<byte[]> zips() throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("a", new byte[0]);
    files.put(
        "data/b.txt", "hello, hello, hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(stored)) {
      ZipEntry entry = new ZipEntry("s");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(1);
      entry.setCrc(0xD202EF8DL); // of one zero byte
      out.putNextEntry(entry);
      out.write(0);
      out.putNextEntry(new ZipEntry("folder/"));
    }
    return List.of(
        SyntheticPack.zip(files),
        SyntheticPack.zip(new TreeMap<>()),
        stored.toByteArray(),
        SyntheticPack.empty().zip());
  }

  /**
   * A pack whose keeper replaced one file and wrapped everything up again, so that manifests and
   * signature fit. The first byte of an input chooses the file, the rest is its content. The
   * verdict is never an exception, and good only if nothing was changed that anyone is to believe.
   */
  public static final class Replaced {
    private final List<String> names;
    private final SortedMap<String, byte[]> original;

    public Replaced() throws Refused {
      original = SyntheticPack.betweenAnchors().payload;
      names = List.copyOf(original.keySet());
    }

    public void decode(byte[] input) throws Refused {
      if (input.length == 0) {
        throw new PackRefused("no file is chosen");
      }
      String name = names.get((input[0] & 0xff) % names.size());
      byte[] content = Arrays.copyOfRange(input, 1, input.length);
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.put(name, content);
      PackReader reader = PackReader.of(pack.zip(), PackLimits.STANDARD);
      VerificationReport report = PackVerifier.verify(reader, Optional.empty());
      if (!report.verified()) {
        throw new PackRefused("not verified");
      }
      boolean prose = name.equals(PackLayout.REPORT);
      assertTrue(
          prose || Arrays.equals(original.get(name), content),
          "verified though " + name + " was replaced");
    }

    public static List<byte[]> seeds() throws Refused {
      SortedMap<String, byte[]> files = SyntheticPack.betweenAnchors().payload;
      List<byte[]> seeds = new ArrayList<>();
      byte number = 0;
      for (byte[] content : files.values()) {
        byte[] seed = new byte[content.length + 1];
        seed[0] = number++;
        System.arraycopy(content, 0, seed, 1, content.length);
        seeds.add(seed);
      }
      return seeds;
    }
  }
}
