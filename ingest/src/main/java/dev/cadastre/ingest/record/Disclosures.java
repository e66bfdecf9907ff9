package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.vault.RecordSalts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Collects the disclosures of one request's records. The salts of a record with an id follow from
 * it, so that the record sent again is the same; all others are drawn from {@code random}.
 */
final class Disclosures {
  private static final int SALT_BYTES = 16;

  /** Asking the system's generator for each salt would cost more than the rest of the mapping. */
  private static final int SALTS_AT_ONCE = 128;

  private final RandomGenerator random;
  private final byte[] salts = new byte[SALT_BYTES * SALTS_AT_ONCE];
  private int used = salts.length;
  private List<Disclosure> taken = new ArrayList<>();
  private Optional<Supplier<RecordSalts>> recordSalts = Optional.empty();
  private String recordId = "";
  private String part = "";

  Disclosures(RandomGenerator random) {
    this.random = random;
  }

  /**
   * What is taken from now on belongs to a record with this id.
   *
   * @param of which part of it: one value in two parts gets two digests
   * @param salts asked only if something is taken
   */
  void of(String id, String of, Supplier<RecordSalts> salts) {
    recordId = id;
    part = of;
    recordSalts = Optional.of(salts);
  }

  /** What is taken from now on belongs to several records, or to one without an id. */
  void ofNoRecord() {
    recordSalts = Optional.empty();
  }

  /**
   * Takes a value out of the entry and gives the digest that stands for it there.
   *
   * @param path {@code name} after those of the maps that hold it
   */
  String take(String name, String path, Value value) {
    Disclosure disclosure =
        recordSalts.isEmpty()
            ? Disclosure.of(salt(), name, value)
            : salted(recordSalts.get().get(), name, part + "/" + path, value);
    taken.add(disclosure);
    return disclosure.digest();
  }

  private Disclosure salted(RecordSalts salts, String name, String path, Value value) {
    for (int ordinal = 0; ; ordinal++) {
      Disclosure disclosure =
          Disclosure.of(salts.salt(recordId, path, value, ordinal), name, value);
      if (!taken.contains(disclosure)) {
        return disclosure;
      }
    }
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
