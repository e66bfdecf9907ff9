package dev.cadastre.ingest.otlp;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.residency.CalledHosts;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Names;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the data of an event says in our vocabulary, as attributes: an event that has no place for
 * attributes is judged like one that has. Members may be nested, {@code {"ledger": {"data": …}}},
 * or named with their dots.
 */
final class OwnWords {
  private static final List<String> OURS = List.of("ledger.", "audit.", "gen_ai.");

  /** What the event itself has, or what was made over another form of it. */
  private static final List<String> NOT_TAKEN =
      List.of(Names.AUDIT_RECORD_ID, "audit.integrity.", "ledger.source.");

  private final List<KeyValue> ours = new ArrayList<>();

  /** Where that was, in others' words, which means something beside ours. */
  private final List<KeyValue> beside = new ArrayList<>();

  private OwnWords() {}

  /** The event with what its body says among its attributes; the body stays as it is. */
  static LogRecord told(LogRecord event) {
    String body = event.getBody().getStringValue();
    if (OURS.stream().noneMatch(word -> body.contains(word.substring(0, word.length() - 1)))) {
      return event;
    }
    OwnWords words = new OwnWords();
    try {
      words.read("", Json.parseObject(body.getBytes(StandardCharsets.UTF_8)));
    } catch (Refused noObject) {
      return event;
    }
    return words.ours.isEmpty()
        ? event
        : event.toBuilder().addAllAttributes(words.ours).addAllAttributes(words.beside).build();
  }

  private void read(String path, Json.Obj object) {
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      String name = path + member.getKey();
      boolean leads = leads(name + ".");
      if (member.getValue() instanceof Json.Obj deeper && leads) {
        read(name + ".", deeper);
      } else if (OURS.stream().anyMatch(name::startsWith)) {
        if (NOT_TAKEN.stream().noneMatch(name::startsWith)) {
          ours.add(pair(name, member.getValue()));
        }
      } else if (Judge.READS.contains(name) || CalledHosts.isName(name)) {
        beside.add(pair(name, member.getValue()));
      }
    }
  }

  /** Whether what is behind so many parts of a name may be of ours, or be read beside ours. */
  private static boolean leads(String path) {
    return OURS.stream().anyMatch(word -> path.startsWith(word) || word.startsWith(path))
        || path.equals("cloud.")
        || path.equals("server.")
        || path.equals("url.")
        || path.equals("http.");
  }

  private static KeyValue pair(String name, Json value) {
    return KeyValue.newBuilder().setKey(name).setValue(value(value)).build();
  }

  private static AnyValue value(Json value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof Json.Str text) {
      any.setStringValue(text.value());
    } else if (value instanceof Json.Bool truth) {
      any.setBoolValue(truth.value());
    } else if (value instanceof Json.Num number) {
      number(number.value(), any);
    } else if (value instanceof Json.Arr array) {
      any.setArrayValue(
          ArrayValue.newBuilder()
              .addAllValues(array.items().stream().map(OwnWords::value).toList()));
    } else if (value instanceof Json.Obj object) {
      KeyValueList.Builder members = KeyValueList.newBuilder();
      object.members().forEach((name, member) -> members.addValues(pair(name, member)));
      any.setKvlistValue(members);
    }
    return any.build();
  }

  private static void number(double number, AnyValue.Builder any) {
    if (number == Math.rint(number) && Math.abs(number) <= Json.MAX_INTEGER) {
      any.setIntValue((long) number);
    } else {
      any.setDoubleValue(number);
    }
  }
}
