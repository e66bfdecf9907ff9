package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.imports.ImportReader;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records of each format with members replaced, removed and moved, and their text damaged: each is
 * refused or becomes a sound event. {@code -Dcadastre.effort=N} makes N times as many.
 */
class ForeignMutationTest {
  private static final int MUTATIONS = 500 * Integer.getInteger("cadastre.effort", 1);
  private static final List<Json> ODD =
      List.of(
          Json.Null.NULL,
          Json.of(true),
          Json.of(-1),
          new Json.Num(1e300),
          Json.of(""),
          Json.of(" \u0000\uFFFF"),
          Json.of("arn:aws:kms::::::://///key/"),
          Json.of("9999999-99-99T99:99:99Z"),
          Json.of("x".repeat(3_000)),
          new Json.Arr(List.of()),
          new Json.Arr(List.of(Json.of("a"), Json.of(1))),
          new Json.Obj(new TreeMap<>()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cloudtrail.json",
        "cloudtrail-transfers.json",
        "gcp.ndjson",
        "azure-keyvault.json",
        "vault.ndjson",
        "opa.json",
        "kubernetes.json",
        "falco.ndjson",
        "ocsf.ndjson",
        "azure-activity.json",
        "entra-sign-in.json",
        "okta.ndjson",
        "in-toto.ndjson",
        "sarif.json",
        "checkov.json",
        "openlineage.ndjson",
        "envoy.ndjson",
        "s3-access.log",
        "vpc-flow.log"
      })
  void damagedRecordsAreRefusedOrBecomeSoundEvents(String file) throws Exception {
    List<String> seeds = seeds(file);
    Random random = new Random(file.hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      String seed = seeds.get(random.nextInt(seeds.size()));
      String text =
          !seed.startsWith("{") || random.nextInt(4) == 0
              ? damaged(seed, random)
              : altered(seed, random);
      try {
        check(Mapped.body(text, Otlp.attribute("cloud.region", "eu-central-1")), text);
      } catch (Undecodable refused) {
        // It says why, and the record is kept as that.
      } catch (RuntimeException bug) {
        throw new AssertionError("mutation " + i + ": " + text, bug);
      }
    }
  }

  private static void check(Mapped mapped, String text) throws Refused {
    byte[] encoded = EventCodec.encode(mapped.event());
    assertArrayEquals(encoded, EventCodec.encode(EventCodec.decode(encoded)), text);
  }

  private static List<String> seeds(String file) throws IOException {
    List<String> seeds = new ArrayList<>();
    try (InputStream in = Files.newInputStream(ForeignExamplesTest.EXAMPLES.resolve(file))) {
      ImportReader reader = new ImportReader(in, ForeignFormats.AUTO);
      for (Optional<ImportReader.Read> one = reader.next(); one.isPresent(); one = reader.next()) {
        LogRecord log = one.get().log();
        seeds.add(log.getBody().getStringValue());
      }
    }
    return seeds;
  }

  private static String damaged(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, text.length()));
      if (text.length() < 2) {
        return seed;
      }
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }

  private static String altered(String seed, Random random) throws Refused {
    Json json = Json.parse(seed.getBytes(StandardCharsets.UTF_8));
    for (int i = random.nextInt(3); i >= 0; i--) {
      json = altered(json, random);
    }
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }

  private static Json altered(Json json, Random random) {
    if (json instanceof Json.Obj obj && !obj.members().isEmpty()) {
      Map<String, Json> members = new TreeMap<>(obj.members());
      List<String> names = List.copyOf(members.keySet());
      String name = names.get(random.nextInt(names.size()));
      Json member = obj.members().getOrDefault(name, Json.Null.NULL);
      switch (random.nextInt(6)) {
        case 0 -> members.remove(name);
        case 1 -> members.put(name, ODD.get(random.nextInt(ODD.size())));
        case 2 -> members.put(name, json);
        default -> members.put(name, altered(member, random));
      }
      return Json.Obj.of(members);
    }
    return random.nextBoolean() ? ODD.get(random.nextInt(ODD.size())) : json;
  }
}
