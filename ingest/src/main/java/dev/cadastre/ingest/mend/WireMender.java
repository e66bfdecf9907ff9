package dev.cadastre.ingest.mend;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Mends a protobuf message that the parser refuses for what its values are, in a copy and without
 * changing any length: each byte of a text that is not UTF-8 becomes a question mark, and what is
 * nested deeper than protobuf reads becomes a field that nobody knows. What breaks off is not
 * mended.
 */
public final class WireMender {
  /** Somewhat less than protobuf's own limit of 100, for a record lies inside a request. */
  private static final int DEPTH_MAX = 90;

  private static final int CHARS = 1 << 10;

  /** Field 15 with a length, which no value has: a tag of one byte, as those of values are. */
  private static final byte UNKNOWN = 15 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final byte[] bytes;
  private final CodedInputStream in;
  private final Notes notes = new Notes();

  private WireMender(byte[] bytes) {
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes);
  }

  /**
   * The message in {@code length} bytes from {@code start}; empty if it cannot be read so either.
   */
  public static <M extends Message> Optional<Mended<M>> mend(
      M prototype, byte[] request, int start, int length) {
    WireMender mender = new WireMender(Arrays.copyOfRange(request, start, start + length));
    try {
      mender.walk(prototype.getDescriptorForType(), 0);
      @SuppressWarnings("unchecked") // its own parser makes its own kind
      M message = (M) prototype.getParserForType().parseFrom(mender.bytes);
      return Optional.of(new Mended<>(message, mender.notes.toString()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void walk(Descriptor type, int depth) throws IOException {
    for (int at = in.getTotalBytesRead(); ; at = in.getTotalBytesRead()) {
      int tag = in.readTag();
      if (tag == 0) {
        return;
      }
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field == null || !delimited) {
        skip(tag);
      } else if (field.getType() == FieldDescriptor.Type.STRING) {
        text(field);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        message(field, at, depth);
      } else {
        skip(tag);
      }
    }
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that never began");
    }
  }

  private void message(FieldDescriptor field, int tagAt, int depth) throws IOException {
    int length = in.readRawVarint32();
    if (depth == DEPTH_MAX) {
      notes.add(field.getName() + " is nested deeper than protobuf reads");
      bytes[tagAt] = UNKNOWN;
      in.skipRawBytes(length);
      return;
    }
    int limit = in.pushLimit(length);
    walk(field.getMessageType(), depth + 1);
    in.popLimit(limit);
  }

  private void text(FieldDescriptor field) throws IOException {
    int length = in.readRawVarint32();
    int start = in.getTotalBytesRead();
    in.skipRawBytes(length);
    if (mended(ByteBuffer.wrap(bytes, start, length))) {
      notes.add(field.getName() + " is not UTF-8");
    }
  }

  /** Whether there was anything to mend. */
  private static boolean mended(ByteBuffer text) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(CHARS);
    boolean mended = false;
    while (true) {
      CoderResult result = decoder.decode(text, chars, true);
      chars.clear();
      if (result.isUnderflow()) {
        return mended;
      }
      if (result.isError()) {
        mended = true;
        for (int i = 0; i < result.length(); i++) {
          text.put((byte) '?');
        }
      }
    }
  }
}
