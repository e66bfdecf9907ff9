package dev.cadastre.portal.semconv;

import dev.cadastre.formats.event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is made from the semantic conventions: a part of a page, and a Java class. */
final class SemconvPages {
  private static final int LONGEST_LINE = 100;

  private SemconvPages() {}

  /** The tables of docs/formats/vocabulary.md. */
  static String tables(Semconv semconv) {
    List<String> lines = new ArrayList<>();
    for (Semconv.Group group : semconv.groups()) {
      lines.addAll(List.of("", "### " + group.title(), ""));
      lines.addAll(List.of("| name | type | means | such as |", "|---|---|---|---|"));
      group.attributes().forEach(one -> lines.add(row(one)));
    }
    lines.addAll(
        List.of(
            "",
            "## Events",
            "",
            "| event | | attributes: **required**, required *when*, recommended |"));
    lines.add("|---|---|---|");
    semconv.events().forEach(event -> lines.add(row(event)));
    return String.join("\n", lines) + "\n";
  }

  /** The table of kinds in docs/formats/vocabulary.md. */
  static String kinds(Semconv semconv) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of("", "| kind | judged | event names, and what begins with them and a dot |"));
    lines.add("|---|---|---|");
    for (Kind kind : Kind.values()) {
      if (kind.fromSenders()) {
        String names =
            begins(semconv, kind).map(name -> "`" + name + "`").collect(Collectors.joining(" "));
        lines.add(cells("`" + kind.wire() + "`", kind.judged() ? "yes" : "no", names));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static Stream<String> begins(Semconv semconv, Kind kind) {
    return kind == Kind.OTHER
        ? Stream.of("other")
        : semconv.events().stream()
            .filter(event -> event.kind().equals(kind.wire()))
            .flatMap(event -> event.begins().stream());
  }

  /** EventNames.java. */
  static String eventNames(Semconv semconv) {
    StringBuilder java = new StringBuilder();
    java.append(
        """
        package dev.cadastre.formats.event;

        import java.util.HashMap;
        import java.util.Map;

        /**
         * Names of the events that senders report, and the kind of each. Made by SemconvTest from
         * docs/semconv.
         */
        final class EventNames {
          static final Map<String, Kind> KINDS = kinds();

          private EventNames() {}

          private static Map<String, Kind> kinds() {
            Map<String, Kind> kinds = new HashMap<>();
        """);
    for (Kind kind : Kind.values()) {
      if (kind.fromSenders() && kind != Kind.OTHER) {
        begins(semconv, kind)
            .forEach(
                name ->
                    java.append("    kinds.put(\"" + name + "\", Kind." + kind.name() + ");\n"));
      }
    }
    return java.append("    return Map.copyOf(kinds);\n  }\n}\n").toString();
  }

  private static String row(Semconv.Attribute one) {
    String type = one.type().isEmpty() ? "*OpenTelemetry's*" : one.type();
    return cells("`" + one.id() + "`", type, one.brief(), one.example());
  }

  private static String row(Semconv.Event event) {
    String uses = event.uses().stream().map(SemconvPages::use).collect(Collectors.joining(", "));
    return cells("`" + event.name() + "`", event.brief(), uses);
  }

  private static String use(Semconv.Use use) {
    String name = "`" + use.id() + "`";
    return switch (use.level()) {
      case "required" -> "**" + name + "**";
      case "conditionally_required" -> name + " *" + use.condition() + "*";
      case "recommended" -> name;
      default -> throw new IllegalStateException(use.level());
    };
  }

  private static String cells(String... cells) {
    return ("| " + String.join(" | ", cells) + " |").replace("|  |", "| |");
  }

  /** Names.java. */
  static String names(Semconv semconv) {
    StringBuilder java = new StringBuilder();
    java.append(
        """
        package dev.cadastre.formats.value;

        /**
         * Attribute names that Cadastre understands: OpenTelemetry's where they exist, then those of its
         * audit-logging draft, then our own for the rest. Made by SemconvTest from docs/semconv, which says
         * what each means; names not listed are kept all the same.
         */
        public final class Names {
        """);
    for (Semconv.Group group : semconv.groups()) {
      group.attributes().forEach(one -> java.append(constant(one)));
      java.append('\n');
    }
    return java.append("  private Names() {}\n}\n").toString();
  }

  private static String constant(Semconv.Attribute one) {
    String name = "  public static final String " + one.constant() + " =";
    String value = "\"" + one.id() + "\";\n";
    boolean fits = name.length() + value.length() <= LONGEST_LINE;
    return name + (fits ? " " : "\n      ") + value;
  }
}
