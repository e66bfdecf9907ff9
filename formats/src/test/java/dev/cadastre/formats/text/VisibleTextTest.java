package dev.cadastre.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** Texts as people may be shown them. */
class VisibleTextTest {
  @Test
  void hiddenCharactersAreNamed() {
    assertEquals("a[U+202E]b", VisibleText.of("a\u202eb"));
    assertEquals("[U+0000][U+001B][U+007F][U+0085]", VisibleText.of("\u0000\u001b\u007f\u0085"));
    assertEquals("[U+0020]k[U+0020]", VisibleText.of(" k "));
    assertEquals("[U+2028][U+FEFF][U+E0041]", VisibleText.of("\u2028\ufeff\udb40\udc41"));
    assertEquals("[U+D800]x", VisibleText.of("\ud800x"));
    assertEquals("a\n\tb[U+001B]", VisibleText.ofLines("a\r\n\tb\u001b", name -> "[" + name + "]"));
    String plain = "Zürich, שלום, 東京 👍";
    assertEquals(plain, VisibleText.of(plain));
    assertFalse(FixedUnicode.isHidden('é'));
  }
}
