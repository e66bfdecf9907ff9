package dev.cadastre.proof.pack.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names of files inside a pack: what unpacks to the same place on every system. */
public final class PackNames {
  private static final int MAX_LENGTH = 200;

  private PackNames() {}

  /**
   * Relative, of plain letters, digits, {@code . _ -} and single slashes, no part beginning with a
   * dot.
   */
  public static boolean isSafe(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || !part.chars().allMatch(PackNames::isPlain)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses names that cannot all be unpacked side by side everywhere: one given twice, in the same
   * or another case; a file of a folder's name; a folder with an entry of its own (its name ends in
   * a slash) in which no file lies.
   */
  public static void requireTree(List<String> names) throws PackRefused {
    Map<String, String> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        String folder = name.substring(0, at + 1);
        if (!folder.equals(name) && !folder.equals(folders.getOrDefault(folder, folder))) {
          throw new PackRefused("expected each folder in one spelling, found " + folder);
        }
        if (!folder.equals(name)) {
          folders.put(folder, folder);
        }
      }
    }
    TreeSet<String> once = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      if (!once.add(name)) {
        throw new PackRefused("expected each file once, found " + name + " again");
      }
      if (name.endsWith("/") ? !name.equals(folders.get(name)) : folders.containsKey(name + "/")) {
        throw new PackRefused("expected files, and folders that hold some, found " + name);
      }
    }
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
