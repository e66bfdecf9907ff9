package dev.cadastre.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of fuzzing one target.
 *
 * @param taken how many inputs were what the decoder takes; mended ones count on their own
 * @param refused how many were answered by an allowed exception
 * @param edges how many branches of the code were reached, by all targets of the same run
 */
record FuzzReport(String name, long taken, long refused, long edges, long seconds) {
  private static final Pattern INPUTS =
      Pattern.compile("stat::number_of_executed_units: +([0-9]+)");
  private static final Pattern EDGES = Pattern.compile("\\bcov: ([0-9]+)");
  private static final Pattern FINDING =
      Pattern.compile("Test unit written to (\\S+)", Pattern.MULTILINE);
  private static final int SHOWN_LINES = 30;

  /**
   * Reads the log of a run.
   *
   * @return the report of each target, by name
   * @throws AssertionError if there was a finding, or the run broke off
   */
  static Map<String, FuzzReport> read(List<FuzzTarget> targets, Path folder, int exit, long seconds)
      throws IOException {
    String log = Files.readString(folder.resolve(FuzzRuns.LOG), StandardCharsets.ISO_8859_1);
    Matcher finding = FINDING.matcher(log);
    if (finding.find()) {
      throw new AssertionError(found(targets, log, Path.of(finding.group(1))));
    }
    if (exit != 0 || last(INPUTS, log) == 0) {
      throw new AssertionError(
          "the fuzzer did not run to its end (exit " + exit + "):\n" + tail(log));
    }
    Map<String, FuzzReport> reports = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve(FuzzEntry.ANSWERS))) {
      String[] answer = line.split(" ", -1);
      long taken = Long.parseLong(answer[1]);
      long refused = Long.parseLong(answer[2]);
      reports.put(answer[0], new FuzzReport(answer[0], taken, refused, last(EDGES, log), seconds));
    }
    return reports;
  }

  /** This and another run of the same target, as one. */
  FuzzReport and(FuzzReport other) {
    return new FuzzReport(
        name,
        taken + other.taken,
        refused + other.refused,
        Math.max(edges, other.edges),
        seconds + other.seconds);
  }

  /** A target that only ever refuses, or that the fuzzer does not see into, tests nothing. */
  FuzzReport requireReal() {
    if (taken == 0 || edges == 0) {
      throw new AssertionError("no input, not even a seed, came through: " + this);
    }
    return this;
  }

  private static String found(List<FuzzTarget> targets, String log, Path input) throws IOException {
    int from = log.indexOf("== ");
    int to = log.indexOf("DEDUP_TOKEN", Math.max(from, 0));
    String what = from >= 0 && to > from ? log.substring(from, to).strip() : tail(log);
    FuzzTarget target = targets.get(0);
    Path kept = input;
    if (targets.size() > 1) {
      byte[] bytes = Files.readAllBytes(input);
      target = targets.get(FuzzRuns.addressee(bytes, targets.size()));
      kept = input.resolveSibling(target.name() + '-' + input.getFileName());
      Files.write(kept, FuzzRuns.content(bytes));
    }
    return "target "
        + target.name()
        + " answered otherwise than it should\ninput: "
        + kept
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
        taken + refused,
        seconds,
        taken,
        refused,
        edges);
  }
}
