package dev.cadastre.formats.policy;

import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In what a policy differs from the one it replaces, in words. Both stand in the log, so anyone
 * computes the same and nothing needs to be stored.
 */
public final class PolicyChanges {
  private static final String CATEGORIES = "categories.";

  private PolicyChanges() {}

  /**
   * One line a change, such as {@code customer-data.processing: allow + FR}; sorted by what it is
   * about. Empty when both say the same, though perhaps in another order.
   *
   * @param before a policy's canonical JSON; see {@link Policy#toJson()}
   */
  public static List<String> between(Json.Obj before, Json.Obj after) {
    SortedMap<String, SortedSet<String>> old = leaves(before);
    SortedMap<String, SortedSet<String>> now = leaves(after);
    SortedSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<String> changes = new ArrayList<>();
    for (String path : paths) {
      SortedSet<String> from = old.getOrDefault(path, new TreeSet<>());
      SortedSet<String> to = now.getOrDefault(path, new TreeSet<>());
      if (!from.equals(to)) {
        changes.add(words(path, from, to));
      }
    }
    return changes;
  }

  private static String words(String path, SortedSet<String> from, SortedSet<String> to) {
    int dot = path.lastIndexOf('.');
    String about = dot < 0 ? path + ":" : path.substring(0, dot) + ": " + path.substring(dot + 1);
    boolean single = from.size() <= 1 && to.size() <= 1;
    if (single && !from.isEmpty() && !to.isEmpty()) {
      return about + " " + from.first() + " -> " + to.first();
    }
    StringBuilder words = new StringBuilder(about);
    from.stream().filter(one -> !to.contains(one)).forEach(one -> words.append(" - ").append(one));
    to.stream().filter(one -> !from.contains(one)).forEach(one -> words.append(" + ").append(one));
    return words.toString();
  }

  /** What stands at each path; lists are sets, and exceptions go by their ids. */
  private static SortedMap<String, SortedSet<String>> leaves(Json.Obj policy) {
    SortedMap<String, SortedSet<String>> leaves = new TreeMap<>();
    collect("", policy, leaves);
    return leaves;
  }

  private static void collect(String path, Json json, SortedMap<String, SortedSet<String>> leaves) {
    if (json instanceof Json.Obj obj) {
      for (Map.Entry<String, Json> member : obj.members().entrySet()) {
        String below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
        collect(below, member.getValue(), leaves);
      }
    } else if (json instanceof Json.Arr arr) {
      for (Json item : arr.items()) {
        if (item instanceof Json.Obj exemption) {
          leaf(path + "." + member(exemption, "id"), exemption(exemption), leaves);
        } else {
          leaf(path, text(item), leaves);
        }
      }
    } else {
      leaf(path, text(json), leaves);
    }
  }

  private static void leaf(String path, String value, SortedMap<String, SortedSet<String>> leaves) {
    String plain = path.startsWith(CATEGORIES) ? path.substring(CATEGORIES.length()) : path;
    leaves.computeIfAbsent(plain, absent -> new TreeSet<>()).add(value);
  }

  private static String exemption(Json.Obj one) {
    StringBuilder scope = new StringBuilder();
    for (ExemptionScope.Asked asked : ExemptionScope.Asked.values()) {
      one.optValue(asked.wire())
          .ifPresent(
              words -> scope.append(", ").append(asked.wire()).append(' ').append(text(words)));
    }
    return member(one, "category")
        + " "
        + member(one, "hop")
        + " at "
        + member(one, "place")
        + scope
        + " until "
        + member(one, "until")
        + " ("
        + member(one, "basis")
        + ")";
  }

  private static String member(Json.Obj json, String name) {
    return json.optValue(name).map(PolicyChanges::text).orElse("");
  }

  private static String text(Json json) {
    return json instanceof Json.Str str
        ? str.value()
        : new String(json.jcs(), StandardCharsets.UTF_8);
  }
}
