package dev.cadastre.portal.page;

import java.util.List;
import java.util.function.Function;

/**
 * The beginning of a list that may be long.
 *
 * @param left how many are left out, or empty
 */
public record Bounded<T>(T shown, String left) {
  /** The first {@code most}. */
  public static <T> Bounded<List<T>> of(List<T> all, int most) {
    List<T> shown = all.stream().limit(most).toList();
    return new Bounded<>(shown, all.size() > most ? Words.number(all.size() - (long) most) : "");
  }

  /** The same, as something else is made of what is shown. */
  public <R> Bounded<R> map(Function<T, R> made) {
    return new Bounded<>(made.apply(shown), left);
  }
}
