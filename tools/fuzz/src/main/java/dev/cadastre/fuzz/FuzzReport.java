package dev.cadastre.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of fuzzing one target.
 *
 * @param inputs how many were tried
 * @param taken how many of them were what the decoder takes; mended ones count on their own
 * @param refused how many were answered by an allowed exception
 * @param edges how many branches of the code were reached
 */
record FuzzReport(String name, long inputs, long taken, long refused, long edges, long seconds) {
  private static final Pattern INPUTS =
      Pattern.compile("stat::number_of_executed_units: +([0-9]+)");
  private static final Pattern EDGES = Pattern.compile("\\bcov: ([0-9]+)");
  private static final Pattern FINDING =
      Pattern.compile("Test unit written to (\\S+)", Pattern.MULTILINE);
  private static final int SHOWN_LINES = 30;

  /**
   * Reads the log of a run.
   *
   * @throws AssertionError if there was a finding, or nothing was really fuzzed
   */
  static FuzzReport read(FuzzTarget target, Path folder, int exit, long seconds)
      throws IOException {
    String log = Files.readString(folder.resolve(FuzzRuns.LOG), StandardCharsets.ISO_8859_1);
    Matcher finding = FINDING.matcher(log);
    if (finding.find()) {
      throw new AssertionError(found(target, log, finding.group(1)));
    }
    long inputs = last(INPUTS, log);
    if (exit != 0 || inputs == 0) {
      throw new AssertionError(
          "the fuzzer did not run to its end (exit " + exit + "):\n" + tail(log));
    }
    String[] answers = Files.readString(folder.resolve(FuzzEntry.ANSWERS)).split(" ", -1);
    FuzzReport report =
        new FuzzReport(
            target.name(),
            inputs,
            Long.parseLong(answers[0]),
            Long.parseLong(answers[1]),
            last(EDGES, log),
            seconds);
    report.requireReal();
    return report;
  }

  /** This and another run of the same target, as one. */
  FuzzReport and(FuzzReport other) {
    return new FuzzReport(
        name,
        inputs + other.inputs,
        taken + other.taken,
        refused + other.refused,
        Math.max(edges, other.edges),
        seconds + other.seconds);
  }

  /** A target that only ever refuses, or that the fuzzer does not see into, tests nothing. */
  private void requireReal() {
    if (taken == 0 || edges == 0) {
      throw new AssertionError("no input, not even a seed, came through: " + this);
    }
  }

  private static String found(FuzzTarget target, String log, String input) {
    int from = log.indexOf("== ");
    int to = log.indexOf("DEDUP_TOKEN", Math.max(from, 0));
    String what = from >= 0 && to > from ? log.substring(from, to).strip() : tail(log);
    return "target "
        + target.name()
        + " answered otherwise than it should\ninput: "
        + input
        + "\nto see it again, and to keep it from coming back: copy the input into "
        + FuzzRuns.kept(target)
        + " and run ./check fuzz "
        + target.name()
        + "\n"
        + what;
  }

  private static long last(Pattern pattern, String log) {
    Matcher matcher = pattern.matcher(log);
    long value = 0;
    while (matcher.find()) {
      value = Long.parseLong(matcher.group(1));
    }
    return value;
  }

  private static String tail(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "fuzz: %-20s %,10d inputs in %,5d s, %,d taken, %,d refused, %,d edges",
        name,
        inputs,
        seconds,
        taken,
        refused,
        edges);
  }
}
