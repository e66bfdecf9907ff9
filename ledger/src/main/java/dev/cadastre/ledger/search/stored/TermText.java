package dev.cadastre.ledger.search.stored;

import dev.cadastre.formats.Hash;
import java.nio.charset.StandardCharsets;

/** How much of a text a term holds. */
public final class TermText {
  /**
   * Longer texts are cut, and end in the hash of the whole, which tells them apart; a filter for
   * one is cut the same way.
   */
  public static final int MAX_LENGTH = 2048;

  private static final int KEPT = 512;

  private TermText() {}

  public static String cut(String text) {
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, cutAt(text))
            + "… (SHA-256 "
            + Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex()
            + ")";
  }

  /** Never between the halves of a surrogate pair: SQLite keeps UTF-8. */
  private static int cutAt(String text) {
    return Character.isHighSurrogate(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
  }
}
