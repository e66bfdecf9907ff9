package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.text.FixedUnicode;

/** The character rules of C2SP signed-note. */
final class NoteText {
  private NoteText() {}

  /** Text ends in a newline and holds no control character below U+0020 but newlines. */
  static void requireText(String text) throws NoteRefused {
    if (!text.endsWith("\n")) {
      throw new NoteRefused(
          "expected note text that ends in a newline, found " + Encodings.quote(text));
    }
    requirePlain(text);
  }

  static void requirePlain(String text) throws NoteRefused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\n') {
        throw new NoteRefused("expected no control characters in a note, found code " + (int) c);
      }
    }
  }

  /** A key name is not empty and holds neither Unicode spaces nor a plus. */
  static void requireName(String name) throws NoteRefused {
    if (!isName(name)) {
      throw new NoteRefused(
          "expected a key name without spaces and plus signs, found " + Encodings.quote(name));
    }
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c -> c == '+' || c < 0x20 || FixedUnicode.isSpace(c) || isSurrogate(c));
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
