package dev.cadastre.proof.pack;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What verifying several packs as one found: each pack alone, and whether together they are one
 * stretch of one log, with nothing missing, twice or out of order.
 *
 * @param members the packs in the order of their entries
 * @param checks on the packs together
 */
public record PackSetReport(List<Member> members, List<Check> checks) {
  public PackSetReport {
    members = List.copyOf(members);
    checks = List.copyOf(checks);
  }

  /**
   * One pack.
   *
   * @param name the file's name, for people
   */
  public record Member(String name, VerificationReport report) {
    private Optional<PackSpan> span() {
      return report.span();
    }

    private long from() {
      return report.from();
    }
  }

  /** Holds packs against one another. */
  public static PackSetReport of(List<Member> packs) {
    List<Member> members =
        packs.stream()
            .sorted(
                Comparator.comparingLong(Member::from)
                    .thenComparingLong(member -> member.report().to())
                    .thenComparing(Member::name))
            .toList();
    boolean known = members.stream().allMatch(member -> member.span().isPresent());
    return new PackSetReport(
        members,
        List.of(
            check("set-log", "One log", LOG, known, () -> log(members)),
            check("set-parts", "All parts", PARTS, known, () -> parts(members)),
            check("set-joints", "Joints", JOINTS, known, () -> joints(members))));
  }

  private static final String LOG =
      "All packs are of the same log, with the same keys for it and for its anchors.";
  private static final String PARTS =
      "Each part of the set is there once. Packs that were not made as a set name no parts.";
  private static final String JOINTS =
      "Each pack begins where the one before it ends: same tree, same anchor, same policy, and with"
          + " what was known of keys.";

  private interface Together {
    String run() throws PackRefused;
  }

  private static Check check(
      String id, String title, String meaning, boolean known, Together together) {
    if (!known) {
      return new Check(id, title, meaning, Check.Status.SKIPPED, "needs every pack's own checks");
    }
    try {
      return new Check(id, title, meaning, Check.Status.OK, together.run());
    } catch (PackRefused e) {
      return new Check(id, title, meaning, Check.Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static PackSpan span(Member member) {
    return member.span().orElseThrow();
  }

  private static String log(List<Member> members) throws PackRefused {
    Member first = members.get(0);
    for (Member member : members) {
      if (!span(member).keys().equals(span(first).keys())) {
        throw new PackRefused(
            "expected packs of one log, found "
                + member.name()
                + " with other keys than "
                + first.name());
      }
    }
    return first.report().origin().orElse("");
  }

  private static void requireDistinct(List<Member> members) throws PackRefused {
    Map<PackSpan, Member> bySpan = new HashMap<>();
    for (Member member : members) {
      Member twin = bySpan.put(span(member), member);
      if (twin != null) {
        throw new PackRefused(
            "expected each pack once, found the same pack twice: "
                + twin.name()
                + " and "
                + member.name());
      }
    }
  }

  private static String parts(List<Member> members) throws PackRefused {
    requireDistinct(members);
    Set<String> sets = new HashSet<>();
    Map<Integer, Member> byNumber = new TreeMap<>();
    int count = 0;
    for (Member member : members) {
      Optional<PackPart> part = span(member).part();
      sets.add(part.map(p -> p.count() + " " + p.from() + " " + p.to()).orElse("none"));
      if (part.isPresent()) {
        count = part.get().count();
        Member twin = byNumber.put(part.get().number(), member);
        if (twin != null) {
          throw new PackRefused(
              "expected each part once, found part "
                  + part.get().describe()
                  + " in "
                  + twin.name()
                  + " and "
                  + member.name());
        }
      }
    }
    if (sets.size() > 1) {
      throw new PackRefused("expected the parts of one set, found some of another");
    }
    requireAll(byNumber, count);
    return byNumber.isEmpty()
        ? members.size() + " packs that name no set"
        : "parts 1 to " + count + " of " + count;
  }

  private static void requireAll(Map<Integer, Member> byNumber, int count) throws PackRefused {
    List<String> missing = new ArrayList<>();
    for (int number = 1; number <= count && missing.size() < 10; number++) {
      if (!byNumber.containsKey(number)) {
        missing.add(Integer.toString(number));
      }
    }
    if (!missing.isEmpty()) {
      throw new PackRefused(
          "expected all "
              + count
              + " parts, found none with the number "
              + missing.stream().collect(Collectors.joining(", ")));
    }
  }

  private static String joints(List<Member> members) throws PackRefused {
    for (int i = 1; i < members.size(); i++) {
      Member before = members.get(i - 1);
      Member after = members.get(i);
      Optional<String> difference = span(before).end().differenceTo(span(after).start());
      if (difference.isPresent()) {
        throw new PackRefused(
            "expected "
                + after.name()
                + " to continue "
                + before.name()
                + ", found that it "
                + difference.get());
      }
    }
    return "entries "
        + members.get(0).from()
        + " to "
        + (members.get(members.size() - 1).report().to() - 1)
        + " without a break";
  }

  /** Whether each pack holds, and all of them together. */
  public boolean verified() {
    return members.stream().allMatch(member -> member.report().verified())
        && checks.stream().allMatch(check -> check.status() == Check.Status.OK);
  }

  /** Whether the keys of all packs were found in a trust policy. */
  public boolean trusted() {
    return members.stream().allMatch(member -> member.report().trusted());
  }

  /** Why the set is refused, in words that name the pack. */
  public Optional<String> reason() {
    for (Member member : members) {
      Optional<Check> failure = member.report().firstFailure();
      if (failure.isPresent()) {
        return Optional.of(
            member.name() + ": " + failure.get().title() + ": " + failure.get().detail());
      }
    }
    return checks.stream()
        .filter(check -> check.status() != Check.Status.OK)
        .map(check -> check.title() + ": " + check.detail())
        .findFirst();
  }

  /** What no check of these packs speaks of. */
  public List<String> notChecked() {
    return members.get(0).report().notChecked(trusted());
  }

  /** For machines. */
  public Json.Obj toJson() {
    List<Json> packs = new ArrayList<>();
    for (Member member : members) {
      packs.add(
          Json.Obj.builder()
              .put("file", member.name())
              .put("report", member.report().toJson())
              .build());
    }
    Json.Builder json =
        Json.Obj.builder()
            .put("checks", new Json.Arr(checks.stream().<Json>map(Check::toJson).toList()))
            .put("from", members.get(0).from())
            .put("notChecked", Json.strings(notChecked()))
            .put("packs", new Json.Arr(packs))
            .put("result", verified() ? "verified" : "refused")
            .put("to", members.get(members.size() - 1).report().to())
            .put("trusted", trusted());
    json.putIf("origin", members.get(0).report().origin());
    json.putIf("reason", reason());
    return json.build();
  }
}
