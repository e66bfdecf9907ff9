package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.gate.Limits;
import dev.cadastre.ingest.gate.TenantLimits;
import dev.cadastre.ingest.location.SpiffePattern;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.tls.ClientCertificates;
import dev.cadastre.ingest.tls.TlsFiles;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.EvidenceTrust;
import dev.cadastre.server.cell.SenderSettings;
import dev.cadastre.server.cell.ServeSettings;
import dev.cadastre.server.cell.SpiffeTenants;
import dev.cadastre.server.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeConfigTest {
  @TempDir private Path directory;

  private ServeConfig read(String yaml) throws IOException, Refused {
    return ServeConfig.read(Files.writeString(directory.resolve("c.yaml"), yaml));
  }

  @Test
  void readsEverySetting() throws Exception {
    String yaml =
        """
        name: ledger.example.com
        cell: eu-de
        data: /var/lib/cadastre
        bind: 0.0.0.0
        ports: {portal: 80, otlp-http: 0, otlp-grpc: 65535}
        https: true
        anchor-every: 12h
        tls: {certificate: server.pem, key: server.key, client-certificates: required}
        spiffe-senders: {"spiffe://bank.example/**": bank}
        limits:
          bytes-per-second: 1000
          tenants: {bank: {records-per-second: 5, request-bytes: 6KiB}}
        plaintext: I accept that tokens and events travel unencrypted
        location-evidence:
          trust: /etc/cadastre/trust
          audiences: [ledger.example.com]
          azure-nonce: n1
          spiffe-region: spiffe://*/region/{region}/**
        """;
    ServeSettings settings =
        new ServeSettings(
            "0.0.0.0",
            80,
            0,
            65_535,
            true,
            Duration.ofHours(12),
            new SenderSettings(
                Optional.of(
                    new TlsFiles(
                        Path.of("server.pem"), Path.of("server.key"), ClientCertificates.REQUIRED)),
                SpiffeTenants.parse(Map.of("spiffe://bank.example/**", "bank")),
                new Limits(
                    new TenantLimits(
                        1_000, TenantLimits.GENEROUS.recordsPerSecond(), Integer.MAX_VALUE),
                    Map.of(new LogName("bank"), new TenantLimits(1_000, 5, 6 * 1024))),
                new EvidenceTrust(
                    Optional.of(Path.of("/etc/cadastre/trust")),
                    List.of("ledger.example.com"),
                    Optional.of("n1"),
                    Optional.of(SpiffePattern.parse("spiffe://*/region/{region}/**"))),
                VaultPlaces.NONE,
                true));
    assertEquals(
        new ServeConfig(
            Optional.of("ledger.example.com"),
            Optional.of("eu-de"),
            Optional.of(Path.of("/var/lib/cadastre")),
            settings,
            Map.of(
                directory.resolve("c.yaml") + " line 9 column 18: spiffe-senders",
                new LogName("bank"),
                directory.resolve("c.yaml") + " line 12 column 13: limits",
                new LogName("bank"))),
        read(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "# nothing yet\n", "---", "---\n# nothing yet\n...\n", "{}", "null"})
  void aFileThatSaysNothingLeavesEverythingAsUsual(String yaml) throws Exception {
    assertEquals(ServeConfig.NONE, read(yaml));
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "1, 1",
    "512KiB, 524288",
    "64MiB, 67108864",
    "1GiB, 1073741824",
    "'\"64MiB\"', 67108864",
    "2GiB, 2147483647",
  })
  void aSizeIsBytesOrHasAUnit(String size, int bytes) throws Exception {
    Limits limits = read("limits: {request-bytes: " + size + "}").settings().senders().limits();
    assertEquals(bytes, limits.usual().requestBytesMax());
  }

  @Test
  void theExampleNamesEverySettingAndAsItStandsChangesNone() throws Exception {
    String example =
        Files.readString(Path.of(System.getProperty("cadastre.root"), "examples", "serve.yaml"));
    assertEquals(ServeConfig.NONE, read(example));
    for (String variable :
        List.of("DATA", "BIND", "PORTAL_PORT", "OTLP_HTTP_PORT", "OTLP_GRPC_PORT")) {
      assertTrue(example.contains("CADASTRE_" + variable), variable);
    }
    String withAll = example.replaceAll("(?m)^#(?=[a-z]| {2})", "");
    List<Set<String>> known = new ArrayList<>();
    compareWithWhatIsKnown(
        YamlDocument.parse("all", withAll.getBytes(StandardCharsets.UTF_8)).root(),
        UnaryOperator.identity(),
        known);
    assertEquals(6, known.size(), "mappings whose names are ours: " + known);
  }

  /** Adds a name that is not known to each mapping in turn: the refusal says which ones are. */
  private void compareWithWhatIsKnown(
      Json.Obj mapping, UnaryOperator<Json.Obj> whole, List<Set<String>> known) throws Exception {
    assertDoesNotThrow(() -> read(yaml(whole.apply(mapping))));
    String refusal =
        assertThrows(
                Refused.class,
                () -> read(yaml(whole.apply(with(mapping, "unknown", Json.of("?"))))))
            .getMessage();
    Matcher names = Pattern.compile("only the members \\[(.*)], found").matcher(refusal);
    if (names.find()) {
      known.add(Set.of(names.group(1).split(", ")));
      assertEquals(known.get(known.size() - 1), mapping.members().keySet());
    }
    for (Map.Entry<String, Json> member : mapping.members().entrySet()) {
      if (member.getValue() instanceof Json.Obj inner) {
        compareWithWhatIsKnown(
            inner, changed -> whole.apply(with(mapping, member.getKey(), changed)), known);
      }
    }
  }

  private static Json.Obj with(Json.Obj mapping, String name, Json value) {
    SortedMap<String, Json> members = new TreeMap<>(mapping.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  private static String yaml(Json.Obj mapping) {
    return new String(mapping.jcs(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ports: {portal: 65536} | line 1 column 9: expected a port from 0 to 65535 as \"portal\","
            + " found 65536",
        "ports: {portal: http}  | line 1 column 9: expected an integer as \"portal\", found a"
            + " string",
        "anchor-every: 30s      | line 1 column 1: expected a time of at least 1m, such as 24h,"
            + " as \"anchor-every\", found 30s",
        "anchor-every: 3600     | line 1 column 1: expected a time of at least 1m, such as 24h,"
            + " as \"anchor-every\", found 3600",
        "anchor-every: 12 hours | line 1 column 1: expected a time of at least 1m, such as 24h,"
            + " as \"anchor-every\", found 12 hours",
        "nmae: x                | line 1 column 1: expected only the members [name, cell, data,"
            + " bind, ports, https, anchor-every, tls, spiffe-senders, spiffe-counterparts, limits,"
            + " location-evidence, key-vaults, plaintext], found \"nmae\"",
        "plaintext: yes         | line 1 column 1: expected the words \"I accept that tokens and"
            + " events travel unencrypted\" as \"plaintext\", found \"yes\"",
        "limits: {records-per-second: 0} | line 1 column 10: expected at least 1 as"
            + " \"limits.records-per-second\", found 0",
        "limits: {bytes-per-second: 64MB} | line 1 column 10: expected at least 1 byte, such as"
            + " 65536, 512KiB, 64MiB or 1GiB, as \"limits.bytes-per-second\", found 64MB",
        "limits: {request-bytes: 0MiB} | line 1 column 10: expected at least 1 byte, such as"
            + " 65536, 512KiB, 64MiB or 1GiB, as \"limits.request-bytes\", found 0MiB",
        "limits: {request-bytes: 64mib, tenants: {bank: {request-bytes: 1}}} | line 1 column 10:"
            + " expected at least 1 byte, such as 65536, 512KiB, 64MiB or 1GiB, as"
            + " \"limits.request-bytes\", found 64mib",
        "limits: {tenants: {bank: {request-bytes: 1.5GiB}}} | line 1 column 27: expected at least 1"
            + " byte, such as 65536, 512KiB, 64MiB or 1GiB, as"
            + " \"limits.tenants.bank.request-bytes\", found 1.5GiB",
        "limits: {request-bytes: 9999999999GiB} | line 1 column 10: expected at least 1 byte,"
            + " such as 65536, 512KiB, 64MiB or 1GiB, as \"limits.request-bytes\", found"
            + " 9999999999GiB",
        "spiffe-senders: {}     | line 1 column 1: senders show certificates over TLS alone:"
            + " \"spiffe-senders\" needs \"tls\"",
        "tls: {certificate: a, key: b, client-certificates: x} | line 1 column 31: expected none,"
            + " optional or required as \"client-certificates\", found x",
      })
  void aSettingThatCannotBeMeantIsRefusedWithItsPosition(String yaml, String message) {
    Refused refused = assertThrows(Refused.class, () -> read(yaml));
    assertEquals(directory.resolve("c.yaml") + " " + message, refused.getMessage());
  }
}
