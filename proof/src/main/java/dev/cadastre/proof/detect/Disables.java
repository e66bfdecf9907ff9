package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.Optional;
import java.util.OptionalLong;

/** What of keys is revoked, since when, and which denial first showed it. */
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
   * @param denial entry of the first refused use after it
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

  Optional<Disabled> of(String key, KeyScope scope) {
    Part part = part(scope);
    // Most logs withdraw no identity and disable no version.
    boolean none = part == Part.WITHDRAWN && memory.count(part) == 0;
    return none ? Optional.empty() : memory.get(part, item(key, scope)).map(Disabled::of);
  }

  private static Part part(KeyScope scope) {
    return scope.isKey() ? Part.DISABLED : Part.WITHDRAWN;
  }

  private static String item(String key, KeyScope scope) {
    return scope.isKey() ? key : scope.item(key);
  }

  /** Notes what of a key is revoked. */
  void put(String key, KeyScope scope, Disabled disabled) {
    memory.keep(part(scope), item(key, scope), disabled.text());
  }

  /** Takes the next act of a key. */
  void add(long index, long ns, KeyAct act) {
    if (act.isUse() && act.attempt() == Attempt.REFUSED) {
      act.scopes().forEach(scope -> denied(index, ns, act.keyId(), scope));
    }
    for (KeyScope scope : act.restored()) {
      if (of(act.keyId(), scope).isPresent()) {
        memory.remove(part(scope), item(act.keyId(), scope));
      }
    }
    for (KeyScope scope : act.revoked()) {
      // Disabling what is disabled, or deleting it, changes nothing about when it was revoked.
      if (of(act.keyId(), scope).isEmpty()) {
        Disabled now = new Disabled(index, ns, OptionalLong.empty(), OptionalLong.empty());
        put(act.keyId(), scope, now);
      }
    }
  }

  private void denied(long index, long ns, String key, KeyScope scope) {
    of(key, scope)
        .filter(one -> one.precedes(ns) && one.denial().isEmpty())
        .map(
            one ->
                new Disabled(
                    one.index(),
                    one.atNs(),
                    OptionalLong.of(index),
                    OptionalLong.of(ns - one.atNs())))
        .ifPresent(shown -> put(key, scope, shown));
  }
}
