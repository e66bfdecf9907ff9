package dev.cadastre.ingest.request;

/** Texts for people. */
public final class Texts {
  private Texts() {}

  /** Both texts, or the one that is not empty. */
  public static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
  }

  /** The beginning of a text, with a sign that there was more; never half of a surrogate pair. */
  public static String cut(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(charsMax - 1));
    return text.substring(0, splits ? charsMax - 1 : charsMax) + "…";
  }

  /** The end of a text, with a sign that there was more; never half of a surrogate pair. */
  public static String end(String text, int charsMax) {
    int from = text.length() - charsMax;
    if (from <= 0) {
      return text;
    }
    return "…" + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }
}
