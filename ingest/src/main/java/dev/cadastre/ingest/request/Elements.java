package dev.cadastre.ingest.request;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the messages within a message (attributes, values, span events, links) before it is read.
 * An empty one takes two bytes of a request, and dozens of bytes in memory.
 */
public final class Elements {
  /** In one record, Resource or Scope. What fits in an entry has fewer. */
  public static final int MAX = 1 << 16;

  private static final int BYTES_LEAST = 2;

  /** Deeper, protobuf itself refuses. */
  private static final int DEPTH_MAX = 100;

  private final CodedInputStream in;
  private int found;

  private Elements(CodedInputStream in) {
    this.in = in;
  }

  /** How many there are in {@code length} bytes from {@code start}; a few more than the maximum. */
  public static int count(Descriptor type, byte[] bytes, int start, int length) {
    Elements elements = new Elements(CodedInputStream.newInstance(bytes, start, length));
    try {
      elements.walk(type, 0);
    } catch (IOException malformed) {
      // The parser will not get farther, and says why.
    }
    return elements.found;
  }

  /** Whether there are too many; at once for what is too short to hold that many. */
  public static boolean tooMany(Descriptor type, byte[] bytes, int start, int length) {
    return length > MAX * BYTES_LEAST && count(type, bytes, start, length) > MAX;
  }

  public static String tooManyIn(String what) {
    return "more than " + MAX + " attributes, values, events or links in one " + what;
  }

  private void walk(Descriptor type, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0 && found <= MAX; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (delimited && message && depth < DEPTH_MAX) {
        found++;
        int limit = in.pushLimit(in.readRawVarint32());
        walk(field.getMessageType(), depth + 1);
        in.skipRawBytes(Math.max(0, in.getBytesUntilLimit()));
        in.popLimit(limit);
      } else if (!in.skipField(tag)) {
        return;
      }
    }
  }
}
