package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.location.EvidenceSettings;
import dev.cadastre.ingest.location.Issuer;
import dev.cadastre.ingest.location.Issuer.Wanted;
import dev.cadastre.ingest.location.SpiffePattern;
import dev.cadastre.ingest.tls.ClientCertificates;
import dev.cadastre.ingest.tls.ServerTls;
import dev.cadastre.ingest.tls.TlsFiles;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and client certificates, as the OpenTelemetry Java exporters use them. */
class TlsTest {
  private static final LogName ACME = TestCell.ACME_LOG;
  private static final String API = "spiffe://acme.example/region/eu-central-1/sa/api";

  private static Issuer serverRoot;
  private static Issuer server;
  private static Issuer acme;
  private static Issuer api;
  private static Issuer unmapped;

  @TempDir private Path directory;
  private TestCell cell;

  @BeforeAll
  static void issue() {
    serverRoot = Issuer.root("CN=server root");
    GeneralName[] names = {
      Issuer.dns("localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };
    server = serverRoot.issue(Wanted.of("CN=localhost", names));
    acme = Issuer.root("O=SPIFFE,CN=acme");
    api = acme.issue(Wanted.of("O=SPIRE", Issuer.uri(API)));
    unmapped = acme.issue(Wanted.of("O=SPIRE", Issuer.uri("spiffe://acme.example/other")));
  }

  private void open(ClientCertificates clients) throws Exception {
    server.writeCertificate(directory.resolve("server.pem"));
    server.writeKey(directory.resolve("server.key"));
    Path trust = directory.resolve("trust");
    acme.writeCertificate(trust.resolve("spiffe/acme.example.pem"));
    EvidenceSettings settings =
        new EvidenceSettings(
            trust,
            List.of("here"),
            Optional.empty(),
            Optional.of(SpiffePattern.parse("spiffe://*/region/{region}/**")),
            directory.resolve("evidence.txt"));
    EvidenceAppraiser appraiser = EvidenceAppraiser.open(settings, InstantSource.system());
    TlsFiles files =
        new TlsFiles(directory.resolve("server.pem"), directory.resolve("server.key"), clients);
    cell = new TestCell(directory, appraiser, ServerTls.open(files, appraiser));
    cell.mark();
  }

  @AfterEach
  void close() {
    if (cell != null) {
      cell.close();
    }
  }

  /** Who exports: with a token, a certificate, or both. */
  private record Client(Optional<String> token, Optional<Issuer> certificate) {
    static Client with(String token) {
      return new Client(Optional.of(token), Optional.empty());
    }

    static Client with(Issuer certificate) {
      return new Client(Optional.empty(), Optional.of(certificate));
    }
  }

  private LogRecordExporter exporter(String protocol, Client client) throws Exception {
    byte[] root = pem(serverRoot);
    if (protocol.equals("grpc")) {
      var builder =
          OtlpGrpcLogRecordExporter.builder()
              .setEndpoint("https://localhost:" + cell.grpc.port())
              .setTrustedCertificates(root);
      client.token.ifPresent(token -> builder.addHeader("authorization", "Bearer " + token));
      if (client.certificate.isPresent()) {
        builder.setClientTls(key(client.certificate.get()), pem(client.certificate.get()));
      }
      return builder.build();
    }
    var builder =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint("https://localhost:" + cell.http.port() + "/v1/logs")
            .setTrustedCertificates(root);
    client.token.ifPresent(token -> builder.addHeader("Authorization", "Bearer " + token));
    if (client.certificate.isPresent()) {
      builder.setClientTls(key(client.certificate.get()), pem(client.certificate.get()));
    }
    return builder.build();
  }

  private byte[] pem(Issuer issuer) throws Exception {
    Path file = directory.resolve("certificate.pem");
    issuer.writeCertificate(file);
    return Files.readAllBytes(file);
  }

  private byte[] key(Issuer issuer) throws Exception {
    Path file = directory.resolve("key.pem");
    issuer.writeKey(file);
    return Files.readAllBytes(file);
  }

  private boolean sends(String protocol, Client client) throws Exception {
    LogRecordExporter exporter = exporter(protocol, client);
    ExportResults results = new ExportResults(exporter);
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("cloud.region"), "aws:eu-central-1")))
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(results))
            .build()) {
      provider.get("test").logRecordBuilder().setEventName("data.access").emit();
      provider.forceFlush().join(30, TimeUnit.SECONDS);
    }
    return results.first().isSuccess();
  }

  private RecordEvent only() throws Refused {
    List<RecordEvent> records = cell.records(ACME);
    assertEquals(1, records.size());
    return records.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void tokensTravelOverTls(String protocol) throws Exception {
    open(ClientCertificates.NONE);
    assertTrue(sends(protocol, Client.with(TestCell.ACME)));
    assertEquals("token/0000000a", only().sender());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void certificateAloneIsACredential(String protocol) throws Exception {
    open(ClientCertificates.OPTIONAL);
    assertTrue(sends(protocol, Client.with(api)));
    RecordEvent record = only();
    assertEquals("spiffe/acme.example/region/eu-central-1/sa/api", record.sender());
    Location processing = record.locations().get(Hop.PROCESSING);
    assertEquals("aws:eu-central-1", processing.place());
    assertEquals(Assurance.CORROBORATED, processing.assurance());
    assertEquals(API, processing.evidence().orElseThrow().subject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void certificateIsOptionalOrRequiredAsConfigured(String protocol) throws Exception {
    open(ClientCertificates.OPTIONAL);
    assertTrue(sends(protocol, Client.with(TestCell.ACME)));
    cell.close();
    open(ClientCertificates.REQUIRED);
    assertFalse(sends(protocol, Client.with(TestCell.ACME)));
    assertTrue(sends(protocol, Client.with(api)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void tokenAndCertificateMustAgree(String protocol) throws Exception {
    open(ClientCertificates.OPTIONAL);
    assertFalse(sends(protocol, new Client(Optional.of(TestCell.GLOBEX), Optional.of(api))));
    assertFalse(sends(protocol, new Client(Optional.of(TestCell.ALL), Optional.of(api))));
    assertEquals(List.of(), cell.records(ACME));
    assertEquals(List.of(), cell.records(TestCell.GLOBEX_LOG));
    assertTrue(sends(protocol, new Client(Optional.of(TestCell.ACME), Optional.of(api))));
    assertEquals("spiffe/acme.example/region/eu-central-1/sa/api", only().sender());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void certificateThatIsNobodysNeedsAToken(String protocol) throws Exception {
    open(ClientCertificates.OPTIONAL);
    assertFalse(sends(protocol, Client.with(unmapped)));
    assertTrue(sends(protocol, new Client(Optional.of(TestCell.ACME), Optional.of(unmapped))));
    assertEquals("token/0000000a", only().sender());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void certificateOfAnotherAuthorityDoesNotConnect(String protocol) throws Exception {
    open(ClientCertificates.OPTIONAL);
    Issuer forged = Issuer.root("O=SPIFFE,CN=acme").issue(Wanted.of("O=SPIRE", Issuer.uri(API)));
    assertFalse(sends(protocol, Client.with(forged)));
    assertFalse(sends(protocol, new Client(Optional.of(TestCell.ACME), Optional.of(forged))));
    assertEquals(List.of(), cell.records(ACME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void nothingOlderThanTls13IsSpoken(String protocol) throws Exception {
    open(ClientCertificates.NONE);
    int port = protocol.equals("grpc") ? cell.grpc.port() : cell.http.port();
    assertEquals("TLSv1.3", handshake(port, "TLSv1.3", "TLSv1.2"));
    assertThrows(SSLException.class, () -> handshake(port, "TLSv1.2"));
  }

  private static String handshake(int port, String... versions) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", serverRoot.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(versions);
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void plaintextIsNotUnderstood() throws Exception {
    open(ClientCertificates.NONE);
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), cell.http.port())) {
      String request = "GET /v1/logs HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(30_000);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertFalse(answer.contains("HTTP/1.1 200"), answer);
    } catch (java.net.SocketException reset) {
      assertTrue(reset.getMessage().contains("reset"), reset::toString);
    }
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws Exception {
    open(ClientCertificates.NONE);
    Path key = directory.resolve("other.key");
    acme.writeKey(key);
    assertRefused(key, "is not the key of the first certificate in");
    Issuer.write(key, "no key");
    assertRefused(key, "has no private key in it");
    Issuer.write(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused(key, "is no PEM file of a private key");
  }

  private void assertRefused(Path key, String why) {
    TlsFiles files = new TlsFiles(directory.resolve("server.pem"), key, ClientCertificates.NONE);
    String message =
        assertThrows(Refused.class, () -> ServerTls.open(files, cell.appraiser.orElseThrow()))
            .getMessage();
    assertTrue(message.startsWith(key + " " + why), message);
  }
}
