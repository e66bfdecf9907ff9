package dev.cadastre.portal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.ingest.Limits;
import dev.cadastre.ingest.TenantLimits;
import dev.cadastre.ingest.VaultPlaces;
import dev.cadastre.ingest.location.SpiffePattern;
import dev.cadastre.ingest.tls.ClientCertificates;
import dev.cadastre.ingest.tls.TlsFiles;
import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.cell.EvidenceTrust;
import dev.cadastre.portal.cell.SenderSettings;
import dev.cadastre.portal.cell.ServeSettings;
import dev.cadastre.portal.cell.SpiffeTenants;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
          tenants: {bank: {records-per-second: 5, request-bytes: 6}}
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
                    Map.of(new LogName("bank"), new TenantLimits(1_000, 5, 6))),
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
            settings),
        read(yaml));
  }

  @Test
  void whatIsNotSetIsAsUsual() throws Exception {
    assertEquals(ServeConfig.NONE, read("{}"));
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
        "nmae: x                | line 1 column 1: expected only the members [name, cell, data,"
            + " bind, ports, https, anchor-every, tls, spiffe-senders, limits, location-evidence,"
            + " key-vaults, plaintext], found \"nmae\"",
        "plaintext: yes         | line 1 column 1: expected the words \"I accept that tokens and"
            + " events travel unencrypted\" as \"plaintext\", found \"yes\"",
        "limits: {bytes-per-second: 0} | line 1 column 10: expected at least 1 as"
            + " \"bytes-per-second\", found 0",
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
