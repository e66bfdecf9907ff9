package dev.cadastre.ingest.foreign.platform;

import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as falcosidekick's output for OTLP logs takes it apart: the alert's text as body, rule,
 * priority and the output fields as attributes.
 */
final class FalcoAttributes {
  private static final Set<String> PRIORITIES =
      Set.of(
          "emergency",
          "alert",
          "critical",
          "error",
          "warning",
          "notice",
          "info",
          "informational",
          "debug");

  /** Members of the alert itself; every other attribute is one of its output fields. */
  private static final Set<String> MEMBERS =
      Set.of("rule", "priority", "source", "hostname", "uuid", "time", "tags", "output");

  /** One of these, or the output field of a class of fields, stands in every alert. */
  private static final Set<String> TELLING = Set.of("hostname", "uuid", "time", "output");

  private static final List<String> CLASSES =
      List.of(
          "evt.",
          "proc.",
          "thread.",
          "user.",
          "group.",
          "fd.",
          "fs.",
          "container.",
          "k8s.",
          "k8smeta.",
          "ka.",
          "jevt.",
          "ct.",
          "syscall.");

  private FalcoAttributes() {}

  static Optional<Json.Obj> assembled(EnclosingLog carrier) {
    Fields given = carrier.attributes();
    boolean alert =
        given.isText("rule")
            && given.isText("source")
            && given.names().stream().anyMatch(FalcoAttributes::isTelling)
            && given
                .text("priority")
                .filter(word -> PRIORITIES.contains(word.toLowerCase(Locale.ROOT)))
                .isPresent();
    return alert ? Optional.of(alert(given, carrier.text())) : Optional.empty();
  }

  private static boolean isTelling(String name) {
    return TELLING.contains(name) || CLASSES.stream().anyMatch(name::startsWith);
  }

  private static Json.Obj alert(Fields given, String text) {
    SortedMap<String, Json> alert = new TreeMap<>();
    SortedMap<String, Json> fields = new TreeMap<>();
    for (Map.Entry<String, Json> one : given.members().entrySet()) {
      (MEMBERS.contains(one.getKey()) ? alert : fields).put(one.getKey(), one.getValue());
    }
    alert.putIfAbsent("output", Json.of(text));
    alert.put("output_fields", new Json.Obj(fields));
    return new Json.Obj(alert);
  }
}
