package dev.cadastre.portal;

import dev.cadastre.ingest.net.OpenFiles;
import dev.cadastre.ingest.net.SlowConnections;
import dev.cadastre.ingest.tls.ServerTls;
import dev.cadastre.portal.api.CellFigures;
import dev.cadastre.portal.front.Front;
import dev.cadastre.portal.front.FrontLimits;
import dev.cadastre.portal.http.Assets;
import dev.cadastre.portal.http.Gate;
import dev.cadastre.portal.http.SessionCookie;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.metrics.RequestFigures;
import dev.cadastre.portal.services.PortalServices;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The running portal. */
public final class PortalServer implements AutoCloseable {
  private static final int THREADS_MIN = 8;

  /**
   * Room for an address that names anything in a log by its id (the index keeps 2,048 characters).
   */
  private static final int MAX_REQUEST_HEADER_BYTES = 16 * 1024;

  private final Javalin javalin;
  private final Front front;

  private PortalServer(Javalin javalin, Front front) {
    this.javalin = javalin;
    this.front = front;
  }

  /**
   * Starts to listen. The rooms stay the caller's, who closes them after the server.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public static PortalServer start(PortalSettings settings, PortalServices rooms) {
    return start(settings, rooms, FrontLimits.DEFAULT);
  }

  static PortalServer start(PortalSettings settings, PortalServices rooms, FrontLimits limits) {
    Assets assets = Assets.load();
    Templates html = new Templates(assets, settings.ledger(), settings.cell());
    SessionCookie cookie = new SessionCookie(settings.https());
    RouteTable table = new RouteTable(rooms, html, assets, cookie);
    Gate gate = new Gate(rooms.tokens(), rooms.sessions(), cookie);
    Dispatcher dispatcher = new Dispatcher(gate, html, rooms.ledger()::exists, settings.https());
    Front front = new Front(limits);
    CellFigures.register(rooms);
    RequestFigures requests = new RequestFigures(rooms.figures().meter());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.maxRequestSize = limits.bodyBytesMax();
              config.http.prefer405over404 = true;
              config.http.compressionStrategy = CompressionStrategy.GZIP;
              config.jetty.threadPool = threads(limits);
              config.jetty.addConnector(
                  (server, http) -> connector(server, http, settings, limits));
              config.jetty.modifyServer(
                  server -> {
                    server.setErrorHandler(new BareErrors(settings.https()));
                    server.insertHandler(front);
                    server.insertHandler(requests);
                    int connections = OpenFiles.ofProcess().connections(limits.connectionsMax());
                    server.addBean(new NetworkConnectionLimit(connections, server));
                  });
              dispatcher.register(config, table.routes());
            });
    return new PortalServer(javalin.start(), front);
  }

  private static QueuedThreadPool threads(FrontLimits limits) {
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.requestsMax() + Front.IO_THREADS, THREADS_MIN);
    threads.setName("portal");
    return threads;
  }

  private static Connector connector(
      Server server, HttpConfiguration http, PortalSettings settings, FrontLimits limits) {
    http.setSendServerVersion(false);
    http.setHeaderCacheSize(0); // 100 kB a connection
    http.setRequestHeaderSize(MAX_REQUEST_HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, protocols(http, settings.tls()));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.idleMax().toMillis());
    SlowConnections.bound(connector, limits.headersMax());
    return connector;
  }

  private static ConnectionFactory[] protocols(HttpConfiguration http, Optional<ServerTls> tls) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.get().forBrowsers(), plain.getProtocol()), plain
    };
  }

  /** The routes that a portal over these rooms serves; for tests that walk all of them. */
  static List<dev.cadastre.portal.http.Route> routes(
      PortalSettings settings, PortalServices rooms) {
    Assets assets = Assets.load();
    return new RouteTable(
            rooms,
            new Templates(assets, settings.ledger(), settings.cell()),
            assets,
            new SessionCookie(false))
        .routes();
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    front.close();
  }
}
