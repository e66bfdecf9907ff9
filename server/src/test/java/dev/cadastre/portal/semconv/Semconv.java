package dev.cadastre.portal.semconv;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The semantic conventions of docs/semconv.
 *
 * @param groups attributes by group, in the order of the pages made from them
 * @param events what senders report
 */
record Semconv(List<Group> groups, List<Event> events) {
  private static final List<String> FILES =
      List.of("opentelemetry.yaml", "audit.yaml", "ledger.yaml");

  /** Some attributes that belong together. */
  record Group(String title, List<Attribute> attributes) {}

  /**
   * @param type as Weaver writes it; empty when OpenTelemetry's registry has it
   * @param constant its name in Java
   */
  record Attribute(String id, String type, String brief, String example, String constant) {}

  /** An attribute as an event has it. */
  record Use(String id, String level, String condition) {}

  /**
   * What a sender may report.
   *
   * @param kind of the record, as entries write it
   * @param begins names, without {@code ledger.}, that are of this kind with all that goes on
   *     behind a dot; the event's own first
   */
  record Event(String name, String brief, String kind, List<String> begins, List<Use> uses) {}

  static Semconv read(Path directory) throws IOException, Refused {
    List<Group> groups = new ArrayList<>();
    for (String file : FILES) {
      for (Json.Obj group : groups(directory.resolve(file))) {
        List<Attribute> attributes = new ArrayList<>();
        for (Json.Obj one : group.objects("attributes")) {
          attributes.add(attribute(one));
        }
        groups.add(new Group(group.str("display_name"), attributes));
      }
    }
    List<Event> events = new ArrayList<>();
    for (Json.Obj event : groups(directory.resolve("events.yaml"))) {
      events.add(event(event));
    }
    return new Semconv(groups, events);
  }

  private static List<Json.Obj> groups(Path file) throws IOException, Refused {
    return YamlDocument.parse(file.toString(), Files.readAllBytes(file)).root().objects("groups");
  }

  private static Attribute attribute(Json.Obj json) throws Refused {
    String id = json.str(json.has("ref") ? "ref" : "id");
    Optional<String> constant =
        json.has("annotations") ? json.obj("annotations").optStr("java") : Optional.empty();
    return new Attribute(
        id, type(json), brief(json), example(json), constant.orElseGet(() -> constant(id)));
  }

  private static String constant(String id) {
    return id.replaceFirst("^ledger\\.", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String type(Json.Obj json) throws Refused {
    if (!json.has("type")) {
      return "";
    }
    return json.value("type") instanceof Json.Str type ? type.value() : "enum";
  }

  /** The brief, and what an enumeration's members mean. */
  private static String brief(Json.Obj json) throws Refused {
    StringBuilder brief = new StringBuilder(json.str("brief"));
    if (type(json).equals("enum")) {
      for (Json.Obj member : json.obj("type").objects("members")) {
        brief.append(" `").append(member.str("value")).append("`: ").append(member.str("brief"));
      }
    }
    return brief.toString();
  }

  private static String example(Json.Obj json) {
    return json.optValue("examples")
        .map(examples -> examples instanceof Json.Arr arr ? arr.items() : List.of(examples))
        .map(items -> items.stream().map(Semconv::example).collect(Collectors.joining(", ")))
        .orElse("");
  }

  private static String example(Json one) {
    if (one instanceof Json.Str text) {
      return "`" + text.value() + "`";
    }
    return one instanceof Json.Arr list
        ? list.items().stream().map(Semconv::example).collect(Collectors.joining(" and "))
        : new String(one.jcs(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Event event(Json.Obj json) throws Refused {
    List<Use> uses = new ArrayList<>();
    for (Json.Obj one : json.objects("attributes")) {
      if (one.value("requirement_level") instanceof Json.Obj level) {
        String name = level.members().firstKey();
        uses.add(new Use(one.str("ref"), name, level.str(name)));
      } else {
        uses.add(new Use(one.str("ref"), one.str("requirement_level"), ""));
      }
    }
    Json.Obj annotations = json.obj("annotations");
    List<String> begins = new ArrayList<>();
    begins.add(json.str("name").replaceFirst("^ledger\\.", ""));
    if (annotations.has("begins")) {
      begins.addAll(annotations.strings("begins"));
    }
    return new Event(json.str("name"), json.str("brief"), annotations.str("kind"), begins, uses);
  }
}
