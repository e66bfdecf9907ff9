package dev.cadastre.ingest.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a value is in maps within maps.
 *
 * @param names what it is called from the outermost map on, from the next one on, and so on to its
 *     own name; none for what is in no map
 */
record ValuePath(List<String> names) {
  static final ValuePath ROOT = new ValuePath(List.of());

  static ValuePath of(String name) {
    return new ValuePath(List.of(name));
  }

  ValuePath then(String name) {
    if (names.isEmpty()) {
      return of(name);
    }
    List<String> longer = new ArrayList<>(names.size() + 1);
    for (String one : names) {
      longer.add(one + "." + name);
    }
    longer.add(name);
    return new ValuePath(longer);
  }

  /** From the outermost map on. */
  String whole() {
    return names.isEmpty() ? "" : names.get(0);
  }

  /** Whether any of what it is called is such a name: somebody may have wrapped the map. */
  boolean any(Predicate<String> such) {
    for (String one : names) {
      if (such.test(one)) {
        return true;
      }
    }
    return false;
  }
}
