package dev.cadastre.fuzz;

import java.util.List;
import java.util.zip.DataFormatException;

/** A decoder without fault, and one for each fault that fuzzing is to find. */
final class SampleTargets implements FuzzSuite {
  private static final int MIB = 1 << 20;

  @Override
  public List<FuzzTarget> targets() {
    return List.of(
        FuzzTarget.of("sound", () -> SampleTargets::sound)
            .seeds(() -> List.of("a".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .allows(DataFormatException.class)
            .runs(2_000),
        FuzzTarget.of("wrong", () -> SampleTargets::wrong).runs(1_000_000),
        FuzzTarget.of("subclass", () -> SampleTargets::subclass)
            .allows(IllegalArgumentException.class)
            .runs(2_000),
        FuzzTarget.of("hungry", () -> SampleTargets::hungry).runs(100),
        FuzzTarget.of("scribbling", () -> SampleTargets::scribbling).runs(2_000),
        FuzzTarget.of("refusing", () -> SampleTargets::refusing)
            .allows(DataFormatException.class)
            .runs(100));
  }

  /** Two that share a JVM; a fault is the second one's. */
  static final class Sharing implements FuzzSuite {
    @Override
    public List<FuzzTarget> targets() {
      return List.of(
          FuzzTarget.of("sound-too", () -> SampleTargets::sound)
              .allows(DataFormatException.class)
              .runs(1_000_000),
          FuzzTarget.of("wrong", () -> SampleTargets::wrong).runs(1_000_000));
    }
  }

  private static void sound(byte[] input) throws DataFormatException {
    if (input.length == 0 || input[0] < 'a') {
      throw new DataFormatException();
    }
  }

  /** Hardly ever found by chance: four bytes have to fit, one after the other. */
  private static void wrong(byte[] input) {
    boolean found =
        input.length > 3
            && input[0] == 'b'
            && input[1] == 'a'
            && input[2] == 'd'
            && input[3] == '!';
    if (found) {
      throw new IllegalStateException("on purpose");
    }
  }

  private static void subclass(byte[] input) {
    if (input.length > 1) {
      throw new NumberFormatException("not that one");
    }
  }

  private static void hungry(byte[] input) {
    byte[][] all = new byte[64][];
    for (int i = 0; i < all.length; i++) {
      all[i] = new byte[MIB];
    }
    if (all[63].length < input.length) {
      throw new IllegalStateException();
    }
  }

  private static void scribbling(byte[] input) {
    if (input.length > 2) {
      input[0]++;
    }
  }

  private static void refusing(byte[] input) throws DataFormatException {
    throw new DataFormatException("always, also " + input.length);
  }
}
