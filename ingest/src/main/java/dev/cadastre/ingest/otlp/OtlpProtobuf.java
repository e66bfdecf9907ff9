package dev.cadastre.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.mend.WireMender;
import dev.cadastre.ingest.request.Elements;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.wire.LogRecordReader;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the frame of an OTLP request in protobuf and leaves its records encoded (see {@link
 * ReceivedRecord}). The frame is walked by hand for that reason, and so that a request of millions
 * of empty records is refused before anything is allocated for them.
 */
public final class OtlpProtobuf {
  // Logs and traces number the fields of their frame alike.
  private static final int RESOURCE = delimited(ResourceLogs.RESOURCE_FIELD_NUMBER);
  private static final int RESOURCE_SCHEMA = delimited(ResourceLogs.SCHEMA_URL_FIELD_NUMBER);
  private static final int SCOPE = delimited(ScopeLogs.SCOPE_FIELD_NUMBER);
  private static final int SCOPE_SCHEMA = delimited(ScopeLogs.SCHEMA_URL_FIELD_NUMBER);

  /** Resources and Scopes are decoded at once, and kept; records are not. */
  private static final int SHARED_PER_RECORD = 16;

  private final Signal signal;
  private final byte[] request;
  private final RequestBounds bounds;
  private final LogRecordReader logs;
  private final List<DecodedRequest.Group> groups = new ArrayList<>();
  private int records;
  private int frames;
  private long shared;

  private OtlpProtobuf(Signal signal, byte[] request, RequestBounds bounds) {
    this.signal = signal;
    this.request = request;
    this.bounds = bounds;
    this.logs = new LogRecordReader(request);
  }

  /**
   * Decodes a request. The batch keeps {@code request} and reads it again: the caller must not
   * change it.
   *
   * @throws Rejected if the frame is not protobuf; records are not looked at, or if there are more
   *     records, or Resources and Scopes, than {@code bounds} says, or too much in these
   */
  public static DecodedRequest decode(Signal signal, byte[] request, RequestBounds bounds)
      throws Rejected {
    OtlpProtobuf decoder = new OtlpProtobuf(signal, request, bounds);
    try {
      decoder.resources();
    } catch (IOException e) {
      throw Rejected.badData("not a protobuf OTLP request: " + e.getMessage());
    }
    return new DecodedRequest(signal, decoder.groups);
  }

  private void resources() throws IOException, Rejected {
    int resources = delimited(signal.resources());
    CodedInputStream in = CodedInputStream.newInstance(request);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == resources) {
        countFrame();
        resource(slice(in, 0));
      } else {
        skip(in, tag);
      }
    }
  }

  private void resource(Slice slice) throws IOException, Rejected {
    int scopes = delimited(signal.scopes());
    Resource.Builder resource = Resource.newBuilder();
    List<DecodedRequest.Slip> slips = new ArrayList<>(0);
    String schema = "";
    List<Slice> scopeSlices = new ArrayList<>(1);
    CodedInputStream in = slice.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == scopes) {
        countFrame();
        scopeSlices.add(slice(in, slice.start));
      } else if (tag == RESOURCE) {
        merge(slice(in, slice.start), resource, DecodedRequest.Part.RESOURCE, slips);
      } else if (tag == RESOURCE_SCHEMA) {
        schema = schema(slice(in, slice.start), DecodedRequest.Part.RESOURCE, slips);
      } else {
        skip(in, tag);
      }
    }
    // Only now: the Resource may come after the scopes it describes.
    Resource whole = resource.build();
    for (Slice scope : scopeSlices) {
      scope(scope, whole, schema, slips);
    }
  }

  private void scope(
      Slice slice, Resource resource, String resourceSchema, List<DecodedRequest.Slip> ofResource)
      throws IOException, Rejected {
    List<DecodedRequest.Slip> slips = new ArrayList<>(ofResource);
    int recordTag = delimited(signal.records());
    InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
    String schema = "";
    List<ReceivedRecord> arrived = new ArrayList<>();
    CodedInputStream in = slice.open();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == recordTag) {
        count();
        Slice record = slice(in, slice.start);
        arrived.add(arrived(record));
      } else if (tag == SCOPE) {
        merge(slice(in, slice.start), scope, DecodedRequest.Part.SCOPE, slips);
      } else if (tag == SCOPE_SCHEMA) {
        schema = schema(slice(in, slice.start), DecodedRequest.Part.SCOPE, slips);
      } else {
        skip(in, tag);
      }
    }
    if (!arrived.isEmpty()) {
      groups.add(
          new DecodedRequest.Group(
              resource, resourceSchema, scope.build(), schema, slips, arrived));
    }
  }

  private ReceivedRecord arrived(Slice record) {
    return bounds.tooLarge(record.length)
        ? new ReceivedRecord.TooLarge(
            request, record.start, record.length, bounds.why(record.length))
        : new ReceivedRecord.Encoded(signal, request, record.start, record.length, logs);
  }

  private void count() throws Rejected {
    if (++records > bounds.recordsMax()) {
      throw Rejected.tooManyRecords(bounds.recordsMax());
    }
  }

  private void countFrame() throws Rejected {
    if (++frames > bounds.recordsMax()) {
      throw Rejected.tooManyFrames(bounds.recordsMax());
    }
  }

  private record Slice(byte[] bytes, int start, int length) {
    CodedInputStream open() {
      return CodedInputStream.newInstance(bytes, start, length);
    }
  }

  /** The length-delimited field that {@code in}, which began at {@code origin}, stands before. */
  private Slice slice(CodedInputStream in, int origin) throws IOException {
    int length = in.readRawVarint32();
    Slice slice = new Slice(request, origin + in.getTotalBytesRead(), length);
    in.skipRawBytes(length);
    return slice;
  }

  /** A singular message that comes twice is merged: that is protobuf's rule. */
  private void merge(
      Slice slice, Message.Builder into, DecodedRequest.Part of, List<DecodedRequest.Slip> slips)
      throws InvalidProtocolBufferException, Rejected {
    Descriptor type = into.getDescriptorForType();
    if (bounds.tooLarge(slice.length)) {
      throw bounds.rejected(type.getName(), slice.length);
    }
    int elements = Elements.count(type, slice.bytes, slice.start, slice.length);
    shared += elements;
    if (elements > Elements.MAX || shared > (long) bounds.recordsMax() * SHARED_PER_RECORD) {
      throw Rejected.tooManyElements(type.getName());
    }
    try {
      into.mergeFrom(
          into.getDefaultInstanceForType()
              .getParserForType()
              .parseFrom(slice.bytes, slice.start, slice.length));
    } catch (InvalidProtocolBufferException e) {
      byte[] raw = Arrays.copyOfRange(slice.bytes, slice.start, slice.start + slice.length);
      Optional<Mended<Message>> mended =
          WireMender.mend(into.getDefaultInstanceForType(), slice.bytes, slice.start, slice.length);
      mended.ifPresent(one -> into.mergeFrom(one.message()));
      slips.add(
          new DecodedRequest.Slip(
              of, mended.map(Mended::note).orElse("not protobuf: " + e.getMessage()), raw));
    }
  }

  private String schema(Slice slice, DecodedRequest.Part of, List<DecodedRequest.Slip> slips)
      throws Rejected {
    if (bounds.tooLarge(slice.length)) {
      throw bounds.rejected("schema URL", slice.length);
    }
    ByteString bytes = ByteString.copyFrom(request, slice.start, slice.length);
    if (!bytes.isValidUtf8()) {
      slips.add(new DecodedRequest.Slip(of, "schema_url is not UTF-8", bytes.toByteArray()));
    }
    return bytes.toStringUtf8();
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that never began");
    }
  }

  private static int delimited(FieldDescriptor field) {
    return delimited(field.getNumber());
  }

  private static int delimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
