package dev.cadastre.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.evidence.pack.PackBuilder;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
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
import dev.cadastre.server.yaml.YamlDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A tenant's log from OTLP bytes that a sender posts to a cell's port, to a pack that the verifier
 * took. What the attestation in that pack says is what a stranger is told.
 */
public final class Story implements AutoCloseable {
  /** When the story begins. */
  public static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private static final LogName TENANT = new LogName("bank");

  private static final List<Object> FRANKFURT =
      List.of("service.name", "payments", "cloud.provider", "aws", "cloud.region", "eu-central-1");

  private final Cell cell;
  private final CellServer server;
  private final String token;
  private Instant now = BEGIN;
  private OptionalLong before = OptionalLong.empty();
  private byte[] report = {};

  /** A cell in a folder, with a tenant whose policy is that YAML. */
  public static Story of(Path folder, String policy) throws IOException, Refused {
    return new Story(folder, policy);
  }

  private Story(Path folder, String policy) throws IOException, Refused {
    CellIdentity identity =
        CellIdentity.settle(folder, Optional.of("ledger.test"), Optional.of("eu"));
    cell = Cell.open(folder, identity, () -> now);
    byte[] yaml = policy.getBytes(StandardCharsets.UTF_8);
    cell.operator("cli").addTenant(TENANT, PolicyYaml.parse("policy.yaml", yaml));
    token = cell.operator("cli").issueToken(Role.INGEST, Optional.of(TENANT), "", Optional.empty());
    server =
        CellServer.start(
            cell, ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0));
  }

  /**
   * Sends one record of a service that runs in Frankfurt.
   *
   * @param seconds when it happened, from the beginning on
   * @param attributes names and values in turn: texts, numbers, lists of texts
   * @return its index in the log
   */
  public long happens(String name, double seconds, Object... attributes) throws Exception {
    return record(name, seconds, FRANKFURT, attributes);
  }

  /** The same of a service whose Resource says that. */
  public long record(String name, double seconds, List<Object> resource, Object... attributes)
      throws Exception {
    now = BEGIN.plusNanos((long) (seconds * 1e9));
    Json.Obj record =
        Json.Obj.builder()
            .put("eventName", name)
            .put("timeUnixNano", Long.toString(Duration.between(Instant.EPOCH, now).toNanos()))
            .put("attributes", attributes(attributes))
            .build();
    return send(record, resource);
  }

  /** Passes on what another system wrote. */
  public long receives(double seconds, String body) throws Exception {
    now = BEGIN.plusNanos((long) (seconds * 1e9));
    Json.Obj text = Json.Obj.builder().put("stringValue", body).build();
    return send(Json.Obj.builder().put("body", text).build(), List.of());
  }

  private long send(Json.Obj record, List<Object> of) throws Exception {
    final long index = cell.ledger().reader(TENANT).size();
    Json.Obj scope = Json.Obj.builder().put("logRecords", new Json.Arr(List.of(record))).build();
    Json.Obj resource = Json.Obj.builder().put("attributes", attributes(of.toArray())).build();
    Json.Obj logs =
        Json.Obj.builder()
            .put("resource", resource)
            .put("scopeLogs", new Json.Arr(List.of(scope)))
            .build();
    post(Json.Obj.builder().put("resourceLogs", new Json.Arr(List.of(logs))).build());
    return index;
  }

  private void post(Json.Obj request) throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(server.endpoints().otlpHttp() + "/v1/logs"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.jcs()))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private static Json.Arr attributes(Object... pairs) {
    List<Json> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(
          Json.Obj.builder()
              .put("key", (String) pairs[i])
              .put("value", value(pairs[i + 1]))
              .build());
    }
    return new Json.Arr(all);
  }

  private static Json value(Object given) {
    Json.Builder value = Json.Obj.builder();
    if (given instanceof List<?> several) {
      List<Json> values = several.stream().map(Story::value).toList();
      return value
          .put("arrayValue", Json.Obj.builder().put("values", new Json.Arr(values)).build())
          .build();
    }
    return given instanceof Number number
        ? value.put("intValue", number.toString()).build()
        : value.put("stringValue", given.toString()).build();
  }

  /** An inventory from YAML. */
  public static Inventory inventory(String yaml) throws Refused {
    byte[] utf8 = yaml.getBytes(StandardCharsets.UTF_8);
    return Inventory.fromJson(YamlDocument.parse("inventory.yaml", utf8).root());
  }

  /** Adopts an inventory. */
  public void declare(String yaml) throws Refused {
    cell.operator("cli").adoptInventory(TENANT, inventory(yaml), "officer");
  }

  /** Adopts another policy. */
  public void adopt(String yaml) throws Refused {
    byte[] utf8 = yaml.getBytes(StandardCharsets.UTF_8);
    cell.operator("cli").adoptPolicy(TENANT, PolicyYaml.parse("policy.yaml", utf8), "officer");
  }

  /** What the verified pack of what happened since the last one attests. */
  public ResidencyAttestation attested() throws Exception {
    long until = cell.operator("cli").anchor().index();
    Periods periods = new Periods(new Anchors(cell.ledger()));
    Period period = periods.between(TENANT, before, until);
    before = OptionalLong.of(until);
    Attester attester = new Attester(cell.ledger(), cell.keys());
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    new PackBuilder(cell.ledger(), attester, cell.keys()).write(period, pack, progress -> {});
    try (PackReader reader = PackReader.of(pack.toByteArray(), PackLimits.STANDARD)) {
      TrustPolicy trust = TrustPolicy.parse(reader.bytes(PackLayout.TRUST_POLICY));
      VerificationReport verified = PackVerifier.verify(reader, Optional.of(trust));
      assertTrue(verified.verified(), verified::toString);
      report = reader.bytes(PackLayout.REPORT);
    }
    return attester.attest(period).attestation();
  }

  /** A record of the log. */
  public RecordEvent record(long index) throws Refused {
    return (RecordEvent) EventCodec.decode(cell.ledger().reader(TENANT).entry(index).eventBytes());
  }

  public Cell cell() {
    return cell;
  }

  /** What the API answers to whoever has a role, once the index has read the log. */
  public HttpResponse<String> api(Role role, String path) throws Exception {
    String its = cell.operator("cli").issueToken(role, Optional.of(TENANT), "", Optional.empty());
    long size = cell.ledger().reader(TENANT).size();
    while (Json.parseObject(get(its, "events").body().getBytes(StandardCharsets.UTF_8))
            .integer("indexed")
        < size) {
      Thread.onSpinWait();
    }
    return get(its, path);
  }

  private HttpResponse<String> get(String of, String path) throws Exception {
    String tenant = "/api/v1/tenants/" + TENANT.value() + "/";
    HttpRequest get =
        HttpRequest.newBuilder(URI.create(server.endpoints().portal() + tenant + path))
            .header("Authorization", "Bearer " + of)
            .build();
    return HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofString());
  }

  /** The report for people in the last pack. */
  public String report() {
    return new String(report, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    cell.close();
  }
}
