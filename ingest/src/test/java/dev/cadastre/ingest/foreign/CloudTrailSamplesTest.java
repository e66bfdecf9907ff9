package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.request.Undecodable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * CloudTrail records of KMS against what they say themselves: those of {@code examples/foreign}
 * and, where they lie beside the checkout, the ones that AWS publishes in its KMS developer guide.
 */
class CloudTrailSamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Path PUBLISHED = ROOT.resolve("../shared/data/cloudtrail-kms");
  private static final Set<String> USES =
      Set.of(
          "Decrypt",
          "Encrypt",
          "ReEncrypt",
          "GenerateDataKey",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateDataKeyPairWithoutPlaintext",
          "VerifyMac");

  private static List<Json.Obj> records() throws Exception {
    List<Json.Obj> records = new ArrayList<>();
    byte[] own = Files.readAllBytes(ForeignExamplesTest.EXAMPLES.resolve("cloudtrail.json"));
    for (Json.Obj record : Json.parseObject(own).objects("Records")) {
      if (record.str("eventSource").equals("kms.amazonaws.com")) {
        records.add(record);
      }
    }
    for (Path file : published()) {
      records.add(Json.parseObject(Files.readAllBytes(file)));
    }
    return records;
  }

  private static List<Path> published() throws IOException {
    if (!Files.isDirectory(PUBLISHED)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(PUBLISHED)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Mapped map(Json.Obj record) throws Undecodable {
    return Mapped.body(new String(record.jcs(), StandardCharsets.UTF_8));
  }

  @Test
  void eachIsToldByItsIdTimeActionAndOutcome() throws Exception {
    for (Json.Obj record : records()) {
      Mapped mapped = map(record);
      String name = record.str("eventName");
      assertEquals(record.str("eventID"), mapped.event().id(), name);
      assertEquals(
          Instant.parse(record.str("eventTime")).getEpochSecond() * 1_000_000_000L,
          mapped.event().time(),
          name);
      assertEquals("kms:" + name, mapped.open(Names.AUDIT_ACTION));
      Optional<String> error = record.optStr("errorCode");
      assertEquals(error.isEmpty(), mapped.open(Names.AUDIT_OUTCOME).equals("success"), name);
      assertEquals(error.isPresent(), mapped.open("error.type").equals(error.orElse("-")), name);
      assertEquals("", mapped.event().problem());
    }
  }

  @Test
  void usesActsAndReadsAreToldApart() throws Exception {
    for (Json.Obj record : records()) {
      String name = record.str("eventName");
      Kind kind = map(record).event().kind();
      boolean reads =
          name.startsWith("List")
              || name.startsWith("Describe")
              || name.startsWith("Get")
              || name.equals("GenerateRandom");
      Kind expected = USES.contains(name) ? Kind.KEY_USE : reads ? Kind.OTHER : Kind.KEY_LIFECYCLE;
      assertEquals(expected, kind, name);
    }
  }

  @Test
  void theKeysArnDecidesWhereItIsAndTheCallsRegionIsCheckedAgainstIt() throws Exception {
    int contradicted = 0;
    for (Json.Obj record : records()) {
      Mapped mapped = map(record);
      String region = record.str("awsRegion");
      assertEquals("aws:" + region + " claimed", mapped.at(Hop.PROCESSING));
      if (record.str("eventName").equals("ReplicateKey")) {
        continue; // The key goes elsewhere: CloudTrailDataTest.
      }
      String key = mapped.open(Names.KEY_ID);
      if (!key.startsWith("arn:")) {
        assertEquals("aws:" + region + " claimed", mapped.at(Hop.KEY), "nothing to check with");
        continue;
      }
      String ofKey = key.split(":", 6)[3];
      if (ofKey.equals(region)) {
        assertEquals("aws:" + ofKey + " corroborated", mapped.at(Hop.KEY));
      } else {
        contradicted++;
        assertEquals("aws:" + region + " + aws:" + ofKey + " contradicted", mapped.at(Hop.KEY));
      }
    }
    // Published samples are known to have such records; our own have none.
    assertEquals(published().isEmpty(), contradicted == 0, contradicted + " contradicted");
  }

  @Test
  void peopleArePrivateAndServicesAreNot() throws Exception {
    for (Json.Obj record : records()) {
      Mapped mapped = map(record);
      Json.Obj identity = record.obj("userIdentity");
      String type = identity.optStr("type").orElse("");
      String ip = record.str("sourceIPAddress");
      assertFalse(mapped.entry().contains("\"" + ip + "\"") && ip.matches("[0-9.]+"), ip);
      if (type.equals("IAMUser")) {
        assertEquals("", mapped.open(Names.AUDIT_ACTOR_ID));
        assertEquals(identity.str("arn"), mapped.hidden(Names.AUDIT_ACTOR_ID));
        assertFalse(mapped.entry().contains(identity.str("userName")), mapped.entry());
      } else if (type.isEmpty() || type.equals("AWSService")) {
        assertEquals("service", mapped.open(Names.AUDIT_ACTOR_TYPE));
        assertEquals(identity.str("invokedBy"), mapped.open(Names.AUDIT_ACTOR_ID));
      }
      assertNotEquals("", mapped.open(Names.AUDIT_ACTOR_TYPE));
    }
  }

  @Test
  void theOriginalIsKeptToTheByte() throws Exception {
    for (Json.Obj record : records()) {
      String original = new String(record.jcs(), StandardCharsets.UTF_8);
      Mapped mapped = Mapped.body(original);
      assertEquals(original, mapped.hidden(Names.SOURCE_RECORD));
      assertTrue(mapped.event().body().isEmpty(), "it stands in the open nowhere");
    }
  }

  @Test
  void whatOnlySoundsLikeAnEndOfTheKeyIsNone() throws Exception {
    String act =
        """
        {"eventVersion":"1.08","userIdentity":{"type":"AWSService"},"eventTime":"2026-01-01T00:00:00Z",
         "eventSource":"kms.amazonaws.com","eventName":"NAME","awsRegion":"eu-west-1","eventID":"x"}
        """;
    for (List<String> pair :
        List.of(
            List.of("RevokeGrant", "revoke_grant"),
            List.of("DisableKeyRotation", "disable_key_rotation"),
            List.of("RotateKeyOnDemand", "rotate_key_on_demand"),
            List.of("ConnectCustomKeyStore", "connect_custom_key_store"),
            List.of("DeleteImportedKeyMaterial", "delete_imported_key_material"))) {
      Mapped mapped = Mapped.body(act.replace("NAME", pair.get(0)));
      assertEquals(Kind.KEY_LIFECYCLE, mapped.event().kind());
      assertEquals(pair.get(1), mapped.open(Names.KEY_OPERATION));
    }
    for (String use : List.of("Sign", "Verify", "GenerateMac", "DeriveSharedSecret")) {
      assertEquals(Kind.KEY_USE, Mapped.body(act.replace("NAME", use)).event().kind(), use);
    }
    assertEquals(
        "import", Mapped.body(act.replace("NAME", "ImportKeyMaterial")).open(Names.KEY_OPERATION));
  }
}
