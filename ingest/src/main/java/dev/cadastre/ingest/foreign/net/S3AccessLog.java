package dev.cadastre.ingest.foreign.net;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.LineFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of Amazon S3's server access logs ("Amazon S3 server access log format"). The host that was
 * called names the region in newer lines; older ones leave the place open.
 */
public final class S3AccessLog implements LineFormat {
  private static final int OWNER = 64;

  /** Of the fields by position; what stands behind them came later and may be missing. */
  private static final List<String> FIELDS =
      List.of(
          "owner",
          "bucket",
          "time",
          "ip",
          "requester",
          "requestId",
          "operation",
          "key",
          "request",
          "status",
          "error",
          "bytes",
          "size",
          "ms",
          "turnaround",
          "referer",
          "agent",
          "version",
          "hostId",
          "signature",
          "cipher",
          "auth",
          "host",
          "tls");

  private static final int LEAST = 18;

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{2})/([A-Z][a-z]{2})/(\\d{4}):(\\d{2}:\\d{2}:\\d{2}) ([+-]\\d{2})(\\d{2})");
  private static final Pattern OPERATION = Pattern.compile("[A-Z0-9]++(?:\\.[A-Z0-9_]++)++");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  @Override
  public String name() {
    return "s3-access";
  }

  @Override
  public boolean mayBe(String line) {
    return line.length() > 2 * OWNER
        && line.charAt(OWNER) == ' '
        && line.indexOf(" [", OWNER) > 0
        && Character.digit(line.charAt(0), 16) >= 0;
  }

  @Override
  public Optional<Json.Obj> parsed(String line) {
    List<String> parts = LineWords.of(line);
    if (parts.size() < LEAST
        || parts.get(0).length() != OWNER
        || time(parts.get(2)).isEmpty()
        || !OPERATION.matcher(parts.get(6)).matches()) {
      return Optional.empty();
    }
    return Optional.of(LineWords.named(FIELDS, parts));
  }

  private static Optional<String> time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches() || !MONTHS.contains(time.group(2))) {
      return Optional.empty();
    }
    String month = String.format(Locale.ROOT, "%02d", MONTHS.indexOf(time.group(2)) + 1);
    return Optional.of(
        String.join("-", time.group(3), month, time.group(1))
            + "T"
            + time.group(4)
            + time.group(5)
            + ":"
            + time.group(6));
  }

  @Override
  public void map(Fields record, Mapping to) {
    String operation = record.text("operation").orElse("");
    to.id(record.text("requestId"));
    to.time(record.text("time").flatMap(S3AccessLog::time));
    to.put(Names.CLOUD_PROVIDER, "aws");
    to.put(Names.AUDIT_ACTION, "s3:" + operation);
    actor(record, to);
    outcome(record, to);
    Optional<String> bucket = record.text("bucket").map(name -> "arn:aws:s3:::" + name);
    Optional<String> object =
        Fields.first(bucket.flatMap(arn -> record.text("key").map(key -> arn + "/" + key)), bucket);
    to.target(Optional.of("AWS::S3::Object"), object);
    subject(operation, object, to);
    to.put(Names.SERVER_ADDRESS, record.text("host"));
    to.put("tls.protocol.version", record.text("tls"));
    record.number("bytes").ifPresent(bytes -> to.put("http.response.body.size", bytes));
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }

  /** {@code REST.GET.OBJECT}: how it was asked for, the verb, and of what. */
  private static void subject(String operation, Optional<String> object, Mapping to) {
    String[] parts = operation.split("\\.", -1);
    String verb = parts.length > 1 ? parts[1] : "";
    String of = parts[parts.length - 1];
    boolean data = of.contains("OBJECT") || of.contains("PART") || of.contains("UPLOAD");
    boolean bucket = of.equals("BUCKET");
    if (data && !of.endsWith("ACL") && !of.endsWith("TAGGING")) {
      to.data(dataOperation(verb), object);
    } else if (bucket && (verb.equals("GET") || verb.equals("HEAD"))) {
      to.data("list", object);
    } else if (bucket) {
      to.event("lifecycle.s3." + verb.toLowerCase(Locale.ROOT) + "_bucket");
      to.put(Names.DATA_OBJECT_ID, object);
    } else {
      to.other("s3." + operation);
    }
  }

  private static String dataOperation(String verb) {
    return switch (verb) {
      case "GET", "HEAD", "SELECT" -> "read";
      case "DELETE", "EXPIRE" -> "delete";
      case "COPY" -> "copy";
      default -> "write";
    };
  }

  private static void actor(Fields record, Mapping to) {
    Optional<String> who = record.text("requester");
    boolean service = who.filter(name -> name.startsWith("svc:")).isPresent();
    to.actor(service ? "service" : "user", who);
    to.put("audit.source.ip", record.text("ip"));
    to.hide("user_agent.original", record.text("agent"));
  }

  private static void outcome(Fields record, Mapping to) {
    long status = record.number("status").orElse(0L);
    to.outcome(status == 403 || status == 401 ? "denied" : status >= 400 ? "failure" : "success");
    to.put("error.type", record.text("error"));
    to.put(Names.REASON_CODE, record.text("error"));
  }
}
