package dev.cadastre.ingest.otlp;

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
import dev.cadastre.ingest.request.Lists;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
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
 * <p>A record that is well-formed JSON but not a record is kept as {@link ReceivedRecord.Broken},
 * and so is what stands in the place of a Resource with its records, or of a Scope with its;
 * neighbours are decoded. What can be read of a frame that is otherwise than OTLP has it is read,
 * with a slip.
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

  /** Of a slip that keeps nothing from being read. */
  private static final byte[] NOTHING = {};

  private final Signal signal;
  private final byte[] request;
  private final RequestBounds bounds;
  private final JsonParser in;
  private final JsonMessageReader messages;
  private final List<DecodedRequest.Group> groups = new ArrayList<>();
  private int records;
  private int frames;
  private long elements;
  private String remark = "";

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
  public static DecodedRequest decode(Signal signal, byte[] request, RequestBounds bounds)
      throws Rejected {
    if (!UnsafeByteOperations.unsafeWrap(request).isValidUtf8()) {
      throw Rejected.badData("not JSON: the body is not UTF-8");
    }
    try (JsonParser in = FACTORY.createParser(request)) {
      OtlpJson decoder = new OtlpJson(signal, request, bounds, in);
      decoder.request();
      return new DecodedRequest(signal, decoder.groups, decoder.remark);
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
    expect(JsonToken.START_OBJECT, "an object");
    Slips ofRequest = this::slipOfRequest;
    members(
        Map.of(signal.resources().getJsonName(), () -> elements(this::resource, ofRequest)),
        ofRequest);
    if (in.nextToken() != null) {
      throw JsonScalars.refused(in, "the end after the request", JsonScalars.describe(in));
    }
    if (groups.isEmpty() && !remark.isEmpty()) {
      throw new Undecodable(remark);
    }
  }

  private void slipOfRequest(String why, byte[] raw) {
    if (raw.length == 0) {
      remark = why;
    } else {
      Scoped alone = Scoped.of(new ReceivedRecord.Broken(raw, why, Optional.empty()));
      groups.add(
          new DecodedRequest.Group(
              Resource.getDefaultInstance(), "", alone.scope, "", alone.records));
    }
  }

  private void resource() throws IOException, Rejected {
    countFrame();
    Resource.Builder resource = Resource.newBuilder();
    List<DecodedRequest.Slip> slips = new ArrayList<>(0);
    List<Scoped> scopes = new ArrayList<>(1);
    String[] schema = {""};
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Slips ofResource = slips(DecodedRequest.Part.RESOURCE, slips);
      members(
          Map.of(
              "resource",
              () -> messageOrNull(resource, DecodedRequest.Part.RESOURCE, slips),
              "schemaUrl",
              () -> schema[0] = textOrNull(ofResource),
              signal.scopes().getJsonName(),
              () -> elements(() -> scopes.add(scope()), ofResource)),
          ofResource);
    } else {
      scopes.add(Scoped.of(noObject()));
    }
    // Only now: the Resource may come after the scopes it describes.
    Resource whole = resource.build();
    if (scopes.stream().allMatch(scope -> scope.records.isEmpty())) {
      withoutRecords(slips).ifPresent(record -> scopes.add(Scoped.of(record)));
    }
    for (Scoped scope : scopes) {
      if (!scope.records.isEmpty()) {
        List<DecodedRequest.Slip> all = Lists.concat(slips, scope.slips);
        groups.add(
            new DecodedRequest.Group(
                whole, schema[0], scope.scope, scope.schema, all, scope.records));
      }
    }
  }

  private record Scoped(
      InstrumentationScope scope,
      String schema,
      List<DecodedRequest.Slip> slips,
      List<ReceivedRecord> records) {
    static Scoped of(ReceivedRecord record) {
      return new Scoped(InstrumentationScope.getDefaultInstance(), "", List.of(), List.of(record));
    }
  }

  private Scoped scope() throws IOException, Rejected {
    countFrame();
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return Scoped.of(noObject());
    }
    InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
    List<DecodedRequest.Slip> slips = new ArrayList<>(0);
    List<ReceivedRecord> arrived = new ArrayList<>();
    String[] schema = {""};
    Slips ofScope = slips(DecodedRequest.Part.SCOPE, slips);
    members(
        Map.of(
            "scope",
            () -> messageOrNull(scope, DecodedRequest.Part.SCOPE, slips),
            "schemaUrl",
            () -> schema[0] = textOrNull(ofScope),
            signal.records().getJsonName(),
            () -> elements(() -> arrived.add(record()), ofScope)),
        ofScope);
    if (arrived.isEmpty()) {
      withoutRecords(slips).ifPresent(arrived::add);
    }
    return new Scoped(scope.build(), schema[0], slips, arrived);
  }

  /**
   * What is wrong with a Resource or a Scope is told with its records; without any, the first thing
   * that could not be read stands for one.
   */
  private Optional<ReceivedRecord> withoutRecords(List<DecodedRequest.Slip> slips) throws Rejected {
    for (DecodedRequest.Slip slip : slips) {
      if (slip.raw().length > 0) {
        countRecord();
        slips.remove(slip);
        String why = slip.of().word() + ": " + slip.why();
        return Optional.of(new ReceivedRecord.Broken(slip.raw(), why, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static Slips slips(DecodedRequest.Part of, List<DecodedRequest.Slip> into) {
    return (why, raw) -> into.add(new DecodedRequest.Slip(of, why, raw));
  }

  private void countFrame() throws Rejected {
    if (++frames > bounds.recordsMax()) {
      throw Rejected.tooManyFrames(bounds.recordsMax());
    }
  }

  private void countRecord() throws Rejected {
    if (++records > bounds.recordsMax()) {
      throw Rejected.tooManyRecords(bounds.recordsMax());
    }
  }

  private ReceivedRecord record() throws IOException, Rejected {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return noObject();
    }
    countRecord();
    int start = (int) in.currentTokenLocation().getByteOffset();
    return bounds.tooLarge(request.length) ? measured(start) : record(in, messages, 0, start);
  }

  /** What stands in the place of a record, or of what holds records, and is no object. */
  private ReceivedRecord noObject() throws IOException, Rejected {
    countRecord();
    String why = expected("an object");
    int start = (int) in.currentTokenLocation().getByteOffset();
    int length = pass();
    return bounds.tooLarge(length)
        ? new ReceivedRecord.TooLarge(request, start, length, bounds.why(length))
        : new ReceivedRecord.Broken(bytes(start, length), why, Optional.empty());
  }

  private String expected(String what) throws IOException {
    return String.valueOf(JsonScalars.refused(in, what, JsonScalars.describe(in)).getMessage());
  }

  /** Goes on to the end of the current token's value, and says how many bytes that takes. */
  private int pass() throws IOException {
    int start = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    return (int) in.currentLocation().getByteOffset() - start;
  }

  private byte[] bytes(int start, int length) {
    return Arrays.copyOfRange(request, start, start + length);
  }

  private ReceivedRecord record(JsonParser json, JsonMessageReader reader, int base, int start)
      throws IOException, Rejected {
    int depth = json.getParsingContext().getNestingDepth();
    Message.Builder record = signal.newRecord();
    try {
      read(reader, record);
      return new ReceivedRecord.Decoded(record.build());
    } catch (Undecodable e) {
      byte[] raw = rest(json, base, start, depth);
      return new ReceivedRecord.Broken(raw, e.getMessage(), mended(signal.newRecord(), raw));
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
  private ReceivedRecord measured(int start) throws IOException, Rejected {
    in.skipChildren();
    int length = (int) in.currentLocation().getByteOffset() - start;
    if (bounds.tooLarge(length)) {
      return new ReceivedRecord.TooLarge(request, start, length, bounds.why(length));
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

  private void messageOrNull(
      Message.Builder message, DecodedRequest.Part of, List<DecodedRequest.Slip> slips)
      throws IOException, Rejected {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (in.currentToken() != JsonToken.START_OBJECT) {
      passOver(expected("an object"), slips(of, slips));
      return;
    }
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
      DecodedRequest.Part of,
      List<DecodedRequest.Slip> slips)
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
          new DecodedRequest.Slip(
              of, mended.map(Mended::note).orElse(String.valueOf(e.getMessage())), raw));
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

  private String textOrNull(Slips slips) throws IOException, Rejected {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    try {
      return JsonScalars.string(in);
    } catch (Undecodable e) {
      passOver(String.valueOf(e.getMessage()), slips);
      return "";
    }
  }

  /** Told of what is not as OTLP has it between the records, with the bytes that came. */
  private interface Slips {
    void add(String why, byte[] raw);
  }

  /** Passes over the current value, which is something else than it should be. */
  private void passOver(String why, Slips slips) throws IOException, Rejected {
    int start = (int) in.currentTokenLocation().getByteOffset();
    int length = pass();
    if (bounds.tooLarge(length)) {
      throw bounds.rejected("value", length);
    }
    slips.add(why, bytes(start, length));
  }

  private interface Step {
    void run() throws IOException, Rejected;
  }

  /** Runs the step of each known member of the current object, with its value as current token. */
  private void members(Map<String, Step> known, Slips slips) throws IOException, Rejected {
    Set<String> seen = new HashSet<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      @Nullable Step step = known.get(name);
      if (step == null) {
        in.skipChildren();
        continue;
      }
      if (!seen.add(name)) {
        // What either of them holds counts.
        slips.add(
            String.valueOf(JsonScalars.refused(in, "each member once", "it twice").getMessage()),
            NOTHING);
      }
      step.run();
    }
  }

  private void elements(Step element, Slips slips) throws IOException, Rejected {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (in.currentToken() == JsonToken.START_OBJECT) {
      // The only one, without brackets.
      slips.add(expected("an array"), NOTHING);
      element.run();
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      passOver(expected("an array"), slips);
      return;
    }
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
