package dev.cadastre.ingest.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.foreign.Batches;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.record.Mapped;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kubernetes audit events as API servers send them, and what becomes of them. */
class ForeignKubernetesTest {
  /** An item of an {@code EventList}, which has the list's type. */
  private static String item(
      String verb, String resource, String stage, String status, String decision) {
    return """
    {"level":"Metadata","auditID":"a-1","stage":"STAGE","requestURI":"/api/v1/namespaces/p/RESOURCE/x","verb":"VERB",
     "user":{"username":"anna"},"objectRef":{"resource":"RESOURCE","namespace":"p","name":"x","apiVersion":"v1"},
     "responseStatus":{STATUS},"requestReceivedTimestamp":"2026-03-02T13:00:01.123456Z","stageTimestamp":"2026-03-02T13:00:01.223456Z",
     "annotations":{"authorization.k8s.io/decision":"DECISION"}}
    """
        .replace("STAGE", stage)
        .replace("VERB", verb)
        .replace("RESOURCE", resource)
        .replace("STATUS", status)
        .replace("DECISION", decision);
  }

  private static String ok(String verb, String resource, String stage) {
    return item(verb, resource, stage, "\"metadata\":{},\"code\":200", "allow");
  }

  @Test
  void itemsHaveTheTypeOfTheirList() throws Exception {
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
            + ok("get", "secrets", "ResponseComplete")
            + ","
            + ok("list", "secrets", "ResponseComplete")
            + "]}";
    List<LogRecord> records =
        Batches.split(LogRecord.newBuilder().setBody(Otlp.text(list)).build());
    assertEquals(2, records.size());
    Mapped read = Mapped.of(records.get(0));
    assertEquals("data.read", read.event().name());
    assertEquals("a-1/ResponseComplete", read.event().id());
    assertEquals("data.list", Mapped.of(records.get(1)).event().name());
    for (ForeignFormats formats :
        List.of(ForeignFormats.AUTO, ForeignFormats.named("kubernetes").orElseThrow())) {
      ImportReader reader =
          new ImportReader(
              new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), formats);
      assertEquals("", reader.next().orElseThrow().problem());
      assertEquals("", reader.next().orElseThrow().problem());
      assertTrue(reader.next().isEmpty());
    }
  }

  /** As in {@code ForeignExamplesTest}, and the code of the reason. */
  private static String told(String record) throws Exception {
    Mapped mapped = Mapped.body(record);
    return mapped.event().name()
        + " | "
        + mapped.open(Names.AUDIT_OUTCOME)
        + " | "
        + mapped.open(Names.REASON_CODE);
  }

  @Test
  void aWatchOfSecretsIsOneReadThatCountsAtItsEnd() throws Exception {
    assertEquals(
        "other.kubernetes.request | requested | ", told(ok("watch", "secrets", "RequestReceived")));
    assertEquals(
        "other.kubernetes.started | started | ", told(ok("watch", "secrets", "ResponseStarted")));
    assertEquals("data.read | success | ", told(ok("watch", "secrets", "ResponseComplete")));
    assertEquals("data.read | failure | ", told(ok("watch", "secrets", "Panic")));
    assertEquals(
        "data.delete | success | ", told(ok("deletecollection", "secrets", "ResponseComplete")));
    assertEquals("data.write | success | ", told(ok("patch", "secrets", "ResponseComplete")));
  }

  private static String refused(String message) {
    String status =
        "\"code\":403,\"status\":\"Failure\",\"reason\":\"Forbidden\",\"message\":\""
            + message.replace("\"", "\\\"")
            + "\"";
    return item("create", "pods", "ResponseComplete", status, "allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pods \"x\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1",
        "pods \"x\" is forbidden: maximum cpu usage per Container is 1, but limit is 2",
        "pods \"x\" is forbidden: unable to create new content in namespace p because it is being terminated",
        "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\""
      })
  void whatWasAuthorisedAndIsForbiddenAdmissionRefused(String message) throws Exception {
    assertEquals("admission.decision | denied | Forbidden", told(refused(message)));
    assertEquals(
        "policy.decision.authorization | denied | Forbidden",
        told(refused(message).replace("\"allow\"", "\"forbid\"")));
  }

  @Test
  void thePolicyThatRefusedIsTheReason() throws Exception {
    assertEquals(
        "admission.decision | denied | sov",
        told(
            refused(
                "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'sov' with binding 'b' denied request: no")));
    assertEquals(
        "admission.decision | denied | PodSecurity restricted:latest",
        told(
            refused(
                "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot != true")));
    assertEquals(
        "admission.decision | denied | x.y",
        told(refused("admission webhook \"x.y\" denied the request: pods \"x\" lack a region")));
  }

  /** Nor is admission asked about reads, and a proxied server's refusal says no reason. */
  @Test
  void otherFailuresAreNoDecisions() throws Exception {
    assertEquals(
        "other.kubernetes.get | denied | 403",
        told(item("get", "pods", "ResponseComplete", "\"code\":403", "allow")));
    assertEquals(
        "data.read | denied | Forbidden",
        told(
            item(
                "get",
                "secrets",
                "ResponseComplete",
                "\"code\":403,\"reason\":\"Forbidden\"",
                "allow")));
    assertEquals(
        "data.read | failure | NotFound",
        told(
            item(
                "get",
                "secrets",
                "ResponseComplete",
                "\"code\":404,\"reason\":\"NotFound\"",
                "allow")));
  }
}
