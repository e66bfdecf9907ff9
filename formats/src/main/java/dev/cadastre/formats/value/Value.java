package dev.cadastre.formats.value;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.EcmaNumber;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute value with its OTLP type kept without loss ({@code
 * opentelemetry.proto.common.v1.AnyValue}), plus the form content takes when it was replaced by its
 * hash. Each value has exactly one JSON form, which docs/formats/entry.md lists.
 */
public sealed interface Value {

  /** How many lists and maps may be nested inside one another; deeper values are refused. */
  int MAX_DEPTH = 24;

  /** An {@code AnyValue} in which no member is set. */
  Value UNSET = new Unset();

  /** Writes the value's JSON form as the writer's next value. */
  void writeTo(JcsWriter writer);

  /** 0 for a scalar, otherwise one more than the deepest member. */
  default int depth() {
    return 0;
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(boolean truth) {
    return truth ? Bool.TRUE : Bool.FALSE;
  }

  static Value of(long integer) {
    return new Int(integer);
  }

  static Value of(double number) {
    return new Real(number);
  }

  static Value of(byte[] bytes) {
    return new Bytes(bytes);
  }

  static Value of(List<Value> items) {
    return new Items(items);
  }

  static Value of(Attributes members) {
    return new Members(members);
  }

  /**
   * What stands in an entry for the content {@code text}: its length in UTF-8 bytes and its
   * SHA-256.
   */
  static Value hashed(String text) {
    return hashed(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands in an entry for the content {@code bytes}: their number and their SHA-256. */
  static Value hashed(byte[] bytes) {
    return new Hashed(bytes.length, Hash.sha256(bytes));
  }

  /** A string; well-formed UTF-16. */
  record Text(String text) implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.string(text);
    }
  }

  /** A boolean. */
  record Bool(boolean truth) implements Value {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);

    @Override
    public void writeTo(JcsWriter writer) {
      writer.bool(truth);
    }
  }

  /** See {@link #UNSET}. */
  record Unset() implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.nul();
    }
  }

  /** A signed 64-bit integer. */
  record Int(long integer) implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      if (integer >= -Json.MAX_INTEGER && integer <= Json.MAX_INTEGER) {
        writer.number(integer);
      } else {
        writer.beginObject().member("int", Long.toString(integer)).endObject();
      }
    }
  }

  /**
   * An IEEE 754 double; NaN, the infinities and -0 are values like others, but all NaNs are one.
   */
  record Real(double number) implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginObject().member("double", text()).endObject();
    }

    private String text() {
      if (Double.isFinite(number)) {
        return number == 0 && 1 / number < 0 ? "-0" : EcmaNumber.format(number);
      }
      return Double.toString(number);
    }
  }

  /** A byte string. */
  record Bytes(byte[] bytes) implements Value {
    public Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginObject().member("bytes", Base64.getEncoder().encodeToString(bytes)).endObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Bytes[" + bytes.length + "]";
    }
  }

  /** An {@code ArrayValue}; its items may be of different types. */
  record Items(List<Value> items) implements Value {
    public Items(List<Value> items) {
      this.items = List.copyOf(items);
    }

    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginArray();
      for (Value item : items) {
        item.writeTo(writer);
      }
      writer.endArray();
    }

    @Override
    public int depth() {
      int deepest = 0;
      for (Value item : items) {
        deepest = Math.max(deepest, item.depth());
      }
      return 1 + deepest;
    }
  }

  /** A {@code KeyValueList}. Like every attribute object it may hold digests of private members. */
  record Members(Attributes members) implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginObject().name("map");
      members.writeTo(writer);
      writer.endObject();
    }

    @Override
    public int depth() {
      return 1 + members.depth();
    }
  }

  /** Content that never enters an entry: its length in bytes and its SHA-256. */
  record Hashed(long bytes, Hash sha256) implements Value {
    @Override
    public void writeTo(JcsWriter writer) {
      writer.beginObject().name("hashed").beginObject();
      writer.member("bytes", bytes).name("sha256").hex(sha256);
      writer.endObject().endObject();
    }
  }
}
