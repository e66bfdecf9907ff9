package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.record.TranslatedRecord;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that a Collector made maps and arrays of, or passed on as bytes. */
class ForeignBatchesTest {
  /** JSON as a Collector's parser makes OTLP values of it. */
  private static AnyValue value(Json json) {
    if (json instanceof Json.Obj obj) {
      List<KeyValue> pairs = new ArrayList<>();
      obj.members().forEach((name, member) -> pairs.add(Otlp.attribute(name, value(member))));
      return Otlp.map(pairs.toArray(KeyValue[]::new));
    }
    if (json instanceof Json.Arr array) {
      return Otlp.array(
          array.items().stream().map(ForeignBatchesTest::value).toArray(AnyValue[]::new));
    }
    AnyValue.Builder value = AnyValue.newBuilder();
    if (json instanceof Json.Bool bool) {
      value.setBoolValue(bool.value());
    } else if (json instanceof Json.Num number) {
      value.setDoubleValue(number.value());
    } else if (json instanceof Json.Str text) {
      value.setStringValue(text.value());
    }
    return value.build();
  }

  private static AnyValue map(String json) throws Refused {
    return value(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a body brings, as the entries say it in the open. */
  private static List<LogRecord> told(AnyValue body) throws Undecodable {
    Log log = Log.of(LogRecord.newBuilder().setBody(body).build());
    return TranslatedRecord.of(log, Attributes.EMPTY).stream()
        .map(one -> ((Log) one.record()).message())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudtrail.json", "azure-keyvault.json", "opa.json", "kubernetes.json"})
  void mapsArraysAndBytesSayWhatTextSays(String file) throws Exception {
    String text = Files.readString(ForeignExamplesTest.EXAMPLES.resolve(file));
    List<LogRecord> told = told(Otlp.text(text));
    assertTrue(told.size() > 1, file);
    assertEquals(told, told(map(text)));
    assertEquals(
        told,
        told(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("\n" + text)).build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2]",
        "[]",
        "[{\"a\":1},{\"b\":2}]",
        "[{\"auditID\":1},2]",
        "{\"records\":[{\"a\":1}]}",
        "{\"records\":{\"eventSource\":1}}",
        "{\"items\":[{\"auditID\":1}]}",
        "{\"eventSource\":\"s\",\"records\":[{\"eventSource\":\"s\"}]}"
      })
  void otherMapsAndArraysStayWhatTheyAre(String json) throws Exception {
    LogRecord log = LogRecord.newBuilder().setBody(map(json)).build();
    assertEquals(List.of(log), Batches.split(log));
  }

  @Test
  void noBodyHoldsAnyNumberOfRecords() throws Exception {
    AnyValue record = map("{\"eventSource\":\"s\"}");
    List<AnyValue> most = Collections.nCopies(10_000, record);
    LogRecord log =
        LogRecord.newBuilder().setBody(Otlp.array(most.toArray(AnyValue[]::new))).build();
    assertEquals(10_000, Batches.split(log).size());
    LogRecord.Builder more = log.toBuilder();
    more.getBodyBuilder().getArrayValueBuilder().addValues(record);
    assertThrows(Refused.class, () -> Batches.split(more.build()));
  }
}
