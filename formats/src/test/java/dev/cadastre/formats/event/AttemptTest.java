package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attestation vectors try every code; this tries what they do not, and the page's table. */
class AttemptTest {
  private static final Path PAGE =
      Path.of(System.getProperty("cadastre.root"), "docs/formats/vocabulary.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9]+)` \\| (.+) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static Attempt of(Kind kind, String outcome, String error) throws Refused {
    Attributes.Builder attributes = Attributes.builder();
    if (!outcome.isEmpty()) {
      attributes.put("audit.outcome", outcome);
    }
    if (!error.isEmpty()) {
      attributes.put("error.type", error);
    }
    return Attempt.of(RecordEvent.builder(kind, "cli").attributes(attributes.build()).build());
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', SUCCEEDED",
    "success, ThrottlingException, SUCCEEDED",
    "' Denied ', '', REFUSED",
    "Access-Denied, '', REFUSED",
    "failure, '', INCONCLUSIVE",
    "failure, FAILED_PRECONDITION, INCONCLUSIVE",
    "failure, PermissionDenied, REFUSED",
    "'', ThrottlingException, INCONCLUSIVE",
    "'', 403, REFUSED"
  })
  void whatCameOfAnAccessToData(String outcome, String error, Attempt expected) throws Refused {
    assertEquals(expected, of(Kind.DATA_ACCESS, outcome, error));
  }

  @Test
  void aVersionThatIsNotEnabledRefusesAUse() throws Refused {
    assertEquals(Attempt.REFUSED, of(Kind.KEY_USE, "failure", "FAILED_PRECONDITION"));
  }

  @Test
  void thePageListsTheCodes() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        page.substring(page.indexOf("| whose code | refused |"), page.indexOf("\n## Locations"));
    Map<String, List<String>> listed = new TreeMap<>();
    Matcher rows = ROW.matcher(table);
    while (rows.find()) {
      listed.put(rows.group(1), codes(rows.group(2).replace("`key.use`", "")));
    }
    Map<String, List<String>> known = new TreeMap<>();
    for (boolean ofUses : List.of(false, true)) {
      Attempt.codes(ofUses)
          .forEach(
              (whose, codes) ->
                  known.computeIfAbsent(whose, none -> new ArrayList<>()).addAll(codes));
    }
    assertEquals(known, listed);
  }

  private static List<String> codes(String cell) {
    List<String> codes = new ArrayList<>();
    Matcher code = CODE.matcher(cell);
    while (code.find()) {
      codes.add(code.group(1));
    }
    return codes;
  }
}
