package dev.cadastre.server.cli.option;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * The environment variables that stand for settings. One that is empty or blank says nothing; one
 * that cannot be meant ends the command with its name.
 */
public record Variables(Map<String, String> all) {
  public static final Variables NONE = new Variables(Map.of());

  static final String DATA = "CADASTRE_DATA";
  static final String BIND = "CADASTRE_BIND";
  static final String PORTAL_PORT = "CADASTRE_PORTAL_PORT";
  static final String OTLP_HTTP_PORT = "CADASTRE_OTLP_HTTP_PORT";
  static final String OTLP_GRPC_PORT = "CADASTRE_OTLP_GRPC_PORT";
  static final String TOKEN = "CADASTRE_TOKEN";

  public Variables {
    all = Map.copyOf(all);
  }

  /** The data directory. */
  public Optional<Path> data() {
    Optional<String> given = text(DATA);
    try {
      return given.map(Path::of);
    } catch (InvalidPathException malformed) {
      throw mistake(DATA, "'" + given.orElse("") + "' is not a path");
    }
  }

  /** The address to listen on. */
  public Optional<String> bind() {
    Optional<String> given = text(BIND);
    if (given.isPresent()) {
      requireAddress(given.get());
    }
    return given;
  }

  /** The token to send with. */
  public Optional<String> token() {
    return text(TOKEN);
  }

  Optional<Integer> port(String name) {
    Optional<String> given = text(name);
    try {
      return given.map(new PortOptions.Port()::convert);
    } catch (TypeConversionException malformed) {
      throw mistake(name, String.valueOf(malformed.getMessage()));
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(all.get(name)).map(String::strip).filter(one -> !one.isEmpty());
  }

  private static void requireAddress(String given) {
    try {
      InetAddress.getByName(given);
    } catch (UnknownHostException unknown) {
      throw mistake(BIND, "'" + given + "' is not an address of this machine");
    }
  }

  private static Failure mistake(String name, String what) {
    return Failure.mistake("the environment variable " + name + ": " + what);
  }
}
