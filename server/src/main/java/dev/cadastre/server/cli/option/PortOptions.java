package dev.cadastre.server.cli.option;

import dev.cadastre.server.cell.ServeSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a cell's servers listen. */
public final class PortOptions {
  @Option(
      names = "--portal-port",
      paramLabel = "N",
      converter = Port.class,
      description =
          "Port of the portal and its API; 0 takes any free one. Default: $"
              + Variables.PORTAL_PORT
              + ", else 8080")
  private @Nullable Integer portal;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "N",
      converter = Port.class,
      description =
          "Port of OTLP/HTTP; 0 takes any free one. Default: $"
              + Variables.OTLP_HTTP_PORT
              + ", else 4318")
  private @Nullable Integer otlpHttp;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "N",
      converter = Port.class,
      description =
          "Port of OTLP/gRPC; 0 takes any free one. Default: $"
              + Variables.OTLP_GRPC_PORT
              + ", else 4317")
  private @Nullable Integer otlpGrpc;

  /** The settings, with the ports of the command line, or else of the environment. */
  public ServeSettings over(ServeSettings settings, Variables variables) {
    return settings
        .withPortalPort(
            port(portal, variables, Variables.PORTAL_PORT).orElse(settings.portalPort()))
        .withOtlpHttpPort(
            port(otlpHttp, variables, Variables.OTLP_HTTP_PORT).orElse(settings.otlpHttpPort()))
        .withOtlpGrpcPort(
            port(otlpGrpc, variables, Variables.OTLP_GRPC_PORT).orElse(settings.otlpGrpcPort()));
  }

  private static Optional<Integer> port(@Nullable Integer given, Variables variables, String name) {
    return Optional.ofNullable(given).or(() -> variables.port(name));
  }

  /** A port number. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      try {
        int port = Integer.parseInt(value);
        if (port >= 0 && port <= 65_535) {
          return port;
        }
      } catch (NumberFormatException notANumber) {
        // Said below, together with numbers out of range.
      }
      throw new TypeConversionException("'" + value + "' is not a port from 0 to 65535");
    }
  }
}
