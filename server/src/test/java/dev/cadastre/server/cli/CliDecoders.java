package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The configuration file, for fuzzing. */
public final class CliDecoders {
  private CliDecoders() {}

  /** Reads the input as the file of {@code serve --config}. */
  public static final class Config {
    private final Path file;

    public Config() throws IOException {
      file = Files.createTempFile("serve", ".yaml");
    }

    public void decode(byte[] input) throws IOException, Refused {
      Files.write(file, input);
      ServeConfig.read(file);
    }
  }

  public static List<byte[]> configs() {
    return Stream.of(
            "name: ledger.example\ncell: eu-de\ndata: /srv\nanchor-every: 24h\n",
            "ports: {portal: 1, otlp-http: 2, otlp-grpc: 3}\nbind: 127.0.0.1\nhttps: true\n",
            "tls: {certificate: a.pem, key: b.pem, client-certificates: required}\n"
                + "spiffe-senders: {\"spiffe://acme.example/**\": acme}\n",
            "limits:\n  bytes-per-second: 1000\n  tenants:\n    acme: {request-bytes: 5}\n",
            "location-evidence:\n  trust: t\n  audiences: [a]\n  azure-nonce: n\n"
                + "  spiffe-region: spiffe://*/region/{region}/**\n",
            "plaintext: I accept that tokens and events travel unencrypted\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
