package dev.cadastre.bench;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a crash test found wrong. */
final class CrashFindings {
  private long missing;
  private long duplicated;
  private long invented;
  private long fsck;
  private @Nullable String first;

  void missing(String what) {
    missing++;
    note(what);
  }

  void duplicated(String what) {
    duplicated++;
    note(what);
  }

  void invented(String what) {
    invented++;
    note(what);
  }

  void fsck(String what) {
    fsck++;
    note(what);
  }

  private void note(String what) {
    first = first == null ? what : first;
  }

  Optional<String> first() {
    return Optional.ofNullable(first);
  }

  void report(BenchResults figures) {
    figures
        .add("missing", (double) missing, "acknowledged and not in the log")
        .add("duplicated", (double) duplicated, "in the log more than once")
        .add("invented", (double) invented, "in the log and not sent so")
        .add("fsck_failures", (double) fsck, "rounds after which fsck found anything");
  }
}
