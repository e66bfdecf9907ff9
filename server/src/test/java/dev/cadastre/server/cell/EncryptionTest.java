package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.gate.Limits;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.tls.ClientCertificates;
import dev.cadastre.ingest.tls.TlsFiles;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves a cell is encrypted, unless the operator says otherwise. */
class EncryptionTest {
  private static final ServeSettings ANY_PORTS =
      ServeSettings.DEFAULT.withPortalPort(0).withOtlpHttpPort(0).withOtlpGrpcPort(0);

  @TempDir private Path directory;

  private Cell open() throws Exception {
    Path data = directory.resolve("data");
    CellIdentity identity = CellIdentity.settle(data, Optional.empty(), Optional.empty());
    return Cell.open(data, identity, InstantSource.system());
  }

  @Test
  void nothingListensBeyondLoopbackWithoutTls() throws Exception {
    try (Cell cell = open()) {
      Refused refused =
          assertThrows(Refused.class, () -> CellServer.start(cell, ANY_PORTS.withBind("0.0.0.0")));
      assertEquals(
          "other machines reach 0.0.0.0, and without TLS tokens and events would travel"
              + " unencrypted; configure \"tls\" (docs/senders.md), or accept that with"
              + " --accept-plaintext",
          refused.getMessage());
    }
  }

  @Test
  void plaintextBeyondLoopbackIsServedWhenItIsAccepted() throws Exception {
    ServeSettings settings =
        ANY_PORTS.withBind("0.0.0.0").withSenders(SenderSettings.DEFAULT.acceptingPlaintext());
    try (Cell cell = open();
        CellServer server = CellServer.start(cell, settings)) {
      assertTrue(server.endpoints().portal().startsWith("http://"), server.endpoints()::line);
      URI uri = URI.create(server.endpoints().portal() + "/healthz");
      assertEquals(200, get(HttpClient.newHttpClient(), uri));
    }
  }

  @Test
  void portalAndSendersAreServedOverTls() throws Exception {
    ServeSettings settings =
        ANY_PORTS
            .withBind("0.0.0.0")
            .withSenders(
                new SenderSettings(
                    Optional.of(tls()),
                    SpiffeTenants.NONE,
                    Limits.GENEROUS,
                    EvidenceTrust.DEFAULT,
                    VaultPlaces.NONE,
                    false));
    try (Cell cell = open();
        CellServer server = CellServer.start(cell, settings)) {
      Endpoints at = server.endpoints();
      assertTrue(at.portal().startsWith("https://"), at::line);
      assertTrue(at.otlpGrpc().startsWith("https://"), at::line);
      HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
      assertEquals(200, get(client, URI.create(at.portal() + "/healthz")));
      assertEquals(405, get(client, URI.create(at.otlpHttp() + "/v1/logs")));
      SSLParameters old = new SSLParameters();
      old.setProtocols(new String[] {"TLSv1.2"});
      HttpClient old12 = HttpClient.newBuilder().sslContext(trusting()).sslParameters(old).build();
      assertThrows(
          SSLHandshakeException.class, () -> get(old12, URI.create(at.portal() + "/healthz")));
    }
  }

  private static int get(HttpClient client, URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private TlsFiles tls() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Instant now = InstantSource.system().instant();
    X500Name name = new X500Name("CN=127.0.0.1");
    GeneralName address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    byte[] certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                keys.getPublic())
            .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))
            .getEncoded();
    return new TlsFiles(
        pem("CERTIFICATE", certificate),
        pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
        ClientCertificates.NONE);
  }

  private Path pem(String what, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(what + ".pem"),
        "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }

  private SSLContext trusting() throws Exception {
    byte[] pem = Files.readAllBytes(directory.resolve("CERTIFICATE.pem"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "server",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
