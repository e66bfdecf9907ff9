package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.cell.ServeSettings;
import dev.cadastre.server.cli.option.DurationText;
import dev.cadastre.server.cli.option.UserFiles;
import dev.cadastre.server.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.TypeConversionException;

/**
 * The configuration file of {@code serve}. A name that is not known is refused: a mistyped setting
 * must not silently leave a default in force.
 */
record ServeConfig(
    Optional<String> name, Optional<String> cell, Optional<Path> data, ServeSettings settings) {
  static final ServeConfig NONE =
      new ServeConfig(Optional.empty(), Optional.empty(), Optional.empty(), ServeSettings.DEFAULT);

  static ServeConfig read(Path file) throws Refused {
    YamlDocument document =
        YamlDocument.parse(file.toString(), UserFiles.read(file, YamlDocument.MAX_BYTES));
    try {
      return parse(document.root());
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }

  private static ServeConfig parse(Json.Obj root) throws Refused {
    root.only(
        "name",
        "cell",
        "data",
        "bind",
        "ports",
        "https",
        "anchor-every",
        SenderConfig.TLS,
        SenderConfig.SPIFFE,
        SenderConfig.LIMITS,
        SenderConfig.EVIDENCE,
        SenderConfig.VAULTS,
        SenderConfig.PLAINTEXT);
    ServeSettings settings = ServeSettings.DEFAULT.withSenders(SenderConfig.parse(root));
    settings = settings.withBind(root.optStr("bind").orElse(settings.bind()));
    settings = settings.withHttps(root.has("https") && root.bool("https"));
    Optional<String> every = root.optStr("anchor-every");
    if (every.isPresent()) {
      settings = settings.withAnchorEvery(period(every.get()));
    }
    Optional<Json.Obj> ports = root.optObj("ports");
    if (ports.isPresent()) {
      settings = ports(settings, ports.get());
    }
    return new ServeConfig(
        root.optStr("name"), root.optStr("cell"), root.optStr("data").map(Path::of), settings);
  }

  private static ServeSettings ports(ServeSettings settings, Json.Obj ports) throws Refused {
    ports.only("portal", "otlp-http", "otlp-grpc");
    return settings
        .withPortalPort(port(ports, "portal", settings.portalPort()))
        .withOtlpHttpPort(port(ports, "otlp-http", settings.otlpHttpPort()))
        .withOtlpGrpcPort(port(ports, "otlp-grpc", settings.otlpGrpcPort()));
  }

  private static int port(Json.Obj ports, String name, int usual) throws Refused {
    OptionalLong given = ports.optInteger(name);
    if (given.isEmpty()) {
      return usual;
    }
    if (given.getAsLong() < 0 || given.getAsLong() > 65_535) {
      throw new Refused(
          "expected a port from 0 to 65535 as \"" + name + "\", found " + given.getAsLong());
    }
    return (int) given.getAsLong();
  }

  private static Duration period(String text) throws Refused {
    try {
      Duration period = new DurationText().convert(text);
      if (period.compareTo(Duration.ofMinutes(1)) >= 0) {
        return period;
      }
    } catch (TypeConversionException malformed) {
      // Said below, together with what is too short.
    }
    throw new Refused(
        "expected a time of at least 1m, such as 24h, as \"anchor-every\", found " + text);
  }
}
