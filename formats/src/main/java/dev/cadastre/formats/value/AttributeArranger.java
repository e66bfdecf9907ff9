package dev.cadastre.formats.value;

import dev.cadastre.formats.Refused;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attributes of many records, most of which carry the same names in the same order: such
 * a list of names is sorted and checked once. Used by one thread.
 */
public final class AttributeArranger {
  private static final int KEPT = 8;

  private final @Nullable Arrangement[] kept = new Arrangement[KEPT];

  /**
   * @param names as they came
   * @param places where in the order of names each of them stands
   */
  private record Arrangement(String[] names, int[] places, SortedNames sorted) {
    static Arrangement of(Attribute[] asCame) throws Refused {
      Attribute[] sorted = asCame.clone();
      Arrays.sort(sorted, Attribute.BY_NAME);
      String[] sortedNames = Attributes.namesOf(sorted);
      String[] names = new String[asCame.length];
      int[] places = new int[asCame.length];
      for (int i = 0; i < asCame.length; i++) {
        names[i] = asCame[i].name();
        places[i] = Arrays.binarySearch(sortedNames, names[i]);
      }
      return new Arrangement(names, places, SortedNames.indexed(sortedNames));
    }

    boolean fits(Attribute[] asCame) {
      if (asCame.length != names.length) {
        return false;
      }
      for (int i = 0; i < names.length; i++) {
        if (!names[i].equals(asCame[i].name())) {
          return false;
        }
      }
      return true;
    }

    Attributes arrange(Attribute[] asCame, List<String> sd) {
      Attribute[] members = new Attribute[asCame.length];
      for (int i = 0; i < asCame.length; i++) {
        members[places[i]] = asCame[i];
      }
      return new Attributes(sorted, members, sd);
    }
  }

  /**
   * @param asCame in any order
   * @param sd digests of private attributes, sorted
   * @throws Refused as {@link Attributes.Builder#build()} does
   */
  public Attributes arrange(Attribute[] asCame, List<String> sd) throws Refused {
    return arrangement(asCame).arrange(asCame, sd);
  }

  private Arrangement arrangement(Attribute[] asCame) throws Refused {
    for (int i = 0; i < KEPT; i++) {
      Arrangement one = kept[i];
      if (one == null) {
        break;
      }
      if (one.fits(asCame)) {
        toFront(one, i);
        return one;
      }
    }
    Arrangement made = Arrangement.of(asCame);
    toFront(made, KEPT - 1);
    return made;
  }

  /** What is used most is found first; the last one goes. */
  private void toFront(Arrangement one, int from) {
    if (from > 0) {
      System.arraycopy(kept, 0, kept, 1, from);
      kept[0] = one;
    }
  }
}
