package dev.cadastre.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.mend.Notes;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an OTLP/JSON request, strictly as the OTLP specification has it (section "JSON Protobuf
 * Encoding"). protobuf's own {@code JsonFormat} reads ids as base64 and takes snake_case and enum
 * names, and refuses unknown members unless told otherwise.
 *
 * <p>A record that is well-formed JSON but not a record is kept as {@link Arrived.Broken}; its
 * neighbours are decoded.
 */
public final class OtlpJson {
  /** Deep enough that a record nested too deep for OTLP can still be skipped and kept. */
  private static final int JSON_DEPTH_MAX = 10_000;

  /** Records are decoded at once; more in each is possible, if others have less. */
  private static final int ELEMENTS_PER_RECORD = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JSON_DEPTH_MAX)
                  // No record is larger; what stands between records is read from the request
                  // itself.
                  .maxStringLength(RequestBounds.RECORD_BYTES_MAX)
                  .build())
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // JSON is UTF-8 (RFC 8259)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // senders choose the names
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // would quote content in messages
          .build();

  private final Signal signal;
  private final byte[] request;
  private final RequestBounds bounds;
  private final JsonParser in;
  private final JsonMessageReader messages;
  private final List<Batch.Group> groups = new ArrayList<>();
  private int records;
  private int frames;
  private long elements;

  private OtlpJson(Signal signal, byte[] request, RequestBounds bounds, JsonParser in) {
    this.signal = signal;
    this.request = request;
    this.bounds = bounds;
    this.in = in;
    this.messages = new JsonMessageReader(in);
  }

  /**
   * Decodes a request.
   *
   * @throws Rejected if it is not UTF-8, not JSON, or its frame is not OTLP's, or if there are more
   *     records, or Resources and Scopes, than {@code bounds} says, or too much in these
   */
  static Batch decode(Signal signal, byte[] request, RequestBounds bounds) throws Rejected {
    if (!UnsafeByteOperations.unsafeWrap(request).isValidUtf8()) {
      throw Rejected.badData("not JSON: the body is not UTF-8");
    }
    try (JsonParser in = FACTORY.createParser(request)) {
      OtlpJson decoder = new OtlpJson(signal, request, bounds, in);
      decoder.request();
      return new Batch(signal, decoder.groups);
    } catch (JsonEOFException e) {
      throw Rejected.badData("not JSON: it ends before it is complete");
    } catch (JsonProcessingException e) {
      throw Rejected.badData("not JSON: " + e.getOriginalMessage() + where(e));
    } catch (Undecodable e) {
      throw Rejected.badData("not an OTLP/JSON request: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
  }

  private void request() throws IOException, Undecodable, Rejected {
    in.nextToken();
    members(Map.of(signal.resources().getJsonName(), () -> elements(this::resource)));
    if (in.nextToken() != null) {
      throw JsonScalars.refused(in, "the end after the request", JsonScalars.describe(in));
    }
  }

  private void resource() throws IOException, Undecodable, Rejected {
    countFrame();
    Resource.Builder resource = Resource.newBuilder();
    List<Batch.Slip> slips = new ArrayList<>(0);
    List<Scoped> scopes = new ArrayList<>(1);
    String[] schema = {""};
    members(
        Map.of(
            "resource",
            () -> messageOrNull(resource, Batch.Part.RESOURCE, slips),
            "schemaUrl",
            () -> schema[0] = textOrNull(),
            signal.scopes().getJsonName(),
            () -> elements(() -> scopes.add(scope()))));
    // Only now: the Resource may come after the scopes it describes.
    Resource whole = resource.build();
    requireRecords(slips, scopes);
    for (Scoped scope : scopes) {
      if (!scope.records.isEmpty()) {
        List<Batch.Slip> all = Lists.concat(slips, scope.slips);
        groups.add(
            new Batch.Group(whole, schema[0], scope.scope, scope.schema, all, scope.records));
      }
    }
  }

  /** What is wrong with a Resource is told with its records; without any it is told at once. */
  private static void requireRecords(List<Batch.Slip> slips, List<Scoped> scopes)
      throws Undecodable {
    for (Batch.Slip slip : slips) {
      if (scopes.stream().allMatch(scope -> scope.records.isEmpty())) {
        throw new Undecodable(slip.why());
      }
    }
  }

  private record Scoped(
      InstrumentationScope scope, String schema, List<Batch.Slip> slips, List<Arrived> records) {}

  private Scoped scope() throws IOException, Undecodable, Rejected {
    countFrame();
    InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
    List<Batch.Slip> slips = new ArrayList<>(0);
    List<Arrived> arrived = new ArrayList<>();
    String[] schema = {""};
    members(
        Map.of(
            "scope",
            () -> messageOrNull(scope, Batch.Part.SCOPE, slips),
            "schemaUrl",
            () -> schema[0] = textOrNull(),
            signal.records().getJsonName(),
            () -> elements(() -> arrived.add(record()))));
    return new Scoped(scope.build(), schema[0], slips, arrived);
  }

  private void countFrame() throws Rejected {
    if (++frames > bounds.recordsMax()) {
      throw Rejected.tooManyFrames(bounds.recordsMax());
    }
  }

  private Arrived record() throws IOException, Undecodable, Rejected {
    if (++records > bounds.recordsMax()) {
      throw Rejected.tooManyRecords(bounds.recordsMax());
    }
    int start = (int) in.currentTokenLocation().getByteOffset();
    if (in.currentToken() != JsonToken.START_OBJECT) {
      Undecodable why = JsonScalars.refused(in, "an object", JsonScalars.describe(in));
      in.skipChildren();
      in.finishToken();
      int end = (int) in.currentLocation().getByteOffset();
      return new Arrived.Broken(
          Arrays.copyOfRange(request, start, end), why.getMessage(), Optional.empty());
    }
    return bounds.tooLarge(request.length) ? measured(start) : record(in, messages, 0, start);
  }

  private Arrived record(JsonParser json, JsonMessageReader reader, int base, int start)
      throws IOException, Rejected {
    int depth = json.getParsingContext().getNestingDepth();
    Message.Builder record = signal.newRecord();
    try {
      read(reader, record);
      return new Arrived.Decoded(record.build());
    } catch (Undecodable e) {
      byte[] raw = rest(json, base, start, depth);
      return new Arrived.Broken(raw, e.getMessage(), mended(signal.newRecord(), raw));
    }
  }

  /**
   * The bytes of the object that began at {@code start}, up to its end, where the parser goes.
   *
   * @param base where in the request the parser began
   */
  private byte[] rest(JsonParser json, int base, int start, int depth) throws IOException {
    skipToEnd(json, depth);
    int end = base + (int) json.currentLocation().getByteOffset();
    return Arrays.copyOfRange(request, start, end);
  }

  /** What can be read of an object that is not the message that it should be. */
  private Optional<Mended<Message>> mended(Message.Builder message, byte[] json)
      throws IOException, Rejected {
    Notes notes = new Notes();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      JsonMessageReader lenient = new JsonMessageReader(parser, Optional.of(notes));
      lenient.read(message);
      count(lenient.elements(), message);
      return Optional.of(new Mended<>(message.build(), notes.toString()));
    } catch (Undecodable e) {
      return Optional.empty();
    }
  }

  /**
   * In a large request, the record's length is found first: the parser passes over strings without
   * making any.
   */
  private Arrived measured(int start) throws IOException, Rejected {
    in.skipChildren();
    int length = (int) in.currentLocation().getByteOffset() - start;
    if (bounds.tooLarge(length)) {
      return new Arrived.TooLarge(request, start, length, bounds.why(length));
    }
    try (JsonParser own = FACTORY.createParser(request, start, length)) {
      own.nextToken();
      return record(own, new JsonMessageReader(own), start, start);
    }
  }

  /** Goes on to the end of the object whose members lie at {@code depth}. */
  private static void skipToEnd(JsonParser json, int depth) throws IOException {
    while (json.currentToken() != JsonToken.END_OBJECT
        || json.getParsingContext().getNestingDepth() != depth - 1) {
      json.nextToken();
    }
  }

  private void messageOrNull(Message.Builder message, Batch.Part of, List<Batch.Slip> slips)
      throws IOException, Undecodable, Rejected {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(JsonToken.START_OBJECT, "an object");
    int start = (int) in.currentTokenLocation().getByteOffset();
    if (!bounds.tooLarge(request.length)) {
      message(in, messages, 0, start, message, of, slips);
      return;
    }
    in.skipChildren();
    int length = (int) in.currentLocation().getByteOffset() - start;
    if (bounds.tooLarge(length)) {
      throw bounds.rejected(message.getDescriptorForType().getName(), length);
    }
    try (JsonParser own = FACTORY.createParser(request, start, length)) {
      own.nextToken();
      message(own, new JsonMessageReader(own), start, start, message, of, slips);
    }
  }

  private void message(
      JsonParser json,
      JsonMessageReader reader,
      int base,
      int start,
      Message.Builder message,
      Batch.Part of,
      List<Batch.Slip> slips)
      throws IOException, Rejected {
    int depth = json.getParsingContext().getNestingDepth();
    Message.Builder strict = message.getDefaultInstanceForType().newBuilderForType();
    try {
      read(reader, strict);
      message.mergeFrom(strict.build());
    } catch (Undecodable e) {
      byte[] raw = rest(json, base, start, depth);
      Optional<Mended<Message>> mended = mended(strict.clear(), raw);
      mended.ifPresent(one -> message.mergeFrom(one.message()));
      slips.add(
          new Batch.Slip(of, mended.map(Mended::note).orElse(String.valueOf(e.getMessage())), raw));
    }
  }

  private void read(JsonMessageReader reader, Message.Builder message)
      throws IOException, Undecodable, Rejected {
    reader.read(message);
    count(reader.elements(), message);
  }

  private void count(int more, Message.Builder message) throws Rejected {
    elements += more;
    if (elements > (long) bounds.recordsMax() * ELEMENTS_PER_RECORD) {
      throw Rejected.tooManyElements(message.getDescriptorForType().getName());
    }
  }

  private String textOrNull() throws IOException, Undecodable {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    return JsonScalars.string(in);
  }

  private interface Step {
    void run() throws IOException, Undecodable, Rejected;
  }

  /** Runs the step of each known member of the current object, with its value as current token. */
  private void members(Map<String, Step> known) throws IOException, Undecodable, Rejected {
    expect(JsonToken.START_OBJECT, "an object");
    Set<String> seen = new HashSet<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      @Nullable Step step = known.get(name);
      if (step == null) {
        in.skipChildren();
      } else if (seen.add(name)) {
        step.run();
      } else {
        throw JsonScalars.refused(in, "each member once", "it twice");
      }
    }
  }

  private void elements(Step element) throws IOException, Undecodable, Rejected {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(JsonToken.START_ARRAY, "an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  private void expect(JsonToken token, String what) throws IOException, Undecodable {
    if (in.currentToken() != token) {
      throw JsonScalars.refused(in, what, JsonScalars.describe(in));
    }
  }
}
