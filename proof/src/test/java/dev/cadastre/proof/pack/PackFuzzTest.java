package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random damage to a pack: the answer is a refusal or, where no content changed, the same verdict;
 * never a surprise.
 */
class PackFuzzTest {
  private static final int ROUNDS = 1500;

  @Test
  void damagedArchivesNeverVerifyNorThrowAnythingElse() throws Exception {
    byte[] good = SyntheticPack.betweenAnchors().zip();
    SortedMap<String, byte[]> content = content(PackReader.of(good, PackLimits.STANDARD));
    int verified = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      byte[] damaged = damage(good, new Random(seed));
      try {
        PackReader pack = PackReader.of(damaged, PackLimits.STANDARD);
        if (PackVerifier.verify(pack, Optional.empty()).verified()) {
          verified++;
          assertTrue(
              same(content, content(pack)), "verified though its content changed; seed " + seed);
        }
      } catch (PackRefused e) {
        assertTrue(!e.getMessage().isEmpty(), "seed " + seed);
      }
    }
    assertTrue(
        verified < ROUNDS / 4,
        verified + " of " + ROUNDS + " were damaged only where nothing is read");
  }

  private static byte[] damage(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    int at = random.nextInt(bytes.length);
    if (kind == 1) {
      Arrays.fill(
          bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)), (byte) random.nextInt());
      return bytes;
    }
    // The directory is small but decides most: it gets half of all flips.
    int from = kind == 2 ? bytes.length - 2500 : 0;
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static SortedMap<String, byte[]> content(PackReader pack) throws PackRefused {
    SortedMap<String, byte[]> content = new TreeMap<>();
    for (String name : pack.names()) {
      content.put(name, pack.bytes(name));
    }
    return content;
  }

  private static boolean same(SortedMap<String, byte[]> one, SortedMap<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), other.get(file.getKey())));
  }
}
