package dev.cadastre.ingest.envelope;

import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Takes records out of what shippers, queues and log stores wrap them in: the field {@code log} of
 * Fluent Bit or {@code message} of Vector, as JSON or as JSON in a string, once or twice; {@code
 * properties.log} of Azure's diagnostic settings, {@code Events[].CloudTrailEvent}, a CloudWatch
 * Logs subscription, a notification of SNS, messages of Pub/Sub, Kinesis, Firehose and Kafka, rows
 * of Log Analytics; several one after the other, and all in base64 or gzip. Only where a known
 * record comes to light is anything opened, and only members of these names are looked into: what a
 * log quotes elsewhere is no record.
 */
public final class Envelopes {
  /** Of eight objects inside one another, each in a string; lists and base64 are a step, too. */
  private static final int STEPS_MAX = 32;

  private static final int OBJECT_STEPS = 3;

  private static final int RECORDS_MAX = 10_000;

  /** Each character is read at each step. */
  private static final int READS_MAX = 32;

  private static final int PREFIX_CHARS_MAX = 512;

  private static final Set<String> NAMES =
      Set.of(
          // Shippers: Fluent Bit, Fluentd, Vector, Filebeat, Promtail, journald, Splunk.
          "log",
          "message",
          "msg",
          "event",
          "data",
          "record",
          "payload",
          "body",
          "line",
          "text",
          "content",
          "raw",
          "_raw",
          "original",
          "event.original",
          "log.original",
          "log.record.original",
          "log_processed",
          "parsed",
          "json",
          "audit",
          "alert",
          "entry",
          "result",
          "MESSAGE",
          "_source",
          // Lists.
          "Records",
          "records",
          "Events",
          "events",
          "entries",
          "logEvents",
          "logs",
          "items",
          "value",
          "values",
          "streams",
          "hits",
          "Messages",
          "messages",
          "receivedMessages",
          // Clouds.
          "CloudTrailEvent",
          "detail",
          "awslogs",
          "kinesis",
          "Sns",
          "Message",
          "Body",
          "Data",
          "data_base64",
          "properties",
          "Properties",
          "log_s",
          "RawData",
          "rawData",
          "jsonPayload",
          "textPayload");

  private static final String TABLES = "tables";

  /** Of Amazon MSK: a map of lists, by topic and partition. */
  private static final String BY_TOPIC = "records";

  private final BiPredicate<String, Set<String>> isRecord;
  private final List<Piece> pieces = new ArrayList<>();
  private final long charsMax;
  private long charsLeft;

  private Envelopes(BiPredicate<String, Set<String>> isRecord, long chars) {
    this.isRecord = isRecord;
    this.charsMax = Packed.charsMax(chars);
    this.charsLeft = READS_MAX * charsMax;
  }

  /**
   * What was taken out.
   *
   * @param text a record, or what stands in a list with records
   * @param around what held it alone; empty if nothing did
   */
  public record Piece(String text, String around) {}

  /** Whether a member or attribute of that name may hold records. */
  public static boolean isName(String name) {
    return NAMES.contains(name);
  }

  /** Whether a text may be base64 of what holds records. */
  public static boolean mayBePacked(String text) {
    return Packed.mayBe(text);
  }

  /** Whether an object with a member of that name may be an envelope. */
  public static boolean mayHave(String name) {
    return NAMES.contains(name) || name.equals(TABLES) || LogAnalytics.isMark(name);
  }

  /**
   * The records in a text, in their order; none if no record comes to light in it.
   *
   * @param isRecord whether a JSON object, with these names of its members, is a record
   * @throws Refused if there are too many
   */
  public static List<Piece> open(String text, BiPredicate<String, Set<String>> isRecord)
      throws Refused {
    Envelopes opening = new Envelopes(isRecord, text.length());
    return opening.opens(text, "", 0) ? opening.pieces : List.of();
  }

  private boolean opens(String untrimmed, String around, int depth) throws Refused {
    String text = untrimmed.strip();
    charsLeft -= text.length();
    if (text.isEmpty() || depth > STEPS_MAX || charsLeft < 0) {
      return false;
    }
    return switch (text.charAt(0)) {
      case '{' -> opensObjects(text, around, depth);
      case '[' -> {
        Optional<List<String>> items = JsonSlices.items(text);
        yield items.isPresent() && opensList(items.get(), depth);
      }
      case '"' -> {
        Optional<String> said = JsonSlices.string(text);
        yield said.isPresent() && opens(said.get(), around, depth + 1);
      }
      default -> opensText(text, around, depth);
    };
  }

  /** One, or several one after the other, as in files with one a line. */
  private boolean opensObjects(String text, String around, int depth) throws Refused {
    List<String> sequence = JsonSlices.sequence(text);
    return sequence.size() > 1 ? opensList(sequence, depth) : opensObject(text, around, depth);
  }

  private boolean opensObject(String text, String around, int depth) throws Refused {
    Optional<Map<String, String>> members = JsonSlices.members(text);
    if (members.isEmpty()) {
      return false;
    }
    if (isRecord.test(text, members.get().keySet())) {
      add(new Piece(text, around));
      return true;
    }
    String outer = around.isEmpty() ? text : around;
    Optional<String> row = LogAnalytics.record(members.get());
    if (row.isPresent() && opens(row.get(), outer, depth + OBJECT_STEPS)) {
      return true;
    }
    for (Map.Entry<String, String> member : members.get().entrySet()) {
      if (NAMES.contains(member.getKey())
          && opens(member.getValue(), outer, depth + OBJECT_STEPS)) {
        return true;
      }
    }
    List<String> rows = LogAnalytics.rows(members.get(), Math.min(charsLeft, charsMax));
    return opensList(rows, depth + OBJECT_STEPS)
        || opensList(byTopic(members.get()), depth + OBJECT_STEPS);
  }

  private static List<String> byTopic(Map<String, String> members) {
    return JsonSlices.members(members.getOrDefault(BY_TOPIC, "")).stream()
        .flatMap(topics -> topics.values().stream())
        .flatMap(list -> JsonSlices.items(list).stream().flatMap(List::stream))
        .toList();
  }

  /** Opens all; what is no record beside others that are is kept as it is. */
  private boolean opensList(List<String> items, int depth) throws Refused {
    int before = pieces.size();
    boolean any = false;
    for (String item : items) {
      if (opens(item, "", depth + 1)) {
        any = true;
      } else if (item.startsWith("{")) {
        add(new Piece(item, ""));
      }
    }
    if (!any) {
      pieces.subList(before, pieces.size()).clear();
    }
    return any;
  }

  /** What is no JSON: a line with something before the record, or base64. */
  private boolean opensText(String text, String around, int depth) throws Refused {
    int brace = text.indexOf('{');
    if (brace > 0 && brace <= PREFIX_CHARS_MAX && text.endsWith("}")) {
      return opens(text.substring(brace), around.isEmpty() ? text : around, depth + 1);
    }
    Optional<String> decoded = Packed.text(text, Math.min(charsLeft, charsMax));
    return decoded.isPresent() && opens(decoded.get(), around, depth + 1);
  }

  private void add(Piece piece) throws Refused {
    if (pieces.size() == RECORDS_MAX) {
      throw new Refused("a body holds at most " + RECORDS_MAX + " records");
    }
    pieces.add(piece);
  }
}
