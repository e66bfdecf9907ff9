package dev.cadastre.server.cell;

import java.time.Duration;

/**
 * How a cell serves.
 *
 * @param bind the address all servers listen on
 * @param portalPort port of the portal and its API; 0 takes any free one, as for the others
 * @param https whether browsers reach the portal over HTTPS, through a proxy
 * @param anchorEvery time between anchors, at least a minute
 * @param senders what is believed of those who send
 */
public record ServeSettings(
    String bind,
    int portalPort,
    int otlpHttpPort,
    int otlpGrpcPort,
    boolean https,
    Duration anchorEvery,
    SenderSettings senders) {
  /** Loopback, the usual ports, an anchor a day. */
  public static final ServeSettings DEFAULT =
      new ServeSettings(
          "127.0.0.1", 8080, 4318, 4317, false, Duration.ofDays(1), SenderSettings.DEFAULT);

  public ServeSettings withBind(String value) {
    return new ServeSettings(
        value, portalPort, otlpHttpPort, otlpGrpcPort, https, anchorEvery, senders);
  }

  public ServeSettings withPortalPort(int port) {
    return new ServeSettings(bind, port, otlpHttpPort, otlpGrpcPort, https, anchorEvery, senders);
  }

  public ServeSettings withOtlpHttpPort(int port) {
    return new ServeSettings(bind, portalPort, port, otlpGrpcPort, https, anchorEvery, senders);
  }

  public ServeSettings withOtlpGrpcPort(int port) {
    return new ServeSettings(bind, portalPort, otlpHttpPort, port, https, anchorEvery, senders);
  }

  public ServeSettings withHttps(boolean value) {
    return new ServeSettings(
        bind, portalPort, otlpHttpPort, otlpGrpcPort, value, anchorEvery, senders);
  }

  public ServeSettings withAnchorEvery(Duration value) {
    return new ServeSettings(bind, portalPort, otlpHttpPort, otlpGrpcPort, https, value, senders);
  }

  public ServeSettings withSenders(SenderSettings value) {
    return new ServeSettings(
        bind, portalPort, otlpHttpPort, otlpGrpcPort, https, anchorEvery, value);
  }
}
