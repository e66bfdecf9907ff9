package dev.cadastre.formats.value;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads values and attribute objects from their JSON form. It is lenient about spelling (a small
 * integer in a tag, say): whoever needs the one form compares with what {@link Value#writeTo}
 * gives, as {@code EventCodec} does.
 */
public final class ValueCodec {
  private static final String TAGS = "one of \"bytes\", \"double\", \"hashed\", \"int\", \"map\"";

  private ValueCodec() {}

  public static Value fromJson(Json json) throws Refused {
    return value(json, 0);
  }

  /** Reads an object of attributes with its {@code _sd}. */
  public static Attributes attributes(Json.Obj json) throws Refused {
    return attributes(json, 0);
  }

  private static Attributes attributes(Json.Obj json, int depth) throws Refused {
    Attributes.Builder builder = Attributes.builder();
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      if (member.getKey().equals(Attributes.SD)) {
        digests(json).forEach(builder::sd);
      } else {
        builder.put(member.getKey(), value(member.getValue(), depth));
      }
    }
    return builder.build();
  }

  private static List<String> digests(Json.Obj json) throws Refused {
    List<String> digests = json.strings(Attributes.SD);
    for (String digest : digests) {
      Disclosure.requireDigest(digest);
    }
    return digests;
  }

  private static Value value(Json json, int depth) throws Refused {
    if (json instanceof Json.Str str) {
      return Value.of(str.value());
    }
    if (json instanceof Json.Num num) {
      return integer(num);
    }
    if (json instanceof Json.Bool bool) {
      return Value.of(bool.value());
    }
    if (json instanceof Json.Arr arr) {
      return items(arr, deeper(depth));
    }
    return json instanceof Json.Obj obj ? tagged(obj, depth) : Value.UNSET;
  }

  private static Value integer(Json.Num num) throws Refused {
    if (!num.isInteger()) {
      throw new Refused("expected an integer or a tagged double, found the number " + num.value());
    }
    return Value.of((long) num.value());
  }

  private static Value items(Json.Arr arr, int depth) throws Refused {
    List<Value> items = new ArrayList<>(arr.items().size());
    for (Json item : arr.items()) {
      items.add(value(item, depth));
    }
    return Value.of(items);
  }

  private static Value tagged(Json.Obj obj, int depth) throws Refused {
    if (obj.members().size() != 1) {
      throw new Refused(
          "expected a value tagged by " + TAGS + ", found " + obj.members().size() + " members");
    }
    String tag = obj.members().firstKey();
    return switch (tag) {
      case "bytes" -> Value.of(Encodings.base64(obj.str(tag)));
      case "double" -> Value.of(number(obj.str(tag)));
      case "hashed" -> hashed(obj.obj(tag));
      case "int" -> Value.of(whole(obj.str(tag)));
      case "map" -> Value.of(attributes(obj.obj(tag), deeper(depth)));
      default ->
          throw new Refused(
              "expected a value tagged by " + TAGS + ", found " + Encodings.quote(tag));
    };
  }

  private static Value hashed(Json.Obj obj) throws Refused {
    obj.only("bytes", "sha256");
    long bytes = obj.integer("bytes");
    if (bytes < 0) {
      throw new Refused("expected a length as \"bytes\", found " + bytes);
    }
    return new Value.Hashed(bytes, Hash.ofHex(obj.str("sha256")));
  }

  private static long whole(String text) throws Refused {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused("expected a 64-bit integer, found " + Encodings.quote(text), e);
    }
  }

  private static double number(String text) throws Refused {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new Refused("expected a double, found " + Encodings.quote(text), e);
    }
  }

  private static int deeper(int depth) throws Refused {
    if (depth == Value.MAX_DEPTH) {
      throw new Refused(
          "expected at most " + Value.MAX_DEPTH + " nested lists and maps, found more");
    }
    return depth + 1;
  }
}
