package dev.cadastre.ingest.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cadastre.formats.value.Attribute;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.persons.Persons;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as it came. One whose value is a scalar is an entry's attribute at once, and a
 * protobuf message only for those who ask.
 */
public final class Pair {
  private final Name name;
  private final byte[] request;
  private final int start;
  private final int length;
  private Optional<Attribute> scalar = Optional.empty();
  private @Nullable KeyValue message;
  private boolean seenAgain;
  private boolean searched;
  private boolean nobodys;

  private Pair(Name name, byte[] request, int start, int length) {
    this.name = name;
    this.request = request;
    this.start = start;
    this.length = length;
  }

  static Pair scalar(Name name, Value value, byte[] request, int start, int length) {
    Pair pair = new Pair(name, request, start, length);
    pair.scalar = Optional.of(Attribute.of(name.text(), value));
    return pair;
  }

  static Pair of(KeyValue message, Name name) {
    Pair pair = new Pair(name, new byte[0], 0, 0);
    pair.message = message;
    Value value = scalar(message.getValue());
    if (value != null) {
      pair.scalar = Optional.of(Attribute.of(name.text(), value));
    }
    return pair;
  }

  private static @Nullable Value scalar(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Value.of(value.getStringValue());
      case BOOL_VALUE -> Value.of(value.getBoolValue());
      case INT_VALUE -> Value.of(value.getIntValue());
      case DOUBLE_VALUE -> Value.of(value.getDoubleValue());
      case BYTES_VALUE, ARRAY_VALUE, KVLIST_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET -> null;
    };
  }

  /** Says that a further record carries the same: it is then written once for all. */
  Pair again() {
    if (!seenAgain) {
      seenAgain = true;
      scalar = scalar.map(Attribute::written);
    }
    return this;
  }

  public Name name() {
    return name;
  }

  /** The attribute as an entry has it in the open, if its value is a string, number or boolean. */
  public Optional<Attribute> scalar() {
    return scalar;
  }

  /** The value, if it is a string. */
  public Optional<String> string() {
    return scalar.isPresent() && scalar.get().value() instanceof Value.Text text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  /**
   * Whether neither name nor value tells of a person; false, too, where that takes a longer look.
   * Looked for once, though many records carry the same.
   */
  public boolean isNobodys() {
    if (!searched) {
      searched = true;
      nobodys =
          scalar.isPresent() && isNobodys(scalar.get().value()) && !Persons.ANY.in(name.text());
    }
    return nobodys;
  }

  private static boolean isNobodys(Value value) {
    return value instanceof Value.Text text
        ? !Persons.ANY.in(text.text())
        : !(value instanceof Value.Int number && number.integer() >= Persons.NUMBER_MIN);
  }

  /** The message that came. */
  public KeyValue message() {
    if (message == null) {
      try {
        message = KeyValue.parser().parseFrom(request, start, length);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("what was read is no attribute", e);
      }
    }
    return message;
  }
}
