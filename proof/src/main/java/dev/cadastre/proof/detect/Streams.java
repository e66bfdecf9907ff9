package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose records belong together: the sender, {@code service.name} and {@code service.instance.id}
 * of an instance, and the id of a stream of its own. Each is named by a JSON array in canonical
 * form, {@code ["token/1a2b3c4d","pay",null]}, with null for what is not given; so no two are named
 * alike, whatever stands in their names.
 */
public final class Streams {
  /** Sender, service and instance. */
  private static final int INSTANCE_PARTS = 3;

  /** Stands between the parts of a name where people read it; in no part of one. */
  public static final String BETWEEN = " · ";

  private static final List<String> LABELS = List.of("", "service ", "instance ", "stream ");

  private Streams() {}

  /** The instance that a record came from. */
  static String instance(RecordEvent event) {
    return name(instanceParts(event));
  }

  /**
   * The stream a record's number counts in: its instance's, or the one of its own that it names.
   */
  static String of(RecordEvent event) {
    List<Json> parts = instanceParts(event);
    event
        .attributes()
        .string(Names.AUDIT_SEQUENCE_STREAM_ID)
        .ifPresent(id -> parts.add(Json.of(id)));
    return name(parts);
  }

  private static List<Json> instanceParts(RecordEvent event) {
    Attributes resource = event.resourceAttributes();
    List<Json> parts = new ArrayList<>(INSTANCE_PARTS + 1);
    parts.add(Json.of(event.sender()));
    parts.add(part(resource.string(Names.SERVICE_NAME)));
    parts.add(part(resource.string(Names.SERVICE_INSTANCE_ID)));
    return parts;
  }

  private static Json part(Optional<String> given) {
    return given.<Json>map(Json::of).orElse(Json.Null.NULL);
  }

  private static String name(List<Json> parts) {
    return name(new Json.Arr(parts));
  }

  /** The name that an array is. */
  public static String name(Json.Arr parts) {
    return new String(parts.jcs(), StandardCharsets.UTF_8);
  }

  /** The array that a name is. */
  public static Json.Arr parts(String name) {
    try {
      if (Json.parse(name.getBytes(StandardCharsets.UTF_8)) instanceof Json.Arr parts) {
        return parts;
      }
    } catch (Refused e) {
      throw new IllegalArgumentException("no name of a stream: " + name, e);
    }
    throw new IllegalArgumentException("no name of a stream: " + name);
  }

  /**
   * One part of a name, for people.
   *
   * @param label which part it is, with a space behind; empty for the sender
   * @param text what it is called, the dots in it named: dots stand between parts
   */
  public record Part(String label, String text) {}

  /**
   * The parts of a name that are given, for people. No two names have the same; a text that is no
   * name of a stream is one part.
   */
  public static List<Part> shown(String name) {
    List<Part> shown = new ArrayList<>();
    try {
      List<Json> items = parts(name).items();
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Json.Str text) {
          String label = LABELS.get(Math.min(i, LABELS.size() - 1));
          shown.add(new Part(label, text.value().replace("·", "[U+00B7]")));
        }
      }
      return shown;
    } catch (IllegalArgumentException e) {
      return List.of(new Part("", name));
    }
  }

  /** An instance's name as the value of an attribute. */
  static Value value(String instance) {
    List<Value> items = new ArrayList<>();
    for (Json part : parts(instance).items()) {
      items.add(part instanceof Json.Str text ? Value.of(text.value()) : Value.UNSET);
    }
    return Value.of(items);
  }

  /** Reads {@link #value(String)}. */
  static String instance(Value value) throws Refused {
    List<Value> items = value instanceof Value.Items list ? list.items() : List.of();
    List<Json> parts = new ArrayList<>();
    for (Value item : items) {
      boolean optional = !parts.isEmpty();
      if (item instanceof Value.Text text && !FixedUnicode.isBlank(text.text())) {
        parts.add(Json.of(text.text()));
      } else if (optional && item instanceof Value.Unset) {
        parts.add(Json.Null.NULL);
      } else {
        throw new Refused("expected sender, service and instance, found something else");
      }
    }
    if (parts.size() != INSTANCE_PARTS) {
      throw new Refused("expected sender, service and instance, found " + parts.size() + " parts");
    }
    return name(parts);
  }
}
