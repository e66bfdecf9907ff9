package dev.cadastre.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.cadastre.ingest.mend.Notes;
import dev.cadastre.ingest.request.Elements;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one protobuf message from JSON, driven by the message's descriptor. proto3's JSON mapping
 * with OTLP's deviations: lowerCamelCase names only, unknown names ignored, a name at most once.
 */
final class JsonMessageReader {
  /** As protobuf itself bounds it, so that both encodings accept the same records. */
  private static final int DEPTH_MAX = 100;

  private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS =
      new ConcurrentHashMap<>();

  private final JsonParser in;
  private final Optional<Notes> notes;
  private int depth;
  private int elements;

  /** Reads strictly. */
  JsonMessageReader(JsonParser in) {
    this(in, Optional.empty());
  }

  /**
   * @param notes told of members that are not as they should be, which are then passed over; if
   *     empty, the first of them is refused
   */
  JsonMessageReader(JsonParser in, Optional<Notes> notes) {
    this.in = in;
    this.notes = notes;
  }

  /**
   * Reads the object whose start is the current token into {@code message}; afterwards its end is.
   *
   * @throws Undecodable if the JSON is well formed but is not this message
   * @throws IOException if it is not well formed
   */
  void read(Message.Builder message) throws IOException, Undecodable {
    depth = 0;
    elements = 0;
    object(message);
  }

  /** How many messages the last one that was read had in it. */
  int elements() {
    return elements;
  }

  private void object(Message.Builder message) throws IOException, Undecodable {
    expect(JsonToken.START_OBJECT, "an object");
    if (depth == DEPTH_MAX) {
      throw refused("at most " + DEPTH_MAX + " nested messages", "more");
    }
    depth++;
    Map<String, FieldDescriptor> fields = fields(message.getDescriptorForType());
    long seen = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = fields.get(in.currentName());
      in.nextToken();
      if (field == null) {
        in.skipChildren();
        continue;
      }
      long bit = 1L << field.getIndex();
      boolean again = (seen & bit) != 0;
      seen |= bit;
      member(message, field, again);
    }
    depth--;
  }

  private void member(Message.Builder message, FieldDescriptor field, boolean again)
      throws IOException, Undecodable {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return; // proto3: null is the default value
    }
    OneofDescriptor kinds = field.getContainingOneof();
    boolean other = kinds != null && message.hasOneof(kinds);
    if (again || other) {
      Undecodable why =
          again ? refused("each member once", "it twice") : refused("one kind of value", "two");
      tell(why);
      if (message instanceof AnyValue.Builder value) {
        beside(value, field);
        return;
      }
    }
    if (!field.isRepeated()) {
      Optional<Object> value = value(message, field);
      if (value.isPresent()) {
        boolean both = again && value.get() instanceof AnyValue;
        if (both) {
          message.setField(field, both((AnyValue) message.getField(field), (AnyValue) value.get()));
        } else if (!again) {
          message.setField(field, value.get());
        }
      }
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      tell(refused("an array", JsonScalars.describe(in)));
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      value(message, field).ifPresent(value -> message.addRepeatedField(field, value));
    }
  }

  /** Of two values that are given for one, both count. */
  private void beside(AnyValue.Builder first, FieldDescriptor field)
      throws IOException, Undecodable {
    AnyValue.Builder second = AnyValue.newBuilder();
    member(second, field, false);
    AnyValue both = both(first.build(), second.build());
    first.clear().mergeFrom(both);
  }

  private static AnyValue both(AnyValue first, AnyValue second) {
    return AnyValue.newBuilder()
        .setArrayValue(ArrayValue.newBuilder().addValues(first).addValues(second))
        .build();
  }

  /** The current token's value; empty if it was passed over. */
  private Optional<Object> value(Message.Builder parent, FieldDescriptor field)
      throws IOException, Undecodable {
    int deep = depth;
    int nesting = nesting();
    try {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        return Optional.of(JsonScalars.read(in, field));
      }
      if (++elements > Elements.MAX) {
        throw new Undecodable(Elements.tooManyIn("record"));
      }
      Message.Builder child = parent.newBuilderForField(field);
      object(child);
      return Optional.of(child.build());
    } catch (Undecodable e) {
      tell(e);
      depth = deep;
      skipFrom(nesting);
      return Optional.empty();
    }
  }

  /** How many objects and arrays the current token lies in, not counting the one it opens. */
  private int nesting() {
    int nesting = in.getParsingContext().getNestingDepth();
    return in.currentToken().isStructStart() ? nesting - 1 : nesting;
  }

  /** Goes on to the end of the value that began so deep. */
  private void skipFrom(int nesting) throws IOException {
    while (in.getParsingContext().getNestingDepth() > nesting) {
      in.nextToken();
    }
  }

  private void tell(Undecodable why) throws Undecodable {
    if (notes.isEmpty() || elements > Elements.MAX) {
      throw why;
    }
    notes.get().add(String.valueOf(why.getMessage()));
  }

  private void expect(JsonToken token, String what) throws IOException, Undecodable {
    if (in.currentToken() != token) {
      throw refused(what, JsonScalars.describe(in));
    }
  }

  private Undecodable refused(String expected, String found) {
    return JsonScalars.refused(in, expected, found);
  }

  private static Map<String, FieldDescriptor> fields(Descriptor descriptor) {
    @Nullable Map<String, FieldDescriptor> known = FIELDS.get(descriptor);
    return known != null
        ? known
        : FIELDS.computeIfAbsent(
            descriptor,
            d ->
                d.getFields().stream()
                    .collect(Collectors.toMap(FieldDescriptor::getJsonName, Function.identity())));
  }
}
