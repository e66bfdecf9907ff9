package dev.cadastre.formats.value;

import dev.cadastre.formats.json.JcsWriter;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One attribute. Immutable. */
public final class Attribute {
  static final Comparator<Attribute> BY_NAME = Comparator.comparing(Attribute::name);

  private static final byte[] NOT_WRITTEN = {};

  private final String name;
  private final Value value;

  /** The member's canonical JSON, name and value; empty if it is written anew each time. */
  private final byte[] written;

  private Attribute(String name, Value value, byte[] written) {
    this.name = name;
    this.value = value;
    this.written = written;
  }

  public static Attribute of(String name, Value value) {
    return new Attribute(name, value, NOT_WRITTEN);
  }

  /** The same with its canonical JSON at hand, for one that many records carry. */
  public Attribute written() {
    JcsWriter out = new JcsWriter(name.length() + 64);
    value.writeTo(out.name(name));
    return new Attribute(name, value, out.toBytes());
  }

  public String name() {
    return name;
  }

  public Value value() {
    return value;
  }

  void writeTo(JcsWriter writer) {
    if (written.length > 0) {
      writer.member(written);
    } else {
      value.writeTo(writer.name(name));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attribute that && name.equals(that.name) && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + value.hashCode();
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
