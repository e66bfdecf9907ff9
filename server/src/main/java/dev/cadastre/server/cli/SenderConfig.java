package dev.cadastre.server.cli;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.gate.Limits;
import dev.cadastre.ingest.gate.TenantLimits;
import dev.cadastre.ingest.location.SpiffePattern;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.tls.ClientCertificates;
import dev.cadastre.ingest.tls.TlsFiles;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.EvidenceTrust;
import dev.cadastre.server.cell.SenderSettings;
import dev.cadastre.server.cell.SpiffeTenants;
import dev.cadastre.server.cli.option.ByteSizeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the configuration file says of senders; docs/senders.md and docs/location-evidence.md. */
final class SenderConfig {
  static final String TLS = "tls";
  static final String SPIFFE = "spiffe-senders";
  static final String COUNTERPARTS = "spiffe-counterparts";
  static final String LIMITS = "limits";
  static final String EVIDENCE = "location-evidence";
  static final String VAULTS = "key-vaults";
  static final String PLAINTEXT = "plaintext";

  /** The words without which nothing beyond loopback is served unencrypted. */
  static final String ACCEPTED = "I accept that tokens and events travel unencrypted";

  private SenderConfig() {}

  static SenderSettings parse(Json.Obj root) throws Refused {
    Optional<Json.Obj> spiffe = root.optObj(SPIFFE);
    Optional<Json.Obj> counterparts = root.optObj(COUNTERPARTS);
    Optional<Json.Obj> tls = root.optObj(TLS);
    boolean certificates = spiffe.isPresent() || counterparts.isPresent();
    if (certificates && tls.isEmpty()) {
      throw new Refused(
          "senders show certificates over TLS alone: \""
              + (spiffe.isPresent() ? SPIFFE : COUNTERPARTS)
              + "\" needs \"tls\"");
    }
    return new SenderSettings(
        tls.isPresent() ? Optional.of(tls(tls.get(), certificates)) : Optional.empty(),
        SpiffeTenants.parse(texts(spiffe), texts(counterparts)),
        limits(root.optObj(LIMITS)),
        evidence(root.optObj(EVIDENCE)),
        vaults(root.optObj(VAULTS)),
        plaintext(root.optStr(PLAINTEXT)));
  }

  private static VaultPlaces vaults(Optional<Json.Obj> given) throws Refused {
    Map<String, String> vaults = given.isPresent() ? texts(given.get()) : Map.of();
    for (Map.Entry<String, String> vault : vaults.entrySet()) {
      if (Registry.standard().canonical(vault.getValue(), "azure").isEmpty()) {
        throw new Refused(
            "expected a place of the registry, such as azure:westeurope, for key vault "
                + Encodings.quote(vault.getKey())
                + ", found "
                + Encodings.quote(vault.getValue()));
      }
    }
    return new VaultPlaces(vaults);
  }

  private static TlsFiles tls(Json.Obj tls, boolean certificates) throws Refused {
    tls.only("certificate", "key", "client-certificates");
    String usual = certificates ? "optional" : "none";
    String clients = tls.optStr("client-certificates").orElse(usual);
    return new TlsFiles(
        Path.of(tls.str("certificate")),
        Path.of(tls.str("key")),
        switch (clients) {
          case "none" -> ClientCertificates.NONE;
          case "optional" -> ClientCertificates.OPTIONAL;
          case "required" -> ClientCertificates.REQUIRED;
          default ->
              throw new Refused(
                  "expected none, optional or required as \"client-certificates\", found "
                      + clients);
        });
  }

  private static Map<String, String> texts(Optional<Json.Obj> object) throws Refused {
    return object.isPresent() ? texts(object.get()) : Map.of();
  }

  private static Map<String, String> texts(Json.Obj object) throws Refused {
    Map<String, String> texts = new TreeMap<>();
    for (String name : object.members().keySet()) {
      texts.put(name, object.str(name));
    }
    return texts;
  }

  private static Limits limits(Optional<Json.Obj> given) throws Refused {
    if (given.isEmpty()) {
      return Limits.GENEROUS;
    }
    Json.Obj limits = given.get();
    limits.only("bytes-per-second", "records-per-second", "request-bytes", "tenants");
    TenantLimits usual = tenant(limits, LIMITS, TenantLimits.GENEROUS);
    Map<LogName, TenantLimits> tenants = new HashMap<>();
    Optional<Json.Obj> named = limits.optObj("tenants");
    if (named.isPresent()) {
      for (String name : named.get().members().keySet()) {
        Json.Obj one = named.get().obj(name);
        one.only("bytes-per-second", "records-per-second", "request-bytes");
        LogName tenant = LogName.parse(name);
        tenants.put(tenant, tenant(one, pathOf(tenant), usual));
      }
    }
    return new Limits(usual, tenants);
  }

  /** By the path of each member that names a tenant, whom it names. */
  static Map<String, LogName> tenants(Json.Obj root) throws Refused {
    Map<String, LogName> tenants = new HashMap<>();
    for (LogName limited : limits(root.optObj(LIMITS)).tenants().keySet()) {
      tenants.put(pathOf(limited), limited);
    }
    for (String section : List.of(SPIFFE, COUNTERPARTS)) {
      for (Map.Entry<String, String> sender : texts(root.optObj(section)).entrySet()) {
        tenants.put(section + "." + sender.getKey(), LogName.parse(sender.getValue()));
      }
    }
    return tenants;
  }

  private static String pathOf(LogName tenant) {
    return LIMITS + ".tenants." + tenant;
  }

  private static TenantLimits tenant(Json.Obj limits, String path, TenantLimits usual)
      throws Refused {
    return new TenantLimits(
        bytes(limits, path, "bytes-per-second", usual.bytesPerSecond()),
        positive(limits, path, "records-per-second", usual.recordsPerSecond()),
        (int)
            Math.min(
                Integer.MAX_VALUE, bytes(limits, path, "request-bytes", usual.requestBytesMax())));
  }

  private static long bytes(Json.Obj limits, String path, String name, long usual) throws Refused {
    if (!limits.has(name)) {
      return usual;
    }
    String given = scalar(limits.value(name));
    OptionalLong bytes = ByteSizeText.parse(given);
    if (bytes.orElse(0) < 1) {
      throw new Refused(
          "expected at least 1 byte, "
              + ByteSizeText.EXAMPLES
              + ", as \""
              + path
              + '.'
              + name
              + "\", found "
              + given);
    }
    return bytes.getAsLong();
  }

  private static long positive(Json.Obj limits, String path, String name, long usual)
      throws Refused {
    OptionalLong given = limits.optInteger(name);
    if (given.isPresent() && given.getAsLong() < 1) {
      throw new Refused(
          "expected at least 1 as \"" + path + '.' + name + "\", found " + given.getAsLong());
    }
    return given.orElse(usual);
  }

  /** A value as the file has it; for what has parts, what it is. */
  static String scalar(Json value) {
    if (value instanceof Json.Str text) {
      return text.value();
    }
    return value instanceof Json.Num number
        ? new String(number.jcs(), StandardCharsets.UTF_8)
        : value.kind();
  }

  private static EvidenceTrust evidence(Optional<Json.Obj> given) throws Refused {
    if (given.isEmpty()) {
      return EvidenceTrust.DEFAULT;
    }
    Json.Obj evidence = given.get();
    evidence.only("trust", "audiences", "azure-nonce", "spiffe-region");
    Optional<String> region = evidence.optStr("spiffe-region");
    return new EvidenceTrust(
        evidence.optStr("trust").map(Path::of),
        evidence.has("audiences") ? evidence.strings("audiences") : List.of(),
        evidence.optStr("azure-nonce"),
        region.isPresent() ? Optional.of(SpiffePattern.parse(region.get())) : Optional.empty());
  }

  private static boolean plaintext(Optional<String> words) throws Refused {
    if (words.isPresent() && !words.get().equals(ACCEPTED)) {
      throw new Refused(
          "expected the words \"" + ACCEPTED + "\" as \"plaintext\", found \"" + words.get() + '"');
    }
    return words.isPresent();
  }
}
