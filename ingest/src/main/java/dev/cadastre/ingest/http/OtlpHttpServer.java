package dev.cadastre.ingest.http;

import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.net.OpenFiles;
import dev.cadastre.ingest.net.SlowConnections;
import dev.cadastre.ingest.request.EventSource;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * OTLP over HTTP/1.1 (OTLP specification, section "OTLP/HTTP"): {@code /v1/logs}, {@code
 * /v1/traces} and, from the audit-logging draft, {@code /v1/audit}; beside it {@code /v1/events/…},
 * to which systems send their events themselves.
 */
public final class OtlpHttpServer implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 4_096;
  private static final int THREADS_MAX = 64;
  private static final int THREADS_MIN = 4;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private static final Map<String, String> NOT_TAKEN =
      Map.of(
          "/v1/metrics",
          "metrics are no evidence and are not taken; send logs or traces, or point the metrics"
              + " exporter elsewhere",
          "/v1development/profiles",
          "profiles are no evidence and are not taken; send logs or traces");

  private final Server server;
  private final ServerConnector connector;

  private OtlpHttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 for any free one
   * @throws IOException if the address cannot be had
   */
  public static OtlpHttpServer start(InetSocketAddress address, Intake intake) throws IOException {
    return start(address, intake, Optional.empty());
  }

  /** The same, over TLS if there is any. */
  public static OtlpHttpServer start(
      InetSocketAddress address, Intake intake, Optional<ServerTls> tls) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
    threads.setName("otlp-http");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, protocols(tls));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    // All senders come back at once after a restart; by default 50 of them would find it open.
    connector.setAcceptQueueSize(CONNECTIONS_MAX);
    connector.setIdleTimeout(intake.settings().idleTimeout().toMillis());
    SlowConnections.bound(connector, intake.settings().bodyTimeout());
    server.addConnector(connector);
    int connections = OpenFiles.ofProcess().connections(CONNECTIONS_MAX);
    server.addBean(new NetworkConnectionLimit(connections, server));
    server.setErrorHandler(new StatusErrors(intake.settings()));
    server.setHandler(new GracefulHandler(new Paths(intake)));
    server.setStopTimeout(DRAIN.toMillis());
    OtlpHttpServer started = new OtlpHttpServer(server, connector);
    started.open(address);
    return started;
  }

  private static ConnectionFactory[] protocols(Optional<ServerTls> tls) {
    HttpConfiguration configuration = configuration();
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.get().forSenders(), http.getProtocol()), http
    };
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // Takes 100 kB a connection, for which a dozen short header lines are not parsed again.
    configuration.setHeaderCacheSize(0);
    return configuration;
  }

  private void open(InetSocketAddress address) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new requests, answers those under way, and ends. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the OTLP/HTTP server does not stop", e);
    }
  }

  private static final class Paths extends Handler.Abstract {
    private final Intake intake;
    private final Map<String, Signal> signals = new HashMap<>();

    Paths(Intake intake) {
      this.intake = intake;
      for (Signal signal : List.of(Signal.LOGS, Signal.AUDIT, Signal.TRACES)) {
        signals.put(signal.path(), signal);
      }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = Request.getPathInContext(request);
      HttpReply reply = new HttpReply(intake.settings(), request, response, callback);
      Signal signal = signals.get(path);
      Optional<EventSource> source = EventSource.at(path);
      if (signal != null) {
        new HttpExchange(intake, signal, request, reply).begin();
      } else if (source.isPresent()) {
        new HttpExchange(intake, source.get(), request, reply).begin();
      } else {
        String why =
            NOT_TAKEN.getOrDefault(
                path,
                "OTLP is taken at /v1/logs, /v1/audit and /v1/traces, other systems' events at"
                    + " /v1/events/ with opa, kubernetes, falco or cloudevents");
        Refusal refusal = Refusal.of(Reason.NOT_FOUND, why);
        intake.metrics().answered(IngestMetrics.Transport.HTTP, refusal, reply.age());
        reply.refuse(refusal);
      }
      return true;
    }
  }
}
