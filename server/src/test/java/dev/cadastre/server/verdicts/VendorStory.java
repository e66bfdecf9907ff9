package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.evidence.pack.PackBuilder;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.VerificationReport;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellServer;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cell.ServeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A story told from OTLP bytes to a verified pack: a cell with one tenant, what its vendor's
 * services send over HTTP, and what is signed of it.
 */
final class VendorStory implements AutoCloseable {
  private static final LogName BANK = new LogName("bank");
  private static final ServeSettings ANY_PORTS =
      ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0);

  private final HttpClient http = HttpClient.newHttpClient();
  private Duration ahead = Duration.ZERO;
  private final Cell cell;
  private final CellServer server;
  private final String sender;
  private final String customer;
  private final String viewer;

  VendorStory(Path directory, String policy) throws IOException, Refused {
    Path data = directory.resolve("data");
    CellIdentity identity =
        CellIdentity.settle(data, Optional.of("ledger.test"), Optional.of("eu"));
    cell = Cell.open(data, identity, () -> InstantSource.system().instant().plus(ahead));
    cell.operator("cli").addTenant(BANK, policy(policy));
    server = CellServer.start(cell, ANY_PORTS);
    sender = cell.tokens().issue(Role.INGEST, Optional.of(BANK), "vendor", Optional.empty());
    customer =
        cell.operator("cli")
            .issueToken(Role.COUNTERPART, Optional.of(BANK), "its HSM", Optional.empty());
    viewer = cell.tokens().issue(Role.VIEWER, Optional.of(BANK), "officer", Optional.empty());
  }

  private static PolicyYaml policy(String text) throws Refused {
    return PolicyYaml.parse("policy.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  void adopt(String policy) throws Refused {
    cell.operator("cli").adoptPolicy(BANK, policy(policy), "test");
  }

  /** A service reports an event that happens now; values that are whole numbers go as such. */
  void tell(String service, String event, Map<String, String> attributes)
      throws IOException, InterruptedException {
    tell(0, service, event, attributes);
  }

  /** The same for an event of some seconds from now. */
  void tell(long seconds, String service, String event, Map<String, String> attributes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(sender, seconds, service, event, attributes);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** The customer's own system reports an event. */
  void customerTells(String service, String event, Map<String, String> attributes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(customer, 0, service, event, attributes);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** Whether the customer's system may say something of another tenant. */
  int customerTellsOf(String tenant) throws IOException, InterruptedException {
    return send(customer, 0, "hsm", "key.use", Map.of("ledger.tenant.id", tenant)).statusCode();
  }

  /** What the portal answers to the customer's system. */
  int customerAsks(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.endpoints().portal() + path))
                .header("Authorization", "Bearer " + customer)
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private HttpResponse<String> send(
      String token, long seconds, String service, String event, Map<String, String> attributes)
      throws IOException, InterruptedException {
    String ns = cell.clock().instant().getEpochSecond() + seconds + "000000000";
    Json.Builder record =
        Json.Obj.builder()
            .put("timeUnixNano", ns)
            .put("eventName", event)
            .put("attributes", pairs(attributes));
    Json.Obj resource =
        Json.Obj.builder().put("attributes", pairs(Map.of("service.name", service))).build();
    Json.Obj scope =
        Json.Obj.builder().put("logRecords", new Json.Arr(List.of(record.build()))).build();
    Json.Obj logs =
        Json.Obj.builder()
            .put("resource", resource)
            .put("scopeLogs", new Json.Arr(List.of(scope)))
            .build();
    Json.Obj request = Json.Obj.builder().put("resourceLogs", new Json.Arr(List.of(logs))).build();
    return http.send(
        HttpRequest.newBuilder(URI.create(server.endpoints().otlpHttp() + "/v1/logs"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request.jcs()))
            .build(),
        BodyHandlers.ofString());
  }

  private static Json.Arr pairs(Map<String, String> attributes) {
    List<Json> pairs = new ArrayList<>();
    new TreeMap<>(attributes).forEach((name, value) -> pairs.add(pair(name, value)));
    return new Json.Arr(pairs);
  }

  private static Json pair(String name, String value) {
    String type = value.matches("[0-9]{1,9}") ? "intValue" : "stringValue";
    return Json.Obj.builder()
        .put("key", name)
        .put("value", Json.Obj.builder().put(type, value).build())
        .build();
  }

  /** The cell's clock goes forward. */
  void passes(Duration time) {
    ahead = ahead.plus(time);
  }

  /** What is signed of all that was told since the birth; its pack is verified, and no other. */
  ResidencyAttestation attested() throws IOException, Refused {
    cell.operator("cli").anchor();
    Periods periods = new Periods(new Anchors(cell.ledger()));
    return verified(periods.covering(BANK, Optional.empty(), Optional.empty()));
  }

  /** The same of what was told since the anchor before. */
  ResidencyAttestation attestedSince() throws IOException, Refused {
    cell.operator("cli").anchor();
    Anchors anchors = new Anchors(cell.ledger());
    long newest = anchors.of(BANK, 1).get(0).anchor().index();
    return verified(new Periods(anchors).endingWith(BANK, newest));
  }

  private ResidencyAttestation verified(Period period) throws IOException, Refused {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Attester attester = new Attester(cell.ledger(), cell.keys())) {
      new PackBuilder(cell.ledger(), attester, cell.keys()).write(period, out, done -> {});
      try (PackReader pack = PackReader.of(out.toByteArray(), PackLimits.STANDARD)) {
        TrustPolicy trust = TrustPolicy.parse(pack.bytes(PackLayout.TRUST_POLICY));
        VerificationReport report = PackVerifier.verify(pack, Optional.of(trust));
        assertTrue(report.verified(), report.toString());
      }
      return attester.attest(period).attestation();
    }
  }

  /** What the portal's API has of it all, once the index has read the log. */
  Json.Obj summary() throws IOException, Refused, InterruptedException {
    long size = cell.ledger().reader(BANK).size();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline) {
      Json.Obj summary = api("/summary?span=24h");
      if (summary.integer("indexed") >= size) {
        return summary;
      }
    }
    throw new AssertionError("the index did not read the log in time");
  }

  Json.Obj api(String path) throws IOException, Refused, InterruptedException {
    HttpResponse<String> answer = get("/api/v1/tenants/" + BANK.value() + path);
    return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  String page(String path) throws IOException, InterruptedException {
    return get(path).body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(server.endpoints().portal() + path))
                .header("Authorization", "Bearer " + viewer)
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer;
  }

  @Override
  public void close() {
    server.close();
    cell.close();
  }
}
