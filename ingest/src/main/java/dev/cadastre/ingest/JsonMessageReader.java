package dev.cadastre.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Map;
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
  private int depth;
  private int elements;

  JsonMessageReader(JsonParser in) {
    this.in = in;
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
    if (++depth > DEPTH_MAX) {
      throw refused("at most " + DEPTH_MAX + " nested messages", "more");
    }
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
      if ((seen & bit) != 0) {
        throw refused("each member once", "it twice");
      }
      seen |= bit;
      member(message, field);
    }
    depth--;
  }

  private void member(Message.Builder message, FieldDescriptor field)
      throws IOException, Undecodable {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return; // proto3: null is the default value
    }
    if (field.getContainingOneof() != null && message.hasOneof(field.getContainingOneof())) {
      throw refused("one kind of value", "two");
    }
    if (!field.isRepeated()) {
      message.setField(field, value(message, field));
      return;
    }
    expect(JsonToken.START_ARRAY, "an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      message.addRepeatedField(field, value(message, field));
    }
  }

  private Object value(Message.Builder parent, FieldDescriptor field)
      throws IOException, Undecodable {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return JsonScalars.read(in, field);
    }
    if (++elements > Elements.MAX) {
      throw new Undecodable(Elements.tooManyIn("record"));
    }
    Message.Builder child = parent.newBuilderForField(field);
    object(child);
    return child.build();
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
