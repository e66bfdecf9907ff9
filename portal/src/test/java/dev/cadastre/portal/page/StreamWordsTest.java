package dev.cadastre.portal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamWordsTest {
  @Test
  void aStreamIsToldByWhomItComesFrom() {
    assertEquals(
        "\u2068token/1a2b3c4d\u2069 · service \u2068pay\u2069",
        StreamWords.of("[\"token/1a2b3c4d\",\"pay\",null]"));
    assertEquals(
        "\u2068cli\u2069 · instance \u2068pod-1\u2069", StreamWords.of("[\"cli\",null,\"pod-1\"]"));
    assertEquals("\u2068cli\u2069", StreamWords.of("[\"cli\",null,null]"));
  }

  @Test
  void twoStreamsNeverLookAlike() {
    List<String> streams =
        List.of(
            "[\"cli\",null,null]",
            "[\"cli\",\"not named\",null]",
            "[\"cli\",null,\"not named\"]",
            "[\"cli\",\"a · b\",null]",
            "[\"cli\",\"a\",\"b\"]",
            "[\"cli\",\"a\",null,\"b\"]",
            "[\"cli\",\"a\u2069 · \u2068b\",null]",
            "[\"cli\",\"a\",\"b\",\"c\"]",
            "[\"cli\",\"a\",\"b · c\"]",
            "[\"cli\",null,null,\"a\"]");
    Set<String> shown =
        streams.stream()
            .map(StreamWords::of)
            .map(StreamWordsTest::seen)
            .collect(Collectors.toSet());
    assertEquals(streams.size(), shown.size(), shown::toString);
  }

  /** As it looks: isolates do not show. */
  private static String seen(String text) {
    return text.replaceAll("[\u2066-\u2069]", "");
  }
}
