package dev.cadastre.portal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.portal.cell.ServeSettings;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        """;
    ServeSettings settings =
        new ServeSettings("0.0.0.0", 80, 0, 65_535, true, Duration.ofHours(12));
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
        "ports: {portal: 65536} | line 1 column 9: expected a port from 0 to 65535 as \"portal\", found 65536",
        "ports: {portal: http}  | line 1 column 9: expected an integer as \"portal\", found a string",
        "anchor-every: 30s      | line 1 column 1: expected a time of at least 1m, such as 24h,"
            + " as \"anchor-every\", found 30s",
        "nmae: x                | line 1 column 1: expected only the members [name, cell, data, bind, ports,"
            + " https, anchor-every], found \"nmae\"",
      })
  void aSettingThatCannotBeMeantIsRefusedWithItsPosition(String yaml, String message) {
    Refused refused = assertThrows(Refused.class, () -> read(yaml));
    assertEquals(directory.resolve("c.yaml") + " " + message, refused.getMessage());
  }
}
