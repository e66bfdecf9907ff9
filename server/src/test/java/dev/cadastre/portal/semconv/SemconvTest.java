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
  private static final String KINDS = "<!-- kinds, made from docs/semconv by SemconvTest -->\n";
  private static final String END = "<!-- end of what is made -->";
  private static final Path EVENT_NAMES =
      ROOT.resolve("formats/src/main/java/dev/cadastre/formats/event/EventNames.java");

  private Semconv semconv;

  @BeforeEach
  void read() throws IOException, Refused {
    semconv = Semconv.read(ROOT.resolve("docs/semconv"));
  }

  @Test
  void thePageShowsTheConventions() throws IOException {
    String page = Files.readString(PAGE);
    String made = replaced(page, BEGIN, SemconvPages.tables(semconv));
    compare(PAGE, replaced(made, KINDS, SemconvPages.kinds(semconv)), page);
  }

  private static String replaced(String page, String mark, String made) {
    int begin = page.indexOf(mark) + mark.length();
    int end = page.indexOf(END, begin);
    assertTrue(begin >= mark.length() && end >= begin, "the page has lost its marks");
    return page.substring(0, begin) + made + "\n" + page.substring(end);
  }

  @Test
  void theJavaNamesAreTheConventions() throws IOException {
    compare(NAMES, SemconvPages.names(semconv), Files.readString(NAMES));
    compare(EVENT_NAMES, SemconvPages.eventNames(semconv), Files.readString(EVENT_NAMES));
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
  void everyNameIsOfTheKindThatTheConventionsSay() {
    for (Semconv.Event event : semconv.events()) {
      for (String begin : event.begins()) {
        for (String name : List.of(begin, "ledger." + begin, begin + ".more")) {
          assertEquals(
              event.kind(), Kinds.of(name, Attributes.EMPTY, Attributes.EMPTY).wire(), name);
        }
      }
    }
  }

  @Test
  void everyKindThatSendersReportIsAnEvent() {
    Set<String> kinds =
        semconv.events().stream().map(Semconv.Event::kind).collect(Collectors.toSet());
    List<Kind> missing =
        Stream.of(Kind.values())
            .filter(kind -> kind.fromSenders() && kind != Kind.OTHER)
            .filter(kind -> !kinds.contains(kind.wire()))
            .toList();
    assertEquals(List.of(), missing);
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
