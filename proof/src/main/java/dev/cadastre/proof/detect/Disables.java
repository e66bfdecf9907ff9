package dev.cadastre.proof.detect;

import dev.cadastre.proof.detect.Memory.Part;
import java.util.Optional;
import java.util.OptionalLong;

/** Which keys are disabled, since when, and which denial first showed it. */
final class Disables {
  private final Memory memory;

  Disables(Memory memory) {
    this.memory = memory;
  }

  /**
   * A key that is disabled.
   *
   * @param index entry of the disable
   * @param atNs when it was disabled, Unix nanoseconds
   * @param denial entry of the first denied use after it
   * @param afterNs nanoseconds from the disable to that denial
   */
  record Disabled(long index, long atNs, OptionalLong denial, OptionalLong afterNs) {
    /** Whether what happened at {@code ns}, late as its record may be, came after the disable. */
    boolean precedes(long ns) {
      return Long.compareUnsigned(atNs, ns) < 0;
    }

    private String text() {
      String since = index + " " + atNs;
      return denial.isEmpty()
          ? since
          : since + " " + denial.getAsLong() + " " + afterNs.getAsLong();
    }

    static Disabled of(String text) {
      String[] numbers = text.split(" ");
      boolean denied = numbers.length > 2;
      return new Disabled(
          Long.parseLong(numbers[0]),
          Long.parseLong(numbers[1]),
          denied ? OptionalLong.of(Long.parseLong(numbers[2])) : OptionalLong.empty(),
          denied ? OptionalLong.of(Long.parseLong(numbers[3])) : OptionalLong.empty());
    }
  }

  Optional<Disabled> of(String key) {
    return memory.get(Part.DISABLED, key).map(Disabled::of);
  }

  /** Notes a key as disabled. */
  void put(String key, Disabled disabled) {
    memory.keep(Part.DISABLED, key, disabled.text());
  }

  /** Takes the next act of a key. */
  void add(long index, long ns, KeyAct act) {
    Optional<Disabled> before = of(act.keyId());
    switch (act.action()) {
      case USE -> {
        boolean shows = !act.succeeded() && before.filter(one -> one.precedes(ns)).isPresent();
        if (shows && before.get().denial().isEmpty()) {
          long atNs = before.get().atNs();
          OptionalLong after = OptionalLong.of(ns - atNs);
          put(act.keyId(), new Disabled(before.get().index(), atNs, OptionalLong.of(index), after));
        }
      }
      case DISABLE -> {
        // Disabling what is disabled, or deleting it, changes nothing about when it was revoked.
        if (act.succeeded() && before.isEmpty()) {
          put(act.keyId(), new Disabled(index, ns, OptionalLong.empty(), OptionalLong.empty()));
        }
      }
      case ENABLE -> {
        if (act.succeeded() && before.isPresent()) {
          memory.remove(Part.DISABLED, act.keyId());
        }
      }
      case ROTATE, OTHER -> {}
    }
  }
}
