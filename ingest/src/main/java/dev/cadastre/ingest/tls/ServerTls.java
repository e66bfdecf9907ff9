package dev.cadastre.ingest.tls;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.3 (RFC 8446) and nothing older, for every server of a cell. */
public final class ServerTls {
  private static final String VERSION = "TLSv1.3";

  private final KeyManager[] keys;
  private final X509TrustManager clients;
  private final ClientCertificates wanted;

  private ServerTls(KeyManager[] keys, X509TrustManager clients, ClientCertificates wanted) {
    this.keys = keys;
    this.clients = clients;
    this.wanted = wanted;
  }

  /**
   * Reads certificate and key.
   *
   * @param appraiser knows the bundles that vouch for clients
   * @throws Refused if a file is not what it should be, or the two do not belong together
   */
  public static ServerTls open(TlsFiles files, EvidenceAppraiser appraiser)
      throws IOException, Refused {
    return new ServerTls(
        ServerKey.read(files.certificate(), files.key()),
        new WorkloadTrust(appraiser),
        files.clients());
  }

  /** For Jetty, with client certificates as configured. */
  public SslContextFactory.Server forSenders() {
    SslContextFactory.Server factory = forBrowsers();
    factory.setWantClientAuth(wanted == ClientCertificates.OPTIONAL);
    factory.setNeedClientAuth(wanted == ClientCertificates.REQUIRED);
    return factory;
  }

  /** For Jetty, without client certificates: people sign in otherwise. */
  public SslContextFactory.Server forBrowsers() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context());
    factory.setIncludeProtocols(VERSION);
    factory.setExcludeProtocols();
    return factory;
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(keys, new TrustManager[] {clients}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS 1.3", e);
    }
  }

  /** For gRPC, with client certificates as configured. */
  public SslContext forGrpc() throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(keys[0])
            .trustManager(clients)
            .protocols(VERSION)
            .clientAuth(
                switch (wanted) {
                  case NONE -> ClientAuth.NONE;
                  case OPTIONAL -> ClientAuth.OPTIONAL;
                  case REQUIRED -> ClientAuth.REQUIRE;
                });
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  /** Whether clients are asked for certificates at all. */
  public Optional<ClientCertificates> clients() {
    return Optional.of(wanted).filter(one -> one != ClientCertificates.NONE);
  }
}
