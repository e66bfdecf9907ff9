package dev.cadastre.proof.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlWriterTest {
  private static String foreign(String text) {
    return text(new HtmlWriter().foreign(text));
  }

  private static String text(HtmlWriter page) {
    return new String(page.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void foreignTextIsNeverMarkup() {
    assertEquals("<bdi>&lt;script&gt;&amp;&quot;&#39;</bdi>", foreign("<script>&\"'"));
  }

  @Test
  void whatDoesNotShowIsShown() {
    assertEquals(
        "<bdi>a[U+202E]b[U+0000][U+001B][U+FEFF]</bdi>", foreign("a\u202Eb\0\u001B\uFEFF"));
    assertEquals("<bdi>[U+D800]</bdi>", foreign("\uD800"), "half a character");
    assertEquals("<bdi>Zürich 東京 😀</bdi>", foreign("Zürich 東京 😀"));
  }

  @Test
  void longTextsEndAtAWholeCharacter() {
    assertEquals("<bdi>" + "x".repeat(300) + "</bdi>", foreign("x".repeat(300)));
    assertEquals("<bdi>" + "x".repeat(300) + "…</bdi>", foreign("x".repeat(301)));
    assertEquals("<bdi>" + "x".repeat(299) + "…</bdi>", foreign("x".repeat(299) + "😀"));
  }

  @Test
  void numbersDoNotDependOnTheMachine() {
    assertEquals("1,234,567 42", text(new HtmlWriter().count(1_234_567).raw(" ").index(42)));
  }

  @Test
  void aPageAllowsItsOwnStyleAndNothingElse() {
    String page =
        new String(PageFrame.end(PageFrame.begin("t", "k", "<b>")), StandardCharsets.UTF_8);
    assertTrue(page.contains("content=\"default-src 'none'; style-src 'sha256-"), page);
    assertTrue(page.contains("<h1><bdi>&lt;b&gt;</bdi></h1>"), page);
    for (String active : List.of("<script", "javascript:", "http://", "https://", "<link")) {
      assertFalse(page.contains(active), active);
    }
  }
}
