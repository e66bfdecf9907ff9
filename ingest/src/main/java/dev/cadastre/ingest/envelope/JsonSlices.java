package dev.cadastre.ingest.envelope;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, or the items of an array, as they are written: what is in them is
 * not read, so that a slip inside one of them spoils none of the others. Time grows with the text's
 * length alone.
 */
public final class JsonSlices {
  private final String text;
  private int at;

  private JsonSlices(String text) {
    this.text = text;
  }

  /** Empty if the text is no object, or has a name twice. */
  public static Optional<Map<String, String>> members(String text) {
    JsonSlices in = new JsonSlices(text);
    Map<String, String> members = new LinkedHashMap<>();
    if (!in.passes('{')) {
      return Optional.empty();
    }
    while (!in.passes('}')) {
      if (!members.isEmpty() && !in.passes(',')) {
        return Optional.empty();
      }
      Optional<String> name = in.value().flatMap(JsonSlices::string);
      Optional<String> value = name.isPresent() && in.passes(':') ? in.value() : Optional.empty();
      if (value.isEmpty() || members.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return in.isAtEnd() ? Optional.of(members) : Optional.empty();
  }

  /** Empty if the text is no array. */
  static Optional<List<String>> items(String text) {
    JsonSlices in = new JsonSlices(text);
    List<String> items = new ArrayList<>();
    if (!in.passes('[')) {
      return Optional.empty();
    }
    while (!in.passes(']')) {
      if (!items.isEmpty() && !in.passes(',')) {
        return Optional.empty();
      }
      Optional<String> item = in.value();
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get());
    }
    return in.isAtEnd() ? Optional.of(items) : Optional.empty();
  }

  /** Whether behind the object with which a text begins another begins. */
  public static boolean isFollowed(String text) {
    JsonSlices in = new JsonSlices(text);
    return in.value().isPresent() && in.passes('{');
  }

  /**
   * The objects in a text that stand one after the other, with or without blanks between them; none
   * if it holds anything else.
   */
  public static List<String> sequence(String text) {
    JsonSlices in = new JsonSlices(text);
    List<String> values = new ArrayList<>();
    while (!in.isAtEnd()) {
      boolean object = text.charAt(in.at) == '{';
      Optional<String> value = object ? in.value() : Optional.empty();
      if (value.isEmpty()) {
        return List.of();
      }
      values.add(value.get());
    }
    return values;
  }

  /** What a JSON string says; empty if the text is none. */
  static Optional<String> string(String text) {
    if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
      return Optional.empty();
    }
    if (text.indexOf('\\') < 0) {
      return Optional.of(text.substring(1, text.length() - 1));
    }
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Str string
          ? Optional.of(string.value())
          : Optional.empty();
    } catch (Refused notAString) {
      return Optional.empty();
    }
  }

  private boolean passes(char wanted) {
    skipSpace();
    boolean is = at < text.length() && text.charAt(at) == wanted;
    at += is ? 1 : 0;
    return is;
  }

  private boolean isAtEnd() {
    skipSpace();
    return at == text.length();
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  /** The value that comes next; empty if there is none, or it does not end. */
  private Optional<String> value() {
    skipSpace();
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && at > start && isEnd(c)) {
        break;
      }
      if (c == '"') {
        skipString();
      } else {
        at++;
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (depth <= 0 && (c == '"' || c == '}' || c == ']')) {
        break;
      }
    }
    return depth == 0 && at > start ? Optional.of(text.substring(start, at)) : Optional.empty();
  }

  private static boolean isEnd(char c) {
    return c == ',' || c == '}' || c == ']' || c <= ' ';
  }

  /** To the character after the string's last, or to the text's end. */
  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }
}
