package dev.cadastre.portal.web;

import dev.cadastre.ingest.tls.ServerTls;
import dev.cadastre.portal.web.evidence.Rooms;
import dev.cadastre.portal.web.http.Assets;
import dev.cadastre.portal.web.http.Gate;
import dev.cadastre.portal.web.http.Html;
import dev.cadastre.portal.web.http.SessionCookie;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import java.util.List;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** The running portal. */
public final class PortalServer implements AutoCloseable {
  /** Forms and requests for packs are all that is ever sent here. */
  private static final long MAX_REQUEST_BYTES = 64 * 1024;

  private final Javalin javalin;

  private PortalServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen. The rooms stay the caller's, who closes them after the server.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public static PortalServer start(PortalSettings settings, Rooms rooms) {
    Assets assets = Assets.load();
    Html html = new Html(assets, settings.ledger(), settings.cell());
    SessionCookie cookie = new SessionCookie(settings.https());
    RouteTable table = new RouteTable(rooms, html, assets, cookie);
    Gate gate = new Gate(rooms.tokens(), rooms.sessions(), cookie);
    Dispatcher dispatcher = new Dispatcher(gate, html, rooms.ledger()::exists, settings.https());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.maxRequestSize = MAX_REQUEST_BYTES;
              config.http.prefer405over404 = true;
              config.http.compressionStrategy = CompressionStrategy.GZIP;
              config.jetty.host = settings.host();
              config.jetty.port = settings.port();
              settings
                  .tls()
                  .ifPresent(
                      tls ->
                          config.jetty.addConnector(
                              (server, http) -> encrypted(server, http, tls, settings)));
              config.jetty.modifyHttpConfiguration(
                  http -> {
                    http.setSendServerVersion(false);
                    http.setHeaderCacheSize(0); // 100 kB a connection
                  });
              config.jetty.modifyServer(
                  server -> server.setErrorHandler(new BareErrors(settings.https())));
              dispatcher.register(config, table.routes());
            });
    return new PortalServer(javalin.start());
  }

  private static Connector encrypted(
      Server server, HttpConfiguration http, ServerTls tls, PortalSettings settings) {
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(tls.forBrowsers(), plain.getProtocol()), plain);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    return connector;
  }

  /** The routes that a portal over these rooms serves; for tests that walk all of them. */
  static List<dev.cadastre.portal.web.http.Route> routes(PortalSettings settings, Rooms rooms) {
    Assets assets = Assets.load();
    return new RouteTable(
            rooms,
            new Html(assets, settings.ledger(), settings.cell()),
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
  }
}
