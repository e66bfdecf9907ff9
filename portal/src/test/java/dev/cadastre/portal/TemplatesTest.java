package dev.cadastre.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no template may do, whatever it shows. */
class TemplatesTest {
  private static final Map<String, Pattern> FORBIDDEN =
      Map.of(
          "prints markup that a value brings along", Pattern.compile("th:utext|\\[\\(|\\[\\["),
          "asks for the present address with its query, to which a form adds its own",
              Pattern.compile("(hx-(get|post)|[^:]action)=\"\""),
          "runs a script or a style in the page",
              Pattern.compile("<style|<script(?! defer th:src)| on[a-z]+=\"| style=\""),
          "loads from elsewhere", Pattern.compile("(src|href)=\"(https?:)?//"));

  private static List<Path> templates() throws IOException, URISyntaxException {
    URL folder = TemplatesTest.class.getClassLoader().getResource("templates/portal");
    try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(folder).toURI()))) {
      return files.sorted().toList();
    }
  }

  @Test
  void noTemplateDoesWhatItMayNot() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Path template : templates()) {
      String text = Files.readString(template);
      FORBIDDEN.forEach(
          (what, pattern) -> {
            if (pattern.matcher(text).find()) {
              wrong.add(template.getFileName() + " " + what);
            }
          });
    }
    assertTrue(templates().size() > 10);
    assertEquals(List.of(), wrong);
  }

  @Test
  void onlyAFormThatSwapsAListInPlaceIsSentByAChoiceAlone() throws Exception {
    for (Path template : templates()) {
      for (String form : Files.readString(template).split("<form")) {
        String tag = form.replaceFirst("(?s)>.*", "");
        assertTrue(
            !tag.contains("data-auto") || tag.contains("hx-target"),
            template + ": with the keyboard, the first arrow would reload the page");
      }
    }
  }
}
