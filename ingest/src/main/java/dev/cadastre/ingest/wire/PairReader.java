package dev.cadastre.ingest.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.cadastre.formats.value.Value;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of one request's records, each different one once. */
final class PairReader {
  /** What is left of protobuf's limit of 100 inside a record. */
  static final int RECURSION_LIMIT = 99;

  private static final int KEY = delimited(KeyValue.KEY_FIELD_NUMBER);
  private static final int VALUE = delimited(KeyValue.VALUE_FIELD_NUMBER);
  private static final int STRING = delimited(AnyValue.STRING_VALUE_FIELD_NUMBER);

  private final byte[] request;
  private final Slices<Pair> pairs;
  private final Slices<Name> names;

  PairReader(byte[] request) {
    this.request = request;
    this.pairs = new Slices<>(request);
    this.names = new Slices<>(request);
  }

  private static int delimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * @throws InvalidProtocolBufferException if {@code length} bytes from {@code start} are no {@code
   *     KeyValue}
   */
  Pair read(int start, int length) throws InvalidProtocolBufferException {
    int hash = pairs.hash(start, length);
    Pair known = pairs.find(hash, start, length);
    if (known != null) {
      return known.again();
    }
    Pair text = text(start, length);
    Pair pair = text != null ? text : any(start, length);
    pairs.put(hash, start, length, pair);
    return pair;
  }

  /**
   * Reads an attribute that is a short name and a short string in ASCII, each member once and in
   * order, which most are; null for all others.
   */
  private @Nullable Pair text(int start, int length) {
    int end = start + length;
    int key = member(KEY, start, end);
    int value = key < 0 ? -1 : member(VALUE, key + request[key - 1], end);
    int string = value < 0 ? -1 : member(STRING, value, end);
    if (string < 0 || value + request[value - 1] != end || string + request[string - 1] != end) {
      return null;
    }
    int keyLength = request[key - 1];
    if (!Ascii.is(request, key, keyLength) || !Ascii.is(request, string, end - string)) {
      return null;
    }
    String text = new String(request, string, end - string, StandardCharsets.US_ASCII);
    return Pair.scalar(name(key, keyLength), Value.of(text), request, start, length);
  }

  /** Where the contents begin of a member with a length of one byte; -1 if there is none. */
  private int member(int tag, int at, int end) {
    return at + 2 <= end
            && request[at] == tag
            && request[at + 1] >= 0
            && at + 2 + request[at + 1] <= end
        ? at + 2
        : -1;
  }

  private Name name(int start, int length) {
    int hash = names.hash(start, length);
    Name known = names.find(hash, start, length);
    if (known != null) {
      return known;
    }
    Name name = Name.of(new String(request, start, length, StandardCharsets.US_ASCII));
    names.put(hash, start, length, name);
    return name;
  }

  private Pair any(int start, int length) throws InvalidProtocolBufferException {
    CodedInputStream in = CodedInputStream.newInstance(request, start, length);
    in.setRecursionLimit(RECURSION_LIMIT);
    try {
      KeyValue message = KeyValue.parseFrom(in);
      return Pair.of(message, Name.of(message.getKey()));
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("an array cannot be read", e);
    }
  }
}
