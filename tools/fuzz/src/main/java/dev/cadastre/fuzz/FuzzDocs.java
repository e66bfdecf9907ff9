package dev.cadastre.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds docs/fuzzing.md against the targets. */
public final class FuzzDocs {
  private FuzzDocs() {}

  /** Requires that the page has each target in a row that names every exception it allows. */
  public static void requireDescribed(FuzzSuite suite) throws IOException {
    Path page = Path.of(System.getProperty("cadastre.root", ".."), "docs", "fuzzing.md");
    String text = Files.readString(page);
    for (FuzzTarget target : suite.targets()) {
      requireDescribed(target, page, text);
    }
  }

  private static void requireDescribed(FuzzTarget target, Path page, String text) {
    String row =
        text.lines()
            .filter(line -> line.startsWith("| `" + target.name() + "` |"))
            .findFirst()
            .orElseThrow(
                () -> new AssertionError(page + " has no row for target " + target.name()));
    for (String exception : target.allowed()) {
      if (!row.contains("`" + exception + "`")) {
        throw new AssertionError(
            page + " does not say that " + target.name() + " allows " + exception);
      }
    }
  }
}
