package dev.cadastre.proof.pack.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.PackWriter;
import dev.cadastre.proof.pack.PackWriter.Payload;
import dev.cadastre.proof.pack.SyntheticPack;
import dev.cadastre.proof.pack.VerificationReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The most that is written is accepted, and one more is refused, by the writer and the verifier.
 */
class PackLimitsTest {
  private static final PackLimits WIDE =
      new PackLimits(100, 1 << 24, 1 << 24, 1 << 24, 400, 1 << 24);

  /** Limits of which one is as given. */
  private interface Tight {
    PackLimits at(long limit);
  }

  private static void assertBound(String limit, long value, Tight tight) throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    byte[] zip = pack.zip(tight.at(value));
    VerificationReport report =
        PackVerifier.verify(PackReader.of(zip, tight.at(value)), Optional.empty());
    assertTrue(report.verified(), limit + ": " + report);

    PackLimits less = tight.at(value - 1);
    assertThrows(PackRefused.class, () -> pack.zip(less), limit);
    assertFalse(accepts(zip, less), limit);
  }

  private static boolean accepts(byte[] zip, PackLimits limits) {
    try {
      return PackVerifier.verify(PackReader.of(zip, limits), Optional.empty()).verified();
    } catch (Refused e) {
      return false;
    }
  }

  private static IntStream sizes(SyntheticPack pack) throws Exception {
    return SyntheticPack.unzip(pack.zip()).values().stream().mapToInt(bytes -> bytes.length);
  }

  @Test
  void files() throws Exception {
    long files = sizes(SyntheticPack.betweenAnchors()).count();
    assertBound("files", files, n -> with((int) n, 1 << 24, 1 << 24, 1 << 24));
  }

  @Test
  void bytesOfOneFile() throws Exception {
    long largest = sizes(SyntheticPack.betweenAnchors()).max().orElseThrow();
    assertBound("bytes of a file", largest, n -> with(100, n, 1 << 24, 1 << 24));
  }

  @Test
  void bytesInAll() throws Exception {
    long all = sizes(SyntheticPack.betweenAnchors()).sum();
    assertBound("bytes in all", all, n -> with(100, 1 << 24, n, 1 << 24));
  }

  @Test
  void bytesHeld() throws Exception {
    long held =
        SyntheticPack.betweenAnchors().payload.entrySet().stream()
            .filter(file -> !PackLayout.STREAMED.contains(file.getKey()))
            .mapToInt(file -> file.getValue().length)
            .max()
            .orElseThrow();
    assertBound("bytes held", held, n -> with(100, 1 << 24, 1 << 24, n));
  }

  private static PackLimits with(int files, long file, long all, long held) {
    return new PackLimits(files, file, all, 1 << 24, 400, (int) held);
  }

  @Test
  void bytesOfTheArchive() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    int least = pack.zip().length;
    assertThrows(PackRefused.class, () -> pack.zip(archive(least)), "room for the directory");
    byte[] zip = pack.zip(archive(2L * least));
    assertTrue(accepts(zip, archive(zip.length)));
    assertFalse(accepts(zip, archive(zip.length - 1)));
  }

  private static PackLimits archive(long bytes) {
    return new PackLimits(100, 1 << 24, 1 << 24, bytes, 400, 1 << 24);
  }

  @Test
  void whatRepeatsItselfIsPackedNoTighterThanAVerifierBelieves() throws Exception {
    for (int ratio : new int[] {4, 20, 100, 400}) {
      PackLimits limits = new PackLimits(100, 1 << 24, 1 << 24, 1 << 24, ratio, 1 << 24);
      SortedMap<String, Payload> files = new TreeMap<>();
      byte[] line = "a".repeat(65_000).getBytes(StandardCharsets.US_ASCII);
      files.put(
          PackLayout.ENTRIES,
          out -> {
            for (byte[] one : Collections.nCopies(200, line)) {
              out.write(one);
            }
          });
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PackWriter.write(
          new PackWriter.Contents(SyntheticPack.ORIGIN, 0, 1, Optional.empty(), new byte[0], files),
          SyntheticPack.betweenAnchors().log.signer,
          out,
          limits);
      try (PackReader pack = PackReader.of(out.toByteArray(), limits)) {
        assertTrue(pack.has(PackLayout.ENTRIES));
        int count = 0;
        try (var in = pack.stream(PackLayout.ENTRIES)) {
          count = in.readAllBytes().length;
        }
        assertEquals(200 * 65_000, count);
      }
    }
  }

  @Test
  void whatFitsIsKnownBeforehand() {
    long most = WIDE.maxFileBytes();
    assertTrue(new PackLimits(9, most, 2 * most, 1, 1, 1).fit(1000, most - 320_000));
    assertFalse(new PackLimits(9, most, 2 * most, 1, 1, 1).fit(1000, most - 319_999));
    assertFalse(new PackLimits(9, most, most, 1, 1, 1).fit(1000, most - 320_000));
    assertTrue(PackLimits.STANDARD.fit(3_000_000, 3_000_000_000L));
    assertFalse(PackLimits.STANDARD.fit(5_000_000, 4_500_000_000L));
  }
}
