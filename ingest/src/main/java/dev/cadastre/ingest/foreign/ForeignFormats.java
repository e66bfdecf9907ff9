package dev.cadastre.ingest.foreign;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ingest.envelope.Envelopes;
import dev.cadastre.ingest.foreign.aws.CloudTrail;
import dev.cadastre.ingest.foreign.azure.AzureActivity;
import dev.cadastre.ingest.foreign.azure.AzureKeyVault;
import dev.cadastre.ingest.foreign.azure.EntraSignIn;
import dev.cadastre.ingest.foreign.format.AnyJson;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.ForeignRecord;
import dev.cadastre.ingest.foreign.format.LineFormat;
import dev.cadastre.ingest.foreign.gcp.GcpAudit;
import dev.cadastre.ingest.foreign.identity.OktaSystemLog;
import dev.cadastre.ingest.foreign.net.MeshAccessLog;
import dev.cadastre.ingest.foreign.net.S3AccessLog;
import dev.cadastre.ingest.foreign.net.VpcFlowLog;
import dev.cadastre.ingest.foreign.platform.FalcoAlert;
import dev.cadastre.ingest.foreign.platform.KubernetesAudit;
import dev.cadastre.ingest.foreign.platform.Ocsf;
import dev.cadastre.ingest.foreign.platform.OpaDecision;
import dev.cadastre.ingest.foreign.platform.VaultAudit;
import dev.cadastre.ingest.foreign.supply.CheckovReport;
import dev.cadastre.ingest.foreign.supply.InTotoStatement;
import dev.cadastre.ingest.foreign.supply.OpenLineageRun;
import dev.cadastre.ingest.foreign.supply.SarifLog;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The audit formats of other systems that are understood. Every log record that arrives is shown to
 * them, so whatever is none of theirs is told by a look at its first characters and names.
 */
public final class ForeignFormats {
  private static final List<ForeignFormat> ALL =
      List.of(
          new CloudTrail(),
          new GcpAudit(),
          new AzureActivity(),
          new AzureKeyVault(),
          new EntraSignIn(),
          new OktaSystemLog(),
          new VaultAudit(),
          new OpaDecision(),
          new KubernetesAudit(),
          new FalcoAlert(),
          new Ocsf(),
          new InTotoStatement(),
          new SarifLog(),
          new CheckovReport(),
          new OpenLineageRun(),
          new MeshAccessLog(),
          new S3AccessLog(),
          new VpcFlowLog());

  /** Every format. */
  public static final ForeignFormats AUTO = new ForeignFormats(ALL);

  private static final List<LineFormat> LINES = lines(ALL);

  private final List<ForeignFormat> formats;
  private final Set<String> members = new HashSet<>();

  private ForeignFormats(List<ForeignFormat> formats) {
    this.formats = formats;
    formats.forEach(format -> members.addAll(format.members()));
  }

  private static List<LineFormat> lines(List<ForeignFormat> formats) {
    return formats.stream()
        .filter(LineFormat.class::isInstance)
        .map(LineFormat.class::cast)
        .toList();
  }

  /** The names of all formats. */
  public static List<String> names() {
    return ALL.stream().map(ForeignFormat::name).toList();
  }

  /** The one format of that name; empty if there is none. */
  public static Optional<ForeignFormats> named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .map(format -> new ForeignFormats(List.of(format)));
  }

  /**
   * Whether a log record may bring a foreign one, as its body or its attributes: false only if it
   * brings none.
   *
   * @param marked whether one of its attributes {@link #isMark}
   */
  public static boolean mayBeIn(Optional<AnyValue> body, boolean marked) {
    if (marked || body.isEmpty()) {
      return marked;
    }
    return switch (body.get().getValueCase()) {
      case STRING_VALUE -> mayBeIn(body.get().getStringValue());
      case BYTES_VALUE, KVLIST_VALUE -> true;
      case ARRAY_VALUE ->
          body.get().getArrayValue().getValuesList().stream().anyMatch(AnyValue::hasKvlistValue);
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET -> false;
    };
  }

  /** A record may stand in it alone, or at the end of a line that begins otherwise. */
  private static boolean mayBeIn(String body) {
    if (body.isEmpty()) {
      return false;
    }
    char first = body.charAt(0);
    char last = body.charAt(body.length() - 1);
    return first == '{'
        || first == '['
        || first == '"'
        || first <= ' '
        || last == '}'
        || last <= ' '
        || LINES.stream().anyMatch(format -> format.mayBe(body))
        || Envelopes.mayBePacked(body);
  }

  /**
   * Whether an attribute of that name may belong to a foreign record that a Collector took apart.
   */
  public static boolean isMark(String name) {
    return EnclosingLog.isMark(name);
  }

  /**
   * The foreign record that a log record brings, as its body or taken apart by a Collector; empty
   * if it brings none.
   *
   * @param resource attributes of its Resource
   * @throws Refused if it looks like one and cannot be read
   */
  public Optional<ForeignRecord> translate(LogRecord log, Attributes resource) throws Refused {
    EnclosingLog.requireNoProblem(log);
    AnyValue body = log.getBody();
    return switch (body.getValueCase()) {
      case STRING_VALUE -> text(log, body.getStringValue(), resource);
      case BYTES_VALUE -> bytes(log, body.getBytesValue(), resource);
      case KVLIST_VALUE -> map(log, body, resource);
      case VALUE_NOT_SET -> assembled(log, resource);
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, ARRAY_VALUE, STRING_VALUE_STRINDEX ->
          Optional.empty();
    };
  }

  private Optional<ForeignRecord> bytes(LogRecord log, ByteString body, Attributes resource)
      throws Refused {
    boolean may = !body.isEmpty() && (body.byteAt(0) == '{' || body.byteAt(0) <= ' ');
    return may && body.isValidUtf8()
        ? text(log, body.toString(StandardCharsets.UTF_8), resource)
        : Optional.empty();
  }

  private Optional<ForeignRecord> text(LogRecord log, String text, Attributes resource)
      throws Refused {
    if (!startsObject(text)) {
      Optional<ForeignRecord> line = line(log, text, resource);
      return line.isPresent() ? line : assembled(log, resource);
    }
    List<ForeignFormat> candidates = formats.stream().filter(f -> marked(f, text)).toList();
    if (candidates.isEmpty()) {
      return assembled(log, resource);
    }
    Optional<Refused> slip = Optional.empty();
    Optional<Json.Obj> parsed;
    try {
      parsed = Optional.of(Json.parseObject(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Refused e) {
      slip = Optional.of(e);
      parsed = QuotedBodies.hashed(text);
    }
    if (parsed.isPresent()) {
      Fields record = new Fields(parsed.get());
      for (ForeignFormat format : candidates) {
        if (format.recognises(record)) {
          return Optional.of(Translation.ofBody(format, record, text, log, resource));
        }
      }
    }
    if (slip.isPresent()) {
      throw looksLike(candidates.get(0), slip.get());
    }
    return Optional.empty();
  }

  private Optional<ForeignRecord> line(LogRecord log, String text, Attributes resource)
      throws Refused {
    for (LineFormat format : lines(formats)) {
      Optional<Json.Obj> parsed = format.mayBe(text) ? format.parsed(text) : Optional.empty();
      if (parsed.isPresent()) {
        Fields record = new Fields(parsed.get());
        return Optional.of(Translation.ofBody(format, record, text, log, resource));
      }
    }
    return Optional.empty();
  }

  /** Whether a text may be a record that is a line and no JSON. */
  public boolean mayBeLine(String text) {
    return lines(formats).stream().anyMatch(format -> format.mayBe(text));
  }

  /**
   * Whether a JSON object is a record, or looks like one that cannot be read.
   *
   * @param names of its members
   */
  boolean recognises(String text, Set<String> names) {
    List<ForeignFormat> candidates =
        formats.stream()
            .filter(format -> format.members().stream().anyMatch(names::contains))
            .filter(format -> marked(format, text))
            .toList();
    if (candidates.isEmpty()) {
      return false;
    }
    try {
      Fields record = new Fields(Json.parseObject(text.getBytes(StandardCharsets.UTF_8)));
      return candidates.stream().anyMatch(format -> format.recognises(record));
    } catch (Refused unreadable) {
      return true;
    }
  }

  /** Whether a text has all that is in every record of one of the formats. */
  boolean mayHold(String text) {
    return formats.stream().anyMatch(format -> marked(format, text));
  }

  private static boolean startsObject(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && text.charAt(at) == '{';
  }

  private static boolean marked(ForeignFormat format, String text) {
    for (String mark : format.marks()) {
      if (!text.contains(mark)) {
        return false;
      }
    }
    return true;
  }

  private static Refused looksLike(ForeignFormat likely, Refused why) {
    return new Refused(
        "looks like a record of format " + likely.name() + "; " + why.getMessage(), why);
  }

  private Optional<ForeignRecord> map(LogRecord log, AnyValue body, Attributes resource)
      throws Refused {
    if (!hasMember(body.getKvlistValue().getValuesList())) {
      return Optional.empty();
    }
    Optional<Json> json = AnyJson.value(body);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    Fields record = Fields.of(json);
    for (ForeignFormat format : formats) {
      if (format.recognises(record)) {
        String text = new String(json.get().jcs(), StandardCharsets.UTF_8);
        return Optional.of(Translation.ofBody(format, record, text, log, resource));
      }
    }
    return assemble(log, resource);
  }

  /** Whether a map has a member of which one is in every record of one of the formats. */
  boolean hasMember(List<KeyValue> pairs) {
    for (KeyValue pair : pairs) {
      if (members.contains(pair.getKey())) {
        return true;
      }
    }
    return false;
  }

  private Optional<ForeignRecord> assembled(LogRecord log, Attributes resource) throws Refused {
    return EnclosingLog.isMarked(log) ? assemble(log, resource) : Optional.empty();
  }

  private Optional<ForeignRecord> assemble(LogRecord log, Attributes resource) throws Refused {
    Optional<EnclosingLog> carrier = EnclosingLog.of(log, resource);
    if (carrier.isEmpty()) {
      return Optional.empty();
    }
    for (ForeignFormat format : formats) {
      Optional<Json.Obj> record = format.assembled(carrier.get());
      if (record.isPresent()) {
        return Optional.of(
            Translation.ofCarrier(format, new Fields(record.get()), carrier.get(), log));
      }
    }
    return Optional.empty();
  }

  /** The names of the formats, for messages. */
  @Override
  public String toString() {
    return String.join(", ", formats.stream().map(ForeignFormat::name).toList());
  }
}
