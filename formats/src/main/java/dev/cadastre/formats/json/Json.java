package dev.cadastre.formats.json;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON value (RFC 8259 within I-JSON, RFC 7493). Reading is strict and writing canonical, so
 * equal values have equal bytes.
 */
public sealed interface Json {
  /** The largest integer that a JSON number carries exactly: 2^53-1. */
  long MAX_INTEGER = (1L << 53) - 1;

  /** How deep arrays and objects may nest. */
  int MAX_DEPTH = 64;

  /**
   * Values in one text, each member and item counted: some 40 MB once it is read. No text that is
   * to be read as a tree comes near it; large ones are compared byte for byte.
   */
  int MAX_VALUES = 1 << 18;

  /**
   * Reads one value. Refuses what is not strict UTF-8, duplicate names, lone surrogates, numbers
   * beyond the range of a double, nesting beyond {@link #MAX_DEPTH}, more than {@link #MAX_VALUES}
   * values and anything after the value.
   */
  static Json parse(byte[] utf8) throws Refused {
    return JsonReader.read(utf8);
  }

  /**
   * Reads one value that must be in canonical form already, so that its bytes may be hashed or
   * signed.
   */
  static Json parseCanonical(byte[] utf8) throws Refused {
    Json value = parse(utf8);
    if (!Arrays.equals(value.jcs(), utf8)) {
      throw new Refused("expected JSON in canonical form (RFC 8785), found another spelling of it");
    }
    return value;
  }

  /** Reads an object. */
  static Obj parseObject(byte[] utf8) throws Refused {
    return asObject("the document", parse(utf8));
  }

  static Str of(String value) {
    return new Str(value);
  }

  static Num of(long value) {
    return new Num(value);
  }

  static Bool of(boolean value) {
    return new Bool(value);
  }

  /** An array of strings. */
  static Arr strings(Iterable<String> values) {
    List<Json> items = new ArrayList<>();
    values.forEach(value -> items.add(of(value)));
    return new Arr(items);
  }

  /** Canonical UTF-8 bytes (RFC 8785). */
  default byte[] jcs() {
    JcsWriter writer = new JcsWriter();
    writeTo(writer);
    return writer.toBytes();
  }

  /** Writes this value as the writer's next one. */
  void writeTo(JcsWriter writer);

  private static Obj asObject(String what, Json value) throws Refused {
    if (value instanceof Obj obj) {
      return obj;
    }
    throw new Refused("expected an object as " + what + ", found " + value.kind());
  }

  /** The value's type, for messages. */
  String kind();

  /** {@code null}. */
  enum Null implements Json {
    NULL;

    @Override
    public void writeTo(JcsWriter writer) {
      writer.nul();
    }

    @Override
    public String kind() {
      return "null";
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.bool(value);
    }

    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** A finite double; negative zero counts as zero. */
  record Num(double value) implements Json {
    public Num {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a JSON number: " + value);
      }
      value = value == 0 ? 0 : value;
    }

    /**
     * An exact integer.
     *
     * @throws IllegalArgumentException beyond ±{@link Json#MAX_INTEGER}
     */
    public Num(long value) {
      this(exact(value));
    }

    private static double exact(long value) {
      if (value > MAX_INTEGER || value < -MAX_INTEGER) {
        throw new IllegalArgumentException("not exact as a JSON number: " + value);
      }
      return value;
    }

    /** Whether the value is an integer within ±{@link Json#MAX_INTEGER}. */
    public boolean isInteger() {
      return value == Math.rint(value) && Math.abs(value) <= MAX_INTEGER;
    }

    @Override
    public void writeTo(JcsWriter writer) {
      writer.number(value);
    }

    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A string without lone surrogates. */
  record Str(String value) implements Json {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.string(value);
    }

    @Override
    public String kind() {
      return "a string";
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginArray();
      items.forEach(item -> item.writeTo(writer));
      writer.endArray();
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /** An object; members are kept in canonical order. */
  record Obj(SortedMap<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    public static Obj of(Map<String, ? extends Json> members) {
      return new Obj(new TreeMap<>(members));
    }

    public static Builder builder() {
      return new Builder();
    }

    public boolean has(String name) {
      return members.containsKey(name);
    }

    public Json value(String name) throws Refused {
      Json value = members.get(name);
      if (value == null) {
        throw new Refused("expected a member \"" + name + "\", found none");
      }
      return value;
    }

    public Optional<Json> optValue(String name) {
      return Optional.ofNullable(members.get(name));
    }

    public String str(String name) throws Refused {
      return as(name, Str.class, "a string").value();
    }

    public Optional<String> optStr(String name) throws Refused {
      return has(name) ? Optional.of(str(name)) : Optional.empty();
    }

    /** An integer within ±{@link Json#MAX_INTEGER}. */
    public long integer(String name) throws Refused {
      Num number = as(name, Num.class, "an integer");
      if (!number.isInteger()) {
        throw new Refused("expected an integer as \"" + name + "\", found " + number.value());
      }
      return (long) number.value();
    }

    public OptionalLong optInteger(String name) throws Refused {
      return has(name) ? OptionalLong.of(integer(name)) : OptionalLong.empty();
    }

    public boolean bool(String name) throws Refused {
      return as(name, Bool.class, "a boolean").value();
    }

    public Obj obj(String name) throws Refused {
      return as(name, Obj.class, "an object");
    }

    public Optional<Obj> optObj(String name) throws Refused {
      return has(name) ? Optional.of(obj(name)) : Optional.empty();
    }

    public List<Json> arr(String name) throws Refused {
      return as(name, Arr.class, "an array").items();
    }

    public Optional<List<Json>> optArr(String name) throws Refused {
      return has(name) ? Optional.of(arr(name)) : Optional.empty();
    }

    /** An array of strings. */
    public List<String> strings(String name) throws Refused {
      List<String> strings = new ArrayList<>();
      for (Json item : arr(name)) {
        if (!(item instanceof Str str)) {
          throw new Refused("expected only strings in \"" + name + "\", found " + item.kind());
        }
        strings.add(str.value());
      }
      return List.copyOf(strings);
    }

    /** An array of objects. */
    public List<Obj> objects(String name) throws Refused {
      List<Obj> objects = new ArrayList<>();
      for (Json item : arr(name)) {
        objects.add(asObject("an item of \"" + name + "\"", item));
      }
      return List.copyOf(objects);
    }

    /** Refuses any member whose name is not listed. */
    public void only(String... allowed) throws Refused {
      List<String> known = List.of(allowed);
      for (String name : members.keySet()) {
        if (!known.contains(name)) {
          throw new Refused(
              "expected only the members " + known + ", found " + Encodings.quote(name));
        }
      }
    }

    private <T extends Json> T as(String name, Class<T> type, String expected) throws Refused {
      Json value = value(name);
      if (type.isInstance(value)) {
        return type.cast(value);
      }
      throw new Refused("expected " + expected + " as \"" + name + "\", found " + value.kind());
    }

    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginObject();
      members.forEach((name, value) -> value.writeTo(writer.name(name)));
      writer.endObject();
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** Collects the members of an object; naming one twice is a bug. */
  final class Builder {
    private final SortedMap<String, Json> members = new TreeMap<>();

    private Builder() {}

    public Builder put(String name, Json value) {
      if (members.put(name, value) != null) {
        throw new IllegalArgumentException("member named twice: " + name);
      }
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, Json.of(value));
    }

    public Builder put(String name, long value) {
      return put(name, Json.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, Json.of(value));
    }

    public Builder putIf(String name, Optional<String> value) {
      value.ifPresent(present -> put(name, present));
      return this;
    }

    public Obj build() {
      return new Obj(members);
    }
  }
}
