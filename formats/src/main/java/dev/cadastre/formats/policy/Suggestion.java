package dev.cadastre.formats.policy;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word a person meant. */
final class Suggestion {
  private static final int LONGEST = 64;

  private Suggestion() {}

  /** {@code "; did you mean \"x\"?"} when a known word is near, otherwise nothing. */
  static String didYouMean(String found, Collection<String> known) {
    return nearest(found, known).map(word -> "; did you mean \"" + word + "\"?").orElse("");
  }

  static Optional<String> nearest(String found, Collection<String> known) {
    if (found.length() > LONGEST) {
      return Optional.empty();
    }
    String word = plain(found);
    int most = Math.max(1, (word.length() + 1) / 3);
    return known.stream()
        .filter(one -> distance(word, plain(one)) <= most)
        .min(
            Comparator.comparingInt((String one) -> distance(word, plain(one)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String plain(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text)).replace('_', '-');
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
