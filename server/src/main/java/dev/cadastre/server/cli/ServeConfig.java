package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.ServeSettings;
import dev.cadastre.server.cli.option.DurationText;
import dev.cadastre.server.cli.option.UserFiles;
import dev.cadastre.server.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import picocli.CommandLine.TypeConversionException;

/**
 * The configuration file of {@code serve}. A name that is not known is refused: a mistyped setting
 * must not silently leave a default in force.
 *
 * @param tenants by each place in the file that names a tenant, whom it names
 */
record ServeConfig(
    Optional<String> name,
    Optional<String> cell,
    Optional<Path> data,
    ServeSettings settings,
    Map<String, LogName> tenants) {
  static final ServeConfig NONE =
      new ServeConfig(
          Optional.empty(), Optional.empty(), Optional.empty(), ServeSettings.DEFAULT, Map.of());

  ServeConfig {
    tenants = Map.copyOf(tenants);
  }

  /** Reads a file; one that says nothing leaves everything as usual. */
  static ServeConfig read(Path file) throws Refused {
    YamlDocument document =
        YamlDocument.parseSettings(file.toString(), UserFiles.read(file, YamlDocument.MAX_BYTES));
    try {
      ServeConfig config = parse(document.root());
      return config.with(tenants(document));
    } catch (Refused refused) {
      throw document.locate(refused);
    }
  }

  /**
   * Refuses what is said of a tenant that the cell does not have: mistyped, it would bound nobody,
   * and leave a sender without a log.
   */
  void requireTenants(Cell cell) throws Refused {
    for (Map.Entry<String, LogName> one : new TreeMap<>(tenants).entrySet()) {
      try {
        cell.requireTenant(one.getValue());
      } catch (Refused unknown) {
        throw new Refused(one.getKey() + ": " + unknown.getMessage(), unknown);
      }
    }
  }

  private ServeConfig with(Map<String, LogName> named) {
    return new ServeConfig(name, cell, data, settings, named);
  }

  private static Map<String, LogName> tenants(YamlDocument document) throws Refused {
    Map<String, LogName> tenants = new HashMap<>();
    for (Map.Entry<String, LogName> one : SenderConfig.tenants(document.root()).entrySet()) {
      String at = document.position(one.getKey()).map(position -> " " + position).orElse("");
      String setting = one.getKey().substring(0, one.getKey().indexOf('.'));
      tenants.put(document.name() + at + ": " + setting, one.getValue());
    }
    return tenants;
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
        SenderConfig.COUNTERPARTS,
        SenderConfig.LIMITS,
        SenderConfig.EVIDENCE,
        SenderConfig.VAULTS,
        SenderConfig.PLAINTEXT);
    ServeSettings settings = ServeSettings.DEFAULT.withSenders(SenderConfig.parse(root));
    settings = settings.withBind(root.optStr("bind").orElse(settings.bind()));
    settings = settings.withHttps(root.has("https") && root.bool("https"));
    if (root.has("anchor-every")) {
      settings = settings.withAnchorEvery(period(root.value("anchor-every")));
    }
    Optional<Json.Obj> ports = root.optObj("ports");
    if (ports.isPresent()) {
      settings = ports(settings, ports.get());
    }
    return new ServeConfig(
        root.optStr("name"),
        root.optStr("cell"),
        root.optStr("data").map(Path::of),
        settings,
        Map.of());
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

  private static Duration period(Json given) throws Refused {
    String text = SenderConfig.scalar(given);
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
