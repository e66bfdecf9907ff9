package dev.cadastre.ingest;

import dev.cadastre.proof.event.Disclosure;
import dev.cadastre.proof.event.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Collects the disclosures of one request's records. Salts are drawn from {@code random}. */
final class Disclosures {
  private static final int SALT_BYTES = 16;

  /** Asking the system's generator for each salt would cost more than the rest of the mapping. */
  private static final int SALTS_AT_ONCE = 128;

  private final RandomGenerator random;
  private final byte[] salts = new byte[SALT_BYTES * SALTS_AT_ONCE];
  private int used = salts.length;
  private List<Disclosure> taken = new ArrayList<>();

  Disclosures(RandomGenerator random) {
    this.random = random;
  }

  /** Takes a value out of the entry and gives the digest that stands for it there. */
  String take(String name, Value value) {
    Disclosure disclosure = Disclosure.of(salt(), name, value);
    taken.add(disclosure);
    return disclosure.digest();
  }

  /** What was taken since the last call. */
  List<Disclosure> drain() {
    if (taken.isEmpty()) {
      return List.of();
    }
    List<Disclosure> drained = taken;
    taken = new ArrayList<>();
    return drained;
  }

  /** How many were taken since the last call of {@link #drain}. */
  int count() {
    return taken.size();
  }

  /** Forgets all but the first {@code count} of these: their digests will not be written. */
  void forgetAfter(int count) {
    taken.subList(count, taken.size()).clear();
  }

  private byte[] salt() {
    if (used == salts.length) {
      random.nextBytes(salts);
      used = 0;
    }
    used += SALT_BYTES;
    return Arrays.copyOfRange(salts, used - SALT_BYTES, used);
  }
}
