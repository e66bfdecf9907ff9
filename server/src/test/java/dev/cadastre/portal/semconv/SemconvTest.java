package dev.cadastre.portal.semconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.value.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is made from docs/semconv is what the conventions say. With {@code -Dcadastre.rewrite=true}
 * it is made anew.
 */
class SemconvTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Path PAGE = ROOT.resolve("docs/formats/vocabulary.md");
  private static final Path NAMES =
      ROOT.resolve("formats/src/main/java/dev/cadastre/formats/value/Names.java");
  private static final String BEGIN = "<!-- made from docs/semconv by SemconvTest -->\n";
  private static final String END = "<!-- end of what is made -->";

  private Semconv semconv;

  @BeforeEach
  void read() throws IOException, Refused {
    semconv = Semconv.read(ROOT.resolve("docs/semconv"));
  }

  @Test
  void thePageShowsTheConventions() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertTrue(begin >= BEGIN.length() && end >= begin, "the page has lost its marks");
    compare(
        PAGE,
        page.substring(0, begin) + SemconvPages.tables(semconv) + "\n" + page.substring(end),
        page);
  }

  @Test
  void theJavaNamesAreTheConventions() throws IOException {
    compare(NAMES, SemconvPages.names(semconv), Files.readString(NAMES));
  }

  private static void compare(Path file, String made, String found) throws IOException {
    if (Boolean.getBoolean("cadastre.rewrite")) {
      Files.writeString(file, made);
    } else {
      assertEquals(
          made,
          found,
          "change docs/semconv, not "
              + file
              + "; then run SemconvTest with -Dcadastre.rewrite=true");
    }
  }

  @Test
  void everyKindThatSendersReportIsAnEvent() {
    Set<Kind> kinds =
        semconv.events().stream()
            .map(event -> Kinds.of(event.name(), Attributes.EMPTY, Attributes.EMPTY))
            .collect(Collectors.toSet());
    List<Kind> missing =
        Stream.of(Kind.values())
            .filter(kind -> kind.fromSenders() && kind != Kind.OTHER && !kinds.contains(kind))
            .toList();
    assertEquals(List.of(), missing);
    assertTrue(!kinds.contains(Kind.OTHER), "an event that the code does not know: " + kinds);
  }

  @Test
  void eventsHaveAttributesThatAreDefined() {
    Set<String> defined =
        semconv.groups().stream()
            .flatMap(group -> group.attributes().stream())
            .map(Semconv.Attribute::id)
            .collect(Collectors.toSet());
    List<String> unknown =
        semconv.events().stream()
            .flatMap(event -> event.uses().stream())
            .map(Semconv.Use::id)
            .filter(id -> !defined.contains(id))
            .toList();
    assertEquals(List.of(), unknown);
  }
}
