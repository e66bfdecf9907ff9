package dev.cadastre.ingest.persons;

import java.util.HashSet;
import java.util.Set;

/** Country calling codes in use (ITU-T E.164, list of assigned codes). */
final class CallingCodes {
  private static final Set<String> CODES = codes();

  private CallingCodes() {}

  /** Whether an international number begins with one. */
  static boolean begin(String digits) {
    return CODES.contains(digits.substring(0, 1))
        || CODES.contains(digits.substring(0, 2))
        || CODES.contains(digits.substring(0, 3));
  }

  private static Set<String> codes() {
    Set<String> codes = new HashSet<>(Set.of("1", "7"));
    String two =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63"
            + " 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
    codes.addAll(Set.of(two.split(" ")));
    String rows = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 80 85 87 88 96 97 99";
    for (String row : rows.split(" ")) {
      for (int last = 0; last < 10; last++) {
        codes.add(row + last);
      }
    }
    return Set.copyOf(codes);
  }
}
