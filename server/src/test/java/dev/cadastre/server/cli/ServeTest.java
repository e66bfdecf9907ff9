package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  private final Session session = new Session(InstantSource.system());

  @TempDir private Path data;

  private String run(String line) {
    String filled = line.replace("POLICY", Session.policy().toString());
    Session.Ran ran = session.run((filled + " --data " + data).split(" "));
    assertEquals(0, ran.exitCode(), line + "\n" + ran.err());
    return ran.out().strip();
  }

  /** Number of entries by tenant. */
  private Map<String, Long> entries() throws Refused {
    Map<String, Long> entries = new TreeMap<>();
    Json listed = Json.parse(run("tenant list --json").getBytes(StandardCharsets.UTF_8));
    for (Json row : ((Json.Arr) listed).items()) {
      entries.put(((Json.Obj) row).str("id"), ((Json.Obj) row).integer("entries"));
    }
    return entries;
  }

  private static String records(int from, int count) {
    StringBuilder records = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      records.append(records.isEmpty() ? "" : ",");
      records
          .append("{\"timeUnixNano\":\"1772366400000000000\",\"body\":{\"stringValue\":\"n")
          .append(i)
          .append("\"}}");
    }
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}";
  }

  @Test
  void saysWhereItServesAndEndsWithZeroOnSigterm() throws Exception {
    try (ServerProcess server = ServerProcess.on(data, "--name", "ledger.test", "--cell", "eu")) {
      Json.Obj json = server.serverJson();
      assertEquals(
          "ready portal="
              + json.str("portal")
              + " otlp-http="
              + json.str("otlpHttp")
              + " otlp-grpc="
              + json.str("otlpGrpc"),
          server.ready());
      assertEquals(server.pid(), json.integer("pid"));
      assertEquals("ledger.test", json.str("name"));
      assertEquals("eu", json.str("cell"));
      assertTrue(json.str("portal").startsWith("http://127.0.0.1:"), json.str("portal"));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data.resolve("server.json"))));
      assertEquals(200, server.get("portal", "/readyz").statusCode());
      String metrics = server.get("portal", "/metrics").body();
      assertTrue(metrics.contains("\ncadastre_ingest_requests_total{"), metrics);
      assertTrue(metrics.endsWith("\n# EOF\n"), metrics);
      assertEquals(0, server.terminate());
      assertFalse(Files.exists(data.resolve("server.json")));
    }
  }

  @Test
  void losesNothingThatItAnsweredWhenItIsKilled() throws Exception {
    run("tenant add acme --policy POLICY");
    String token = run("token issue --tenant acme --role ingest");
    long before = entries().get("acme");
    int sent = 0;
    for (int round = 0; round < 3; round++) {
      try (ServerProcess server = ServerProcess.on(data)) {
        for (int batch = 0; batch < 4; batch++, sent += 25) {
          HttpResponse<String> answer = server.postLogs(token, records(sent, 25));
          assertEquals(200, answer.statusCode(), answer.body());
        }
        server.kill();
      }
      assertEquals(before + sent, entries().get("acme"));
    }
    run("fsck");
  }

  @Test
  void commandsAndServerShareADirectory() throws Exception {
    try (ServerProcess server = ServerProcess.on(data)) {
      run("tenant add late --policy POLICY");
      String token = run("token issue --tenant late --role ingest --expires 1h");
      HttpResponse<String> answer = server.postLogs(token, records(0, 1));
      assertEquals(200, answer.statusCode(), answer.body());
      run("anchor");
      run("policy set late POLICY");
      assertEquals(200, server.postLogs(token, records(1, 1)).statusCode());
      String id = run("token list").split(" ")[0];
      run("token revoke " + id);
      assertEquals(401, server.postLogs(token, records(2, 1)).statusCode());
      run("fsck");
      assertEquals(0, server.terminate());
    }
    // birth, two policies, two records, and what the anchor carries over
    assertEquals(6, entries().get("late"));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerProcess server = ServerProcess.on(data)) {
      String port = server.serverJson().str("portal").replaceAll(".*:", "");
      Session.Ran ran =
          session.run(
              "serve",
              "--data",
              data.toString(),
              "--portal-port",
              port,
              "--otlp-http-port",
              "0",
              "--otlp-grpc-port",
              "0");
      assertEquals(2, ran.exitCode(), ran.err());
      assertTrue(ran.err().contains("port " + port + " is taken"), ran.err());
      assertEquals(1, ran.errorLines(), ran.err());
    }
  }

  @Test
  void aDirectoryKeepsItsName() throws IOException {
    run("tenant add acme --policy POLICY --name ledger.one --cell eu");
    Session.Ran ran =
        session.run("serve", "--data", data.toString(), "--name", "ledger.two", "--cell", "eu");
    assertEquals(2, ran.exitCode(), ran.err());
    assertTrue(ran.err().contains("belongs to the name ledger.one for good"), ran.err());
  }
}
