package dev.cadastre.ingest.foreign;

import java.util.regex.Pattern;

/**
 * Names of objects and paths. They stand in the open, so an e-mail address in one is taken out of
 * it; the whole name is in the original record.
 */
final class ObjectNames {
  /** No repetition inside a repetition: names are as long as a sender likes. */
  private static final Pattern EMAIL = Pattern.compile("[^/\\s:@]++(?:@|%40)[^/\\s:@]++");

  private ObjectNames() {}

  static String open(String name) {
    boolean may = name.indexOf('@') >= 0 || name.contains("%40");
    return may ? EMAIL.matcher(name).replaceAll("(private)") : name;
  }
}
