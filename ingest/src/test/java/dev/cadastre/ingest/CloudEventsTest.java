package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.HttpClientOf.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CloudEvents say in our vocabulary. */
class CloudEventsTest extends WithCell {

  @BeforeAll
  static void allow() throws Exception {
    cell.allow("EU");
  }

  private static Answer post(String path, String type, byte[] body, String... headers)
      throws Exception {
    return client.post(path, TestCell.ACME, type, body, headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "drill.read, data.access",
    "other.read, data.access",
    "portal.read, data.access",
    "policy.decision, data.access",
    "com.example.done, data.access",
    "data.read, data.access",
  })
  void aCloudEventIsJudgedByWhatItsDataSays(String type, String kind) throws Exception {
    String flat =
        "{\"ledger.data.category\":\"x\",\"ledger.location.processing\":\"aws:us-east-1\"}";
    String nested =
        "{\"ledger\":{\"data\":{\"category\":\"x\"}},"
            + "\"cloud\":{\"provider\":\"aws\",\"region\":\"us-east-1\"},\"n\":[1]}";
    int number = 0;
    for (String data : List.of(flat, nested)) {
      String id = type + number++;
      String event =
          "{\"specversion\":\"1.0\",\"id\":\""
              + id
              + "\",\"source\":\"s\",\"type\":\""
              + type
              + "\"";
      String structured = event + ",\"data\":" + data + "}";
      assertJudged(id, kind, post("/v1/events/cloudevents", CLOUDEVENT, utf8(structured)));
      String base64 = Base64.getEncoder().encodeToString(utf8(data));
      String coded = event.replace(id, id + "c") + ",\"data_base64\":\"" + base64 + "\"}";
      assertJudged(id + "c", kind, post("/v1/events/cloudevents", CLOUDEVENT, utf8(coded)));
      Answer binary =
          post(
              "/v1/events/cloudevents",
              "application/json",
              utf8(data),
              "ce-specversion",
              "1.0",
              "ce-id",
              id + "b",
              "ce-source",
              "s",
              "ce-type",
              type);
      assertJudged(id + "b", kind, binary);
    }
  }

  private static final String CLOUDEVENT = "application/cloudevents+json";

  private static void assertJudged(String id, String kind, Answer answer) throws Exception {
    assertEquals(200, answer.code(), answer::toString);
    RecordEvent event = kept().get(kept().size() - 1);
    assertEquals(id, event.id());
    assertEquals(kind, event.kind().wire());
    assertEquals("violation", event.verdict().orElseThrow().outcome().wire(), event::toString);
  }

  @Test
  void whatTheEventItselfHasIsNotTakenFromItsData() throws Exception {
    String data =
        "{\"audit\":{\"record\":{\"id\":\"other\"},\"integrity\":{\"value\":\"x\"},\"action\":\"read\"},"
            + "\"ledger.data.operation\":\"read\",\"ledger.data.record_count\":3,\"cloudx\":{\"region\":\"y\"}}";
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"own\",\"source\":\"s\",\"type\":\"x.y\",\"data\":"
            + data
            + "}";
    assertEquals(200, post("/v1/events/cloudevents", CLOUDEVENT, utf8(event)).code());
    RecordEvent kept = kept().get(0);
    assertEquals("own", kept.id());
    assertTrue(kept.integrity().isEmpty());
    assertEquals("read", kept.attributes().string("audit.action").orElse(""));
    assertEquals(3, kept.attributes().integer("ledger.data.record_count").orElse(0));
    assertTrue(kept.body().isPresent(), "the data stays as it came");
  }

  @Test
  void otherDataIsNoneOfOurs() throws Exception {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"none\",\"source\":\"s\",\"type\":\"x.y\","
            + "\"data\":{\"cloud\":{\"region\":\"us-east-1\"},\"text\":\"the ledger\"}}";
    assertEquals(200, post("/v1/events/cloudevents", CLOUDEVENT, utf8(event)).code());
    RecordEvent kept = kept().get(0);
    assertEquals("other", kept.kind().wire());
    assertTrue(kept.attributes().string("cloud.region").isEmpty());
  }
}
