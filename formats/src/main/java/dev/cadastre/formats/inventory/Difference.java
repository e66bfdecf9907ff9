package dev.cadastre.formats.inventory;

import java.util.Comparator;

/**
 * That a record says another thing of a resource than the inventory.
 *
 * @param resource its id in the record
 * @param of what differs: a hop's place, by the hop's name, {@code custody} or {@code holds}
 * @param declared what the inventory says
 * @param seen what the record says
 */
public record Difference(String resource, String of, String declared, String seen)
    implements Comparable<Difference> {
  private static final Comparator<Difference> ORDER =
      Comparator.comparing(Difference::resource)
          .thenComparing(Difference::of)
          .thenComparing(Difference::declared)
          .thenComparing(Difference::seen);

  public static final String CUSTODY = "custody";
  public static final String HOLDS = "holds";

  @Override
  public int compareTo(Difference other) {
    return ORDER.compare(this, other);
  }

  /** "declared DE, seen FR (key)". */
  public String words() {
    return "declared " + declared + ", seen " + seen + " (" + of + ")";
  }
}
