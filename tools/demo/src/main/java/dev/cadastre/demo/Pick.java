package dev.cadastre.demo;

import java.util.List;
import java.util.Random;

/** Chances. */
final class Pick {
  private Pick() {}

  static <T> T one(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** A number of {@code digits} digits, the first not 0. */
  static String digits(int digits, Random random) {
    StringBuilder number = new StringBuilder().append(1 + random.nextInt(9));
    while (number.length() < digits) {
      number.append(random.nextInt(10));
    }
    return number.toString();
  }
}
