package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JSON object of which nothing is taken for granted: what is missing, or of another type than
 * asked for, is empty.
 */
public final class Fields {
  private static final Fields NONE = new Fields(new Json.Obj(new TreeMap<>()));

  private final Json.Obj object;

  public Fields(Json.Obj object) {
    this.object = object;
  }

  public static Fields of(Optional<Json> value) {
    return value.isPresent() && value.get() instanceof Json.Obj obj ? new Fields(obj) : NONE;
  }

  public boolean has(String name) {
    return object.has(name);
  }

  public Set<String> names() {
    return object.members().keySet();
  }

  public Map<String, Json> members() {
    return object.members();
  }

  public Optional<Json> value(String... path) {
    Optional<Json> at = Optional.of(object);
    for (String name : path) {
      at = at.flatMap(Fields::opened).flatMap(obj -> obj.optValue(name));
    }
    return at;
  }

  /** An object, or the text of one, as which queries of a store of records give it. */
  private static Optional<Json.Obj> opened(Json value) {
    if (value instanceof Json.Str text && text.value().strip().startsWith("{")) {
      try {
        return Optional.of(Json.parseObject(text.value().getBytes(StandardCharsets.UTF_8)));
      } catch (Refused notReadable) {
        return Optional.empty();
      }
    }
    return value instanceof Json.Obj obj ? Optional.of(obj) : Optional.empty();
  }

  /**
   * Every text in what stands at {@code path}, whatever its shape: of a place none must be missed.
   * The names of members are read in any case, and in each object of an array.
   */
  public List<String> allTexts(String... path) {
    List<Json> at = List.of(object);
    for (String name : path) {
      List<Json> found = new ArrayList<>();
      at.forEach(one -> members(one, name, found));
      at = found;
    }
    List<String> texts = new ArrayList<>();
    at.forEach(value -> collect(value, texts));
    return texts.stream().distinct().toList();
  }

  private static void members(Json in, String name, List<Json> into) {
    if (in instanceof Json.Arr array) {
      array.items().forEach(item -> members(item, name, into));
      return;
    }
    opened(in)
        .ifPresent(
            obj ->
                obj.members()
                    .forEach(
                        (member, value) -> {
                          if (member.equalsIgnoreCase(name)) {
                            into.add(value);
                          }
                        }));
  }

  private static void collect(Json value, List<String> into) {
    if (value instanceof Json.Arr array) {
      array.items().forEach(item -> collect(item, into));
    } else if (value instanceof Json.Obj obj) {
      obj.members().values().forEach(member -> collect(member, into));
    } else {
      text(value).ifPresent(into::add);
    }
  }

  /** The object at {@code path}; one without members if there is none. */
  public Fields in(String... path) {
    return of(value(path));
  }

  /** A string, number or boolean as text; empty if it is blank or something else. */
  public Optional<String> text(String... path) {
    return value(path).flatMap(Fields::text);
  }

  /** Whether there is a string. */
  public boolean isText(String... path) {
    return value(path).filter(Json.Str.class::isInstance).isPresent();
  }

  public boolean isObject(String... path) {
    return value(path).filter(Json.Obj.class::isInstance).isPresent();
  }

  /** The number at {@code path}, which may be written as a string. */
  public Optional<Long> number(String... path) {
    return text(path).flatMap(Fields::number);
  }

  /** Whether there is {@code true}, as itself or as a string. */
  public boolean isTrue(String... path) {
    return text(path).filter("true"::equalsIgnoreCase).isPresent();
  }

  public boolean isFalse(String... path) {
    return text(path).filter("false"::equalsIgnoreCase).isPresent();
  }

  /** The texts of an array, or the one that stands in its place. */
  public List<String> texts(String... path) {
    List<String> texts = new ArrayList<>();
    items(path).forEach(item -> text(item).ifPresent(texts::add));
    return texts;
  }

  /** The objects of an array, or the one that stands in its place. */
  public List<Fields> objects(String... path) {
    List<Fields> objects = new ArrayList<>();
    for (Json item : items(path)) {
      if (item instanceof Json.Obj obj) {
        objects.add(new Fields(obj));
      }
    }
    return objects;
  }

  List<Json> items(String... path) {
    Optional<Json> value = value(path);
    if (value.isEmpty() || value.get() == Json.Null.NULL) {
      return List.of();
    }
    return value.get() instanceof Json.Arr array ? array.items() : List.of(value.get());
  }

  /** The first of the texts that is there. */
  @SafeVarargs
  public static Optional<String> first(Optional<String>... texts) {
    for (Optional<String> text : texts) {
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Json value) {
    if (value instanceof Json.Str str) {
      return Optional.of(str.value().strip()).filter(text -> !text.isEmpty());
    }
    if (value instanceof Json.Num num) {
      return Optional.of(
          num.isInteger() ? Long.toString((long) num.value()) : Double.toString(num.value()));
    }
    return value instanceof Json.Bool bool
        ? Optional.of(Boolean.toString(bool.value()))
        : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
