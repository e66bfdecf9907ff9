package dev.cadastre.proof.cli;

import dev.cadastre.formats.Encodings;
import dev.cadastre.proof.pack.Check;
import dev.cadastre.proof.pack.PackSetReport;
import dev.cadastre.proof.pack.PackSpan;
import dev.cadastre.proof.pack.VerificationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints a report for people: a line a check, what it means below it, the verdict last. */
final class ReportPrinter {
  private static final int WIDTH = 100;
  private static final String MORE = " ".repeat(26);

  private final PrintStream out;

  ReportPrinter(PrintStream out) {
    this.out = out;
  }

  void print(Path file, VerificationReport report, VerifierResult verdict) {
    out.println("Evidence pack " + plain(String.valueOf(file.getFileName())));
    report.origin().ifPresent(origin -> out.println(subject(plain(origin), report)));
    out.println();
    report.checks().forEach(check -> print(check, true));
    end(report.notChecked(), verdict);
  }

  /** A set: a line a check of each pack, and what the checks on all of them mean. */
  void print(PackSetReport set, VerifierResult verdict) {
    out.println("Set of " + set.members().size() + " evidence packs");
    for (PackSetReport.Member member : set.members()) {
      VerificationReport report = member.report();
      out.println();
      out.println(plain(member.name()));
      report.origin().ifPresent(origin -> out.println(subject(plain(origin), report)));
      report.checks().forEach(check -> print(check, false));
    }
    out.println();
    out.println("Together");
    set.checks().forEach(check -> print(check, true));
    end(set.notChecked(), verdict);
  }

  private void end(List<String> notChecked, VerifierResult verdict) {
    out.println();
    out.println("  not checked");
    for (String one : notChecked) {
      List<String> lines = wrap(one);
      out.println(MORE.substring(2) + "- " + lines.get(0));
      lines.subList(1, lines.size()).forEach(line -> out.println(MORE + line));
    }
    out.println();
    out.println(plain(verdict.words()));
  }

  private static String subject(String origin, VerificationReport report) {
    String entries =
        report.from() < report.to()
            ? ", entries " + report.from() + " to " + (report.to() - 1)
            : "";
    String part =
        report
            .span()
            .flatMap(PackSpan::part)
            .map(one -> ", part " + one.describe() + " of a set")
            .orElse("");
    return origin + entries + part;
  }

  private void print(Check check, boolean withMeaning) {
    List<String> lines = new ArrayList<>();
    plain(check.detail()).lines().forEach(line -> lines.addAll(wrap(line)));
    String first = lines.isEmpty() ? "" : lines.remove(0);
    out.println("  " + padded(check.status().word(), 9) + padded(check.title(), 15) + first);
    lines.forEach(line -> out.println(MORE + line));
    if (withMeaning) {
      wrap(check.meaning()).forEach(line -> out.println(MORE + line));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Text out of a pack must not move the cursor or pretend to be ours. */
  private static String plain(String text) {
    return Encodings.plain(text);
  }

  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH - MORE.length()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
