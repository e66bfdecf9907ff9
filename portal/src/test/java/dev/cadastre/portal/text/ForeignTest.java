package dev.cadastre.portal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a foreign text on its way into a page. */
class ForeignTest {
  private static final String ACUTE = "\u0301";

  private static String mark(String name) {
    return "<span class=\"named\">[" + name + "]</span>";
  }

  private static String shown(String text) {
    return TextProcessor.markup(Foreign.of(text))
        .replaceFirst("^<bdi( class=\"long\")?>", "")
        .replaceFirst("</bdi>$", "");
  }

  @Test
  void fromTheFourthInARowCombiningMarksAreNamed() {
    assertEquals("a" + ACUTE.repeat(3) + "b", shown("a" + ACUTE.repeat(3) + "b"));
    assertEquals("a" + ACUTE.repeat(3) + mark("U+0301").repeat(37), shown("a" + ACUTE.repeat(40)));
    assertEquals(
        "\u0301\u20dd\u0301" + mark("U+0489") + "b" + ACUTE,
        shown("\u0301\u20dd\u0301\u0489b\u0301"));
  }

  @Test
  void marksThatThisJavaDoesNotKnowYetAreNamedToo() {
    String later = Character.toString(0x1E6E3);
    assertTrue(
        shown("a" + later.repeat(9)).contains(mark("U+1E6E3")), shown("a" + later.repeat(9)));
  }

  @Test
  void wordsOfLivingScriptsStandAsTheyAre() {
    for (String word :
        List.of("Việt Nam", "שָׁלוֹם", "العَرَبِيَّة", "ที่นี่", "हिन्दी", "[x] [1] [U+2]")) {
      assertEquals(word, shown(word));
    }
  }

  @Test
  void whatLooksLikeAMarkIsToldFromOneInTextAndWhereNoElementMayStand() {
    for (String name : List.of("U+202E", "U+0000", "U+1F600", "empty", "312 more", "1,312 more")) {
      String literal = "a[" + name + "]b";
      assertEquals("a" + mark("U+005B") + name + "]b", shown(literal));
      assertFalse(TextProcessor.plain(Foreign.of(literal)).contains("[" + name + "]"), literal);
    }
    assertNotEquals(Foreign.of("\u202e"), Foreign.of("[U+202E]"));
    assertNotEquals(Foreign.of(""), Foreign.of("[empty]"));
    assertEquals(mark("U+202E"), shown("\u202e"));
  }

  @Test
  void whatNobodyTookCareOfIsMarkedAllTheSame() {
    assertEquals("a" + mark("U+202E"), TextProcessor.markup("a\u202e"));
    assertEquals(
        "a" + ACUTE.repeat(3) + mark("U+0301"), TextProcessor.markup("a" + ACUTE.repeat(4)));
    assertEquals("a[U+202E]", TextProcessor.plain("a\u202e"));
  }

  @Test
  void aLongTextKeepsItsBeginningAndItsEnd() {
    assertEquals("k".repeat(240), shown("k".repeat(240)));
    assertEquals(
        "k".repeat(160) + mark("801 more") + "k".repeat(39) + "l", shown("k".repeat(1000) + "l"));
    assertEquals(
        mark("U+202E").repeat(160) + mark("1,800 more") + mark("U+202E").repeat(40),
        shown("\u202e".repeat(2000)));
  }

  @Test
  void itIsFoldedWhereItStandsWhole() {
    String text = "k".repeat(241);
    String folded = TextProcessor.folded(Foreign.whole(text));
    assertTrue(folded.startsWith("<details class=\"fold\"><summary><bdi"), folded);
    assertTrue(folded.contains(">" + text + "<"), folded);
    assertEquals("<bdi>k</bdi>", TextProcessor.folded(Foreign.whole("k")));
    assertEquals("", TextProcessor.folded(""));
  }

  @Test
  void marksSetTwiceAreMarksSetOnce() {
    for (String text : List.of("[U+202E]\u202e", "a" + ACUTE.repeat(9), "", "[empty]")) {
      String once = Foreign.whole(text);
      assertEquals(once, Marks.set(once));
    }
  }
}
