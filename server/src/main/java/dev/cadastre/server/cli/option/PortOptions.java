package dev.cadastre.server.cli.option;

import dev.cadastre.server.cell.ServeSettings;
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
      description = "Port of the portal and its API; 0 takes any free one. Default: 8080")
  private @Nullable Integer portal;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port of OTLP/HTTP; 0 takes any free one. Default: 4318")
  private @Nullable Integer otlpHttp;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port of OTLP/gRPC; 0 takes any free one. Default: 4317")
  private @Nullable Integer otlpGrpc;

  /** The settings, with the ports that the command line names. */
  public ServeSettings over(ServeSettings settings) {
    ServeSettings result = settings;
    if (portal != null) {
      result = result.withPortalPort(portal);
    }
    if (otlpHttp != null) {
      result = result.withOtlpHttpPort(otlpHttp);
    }
    return otlpGrpc == null ? result : result.withOtlpGrpcPort(otlpGrpc);
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
