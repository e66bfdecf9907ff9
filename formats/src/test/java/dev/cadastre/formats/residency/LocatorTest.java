package dev.cadastre.formats.residency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorTest {
  private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234";
  private static final Attributes IN_FRANKFURT =
      attributes("cloud.provider", "aws", "cloud.region", "eu-central-1");

  @Test
  void theResourcesRegionIsWhereProcessingWasClaimed() {
    assertEquals("{processing=aws:eu-central-1 CLAIMED}", locate(Attributes.EMPTY, IN_FRANKFURT));
  }

  @Test
  void nothingSaidIsNoLocation() {
    assertEquals("{}", locate(Attributes.EMPTY, Attributes.EMPTY));
  }

  @Test
  void aStatedHopGoesBeforeTheResourcesRegion() {
    assertEquals(
        "{processing=FR CLAIMED, storage=aws:eu-west-1 CLAIMED}",
        locate(
            attributes("ledger.location.processing", "fr", "ledger.location.storage", "eu-west-1"),
            IN_FRANKFURT));
  }

  @Test
  void everyHopCanBeStated() {
    assertEquals(
        "{backup=DE CLAIMED, edge=DE CLAIMED, gateway=DE CLAIMED, operator=DE CLAIMED,"
            + " processing=DE CLAIMED, storage=DE CLAIMED}",
        locate(
            attributes(
                "ledger.location.backup", "DE",
                "ledger.location.edge", "DE",
                "ledger.location.gateway", "DE",
                "ledger.location.operator.country", "DE",
                "ledger.location.processing", "DE",
                "ledger.location.storage", "DE"),
            Attributes.EMPTY));
  }

  @Test
  void anUnknownPlaceIsKeptAsItWasGiven() {
    assertEquals(
        "{storage=Moon Base CLAIMED}",
        locate(attributes("ledger.location.storage", " Moon Base "), Attributes.EMPTY));
  }

  @Test
  void whatItsCallerStatesCountsBesideWhereTheModelAnswered() {
    assertEquals(
        "{processing=aws:us-east-1 + aws:eu-central-1 CONTRADICTED}",
        locate(
            attributes(
                "ledger.inference.region.actual", "us-east-1",
                "ledger.inference.region.requested", "eu-central-1",
                "ledger.location.processing", "eu-central-1"),
            IN_FRANKFURT));
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, arn:aws:kms:eu-central-1:1:key/1, aws:eu-central-1 CLAIMED",
    "us-east-1, arn:aws:kms:eu-central-1:1:key/1, aws:us-east-1 + aws:eu-central-1 CONTRADICTED",
    "eu-central-1, arn:aws:kms:us-east-1:1:key/1, aws:eu-central-1 + aws:us-east-1 CONTRADICTED",
    "DE, arn:aws:kms:eu-central-1:1:key/1, DE + aws:eu-central-1 CONTRADICTED",
    "eu-central-1, my-key, aws:eu-central-1 CLAIMED",
    "eu-central-1, arn:aws:s3:us-east-1:1:bucket, aws:eu-central-1 CLAIMED",
    "eu-central-1, arn:aws:kms:moon-1:1:key/1, aws:eu-central-1 CLAIMED",
    ", arn:aws:kms:eu-central-1:1:key/1, aws:eu-central-1 CLAIMED",
    ", arn:aws-cn:kms:cn-north-1:1:key/1, aws:cn-north-1 CLAIMED",
    ", projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k, gcp:europe-west3 CLAIMED",
    ", //cloudkms.googleapis.com/projects/p/locations/europe-west3/keyRings/r, gcp:europe-west3"
        + " CLAIMED",
    ", projects/p/locations/europe/keyRings/r/cryptoKeys/k, gcp:europe CLAIMED",
    ", projects/p/locations/global/keyRings/r/cryptoKeys/k, gcp:global CLAIMED",
    ", ocid1.key.oc1.eu-frankfurt-1.abc.def, oci:eu-frankfurt-1 CLAIMED",
    ", acs:kms:eu-central-1:1:key/k, alibaba:eu-central-1 CLAIMED",
  })
  void aKeysNameIsSetAgainstItsStatedRegion(String stated, String keyId, String expected) {
    Map<String, String> given =
        new TreeMap<>(Map.of("cloud.provider", "aws", "ledger.key.id", keyId));
    if (stated != null) {
      given.put("ledger.key.region", stated);
    }
    assertEquals("{key=" + expected + "}", locate(attributes(given), Attributes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "projects/p/locations/moon/keyRings/r/cryptoKeys/k",
    "projects/p",
    "arn:aws:kms",
    "arn:aws:kms:::",
    "ocid1.key.oc1",
    "acs:kms:",
    "alias/my-key",
  })
  void aKeyWithoutARegionInItsNameHasNoPlace(String keyId) {
    assertEquals("{}", locate(attributes("ledger.key.id", keyId), Attributes.EMPTY));
  }

  @Test
  void aKeyCanBeAtAnotherProviderThanItsUser() {
    assertEquals(
        "{key=gcp:europe-west3 CLAIMED, processing=aws:eu-central-1 CLAIMED}",
        locate(
            attributes("ledger.key.provider", "gcp", "ledger.key.region", "europe-west3"),
            IN_FRANKFURT));
  }

  @Test
  void aKeyStoreThatIsAProgramIsInARegionOfWhoRunsIt() {
    assertEquals(
        "{key=aws:eu-west-1 CLAIMED, processing=aws:eu-central-1 CLAIMED}",
        locate(
            attributes("ledger.key.provider", "vault", "ledger.key.region", "eu-west-1"),
            IN_FRANKFURT));
  }

  @ParameterizedTest
  @CsvSource({
    "kms.eu-central-1.amazonaws.com, key=aws:eu-central-1 CLAIMED",
    "bucket.s3.eu-west-1.amazonaws.com, storage=aws:eu-west-1 CLAIMED",
    "S3.dualstack.eu-west-1.amazonaws.com, storage=aws:eu-west-1 CLAIMED",
    "bedrock-runtime.eu-west-3.amazonaws.com, processing=aws:eu-west-3 CLAIMED",
    "europe-west3-aiplatform.googleapis.com, processing=gcp:europe-west3 CLAIMED",
    "us-central1-aiplatform.googleapis.com, processing=gcp:us-central1 CLAIMED",
    "me-central2-aiplatform.googleapis.com:443, processing=gcp:me-central2 CLAIMED",
    "https://asia-southeast1-aiplatform.googleapis.com/v1/projects/p,"
        + " processing=gcp:asia-southeast1 CLAIMED",
    "europe-west4-aiplatform.mtls.googleapis.com, processing=gcp:europe-west4 CLAIMED",
    "europe-west4-aiplatform.p.googleapis.com, processing=gcp:europe-west4 CLAIMED",
    "US-Central1-aiplatform.p.googleapis.com., processing=gcp:us-central1 CLAIMED",
    "us-central1-aiplatform-vertexpsc.p.googleapis.com, processing=gcp:us-central1 CLAIMED",
    "cloudkms.europe-west3.rep.googleapis.com, key=gcp:europe-west3 CLAIMED",
    "westeurope.api.cognitive.microsoft.com, processing=azure:westeurope CLAIMED",
    "kms.cn-north-1.amazonaws.com.cn, key=aws:cn-north-1 CLAIMED",
    "s3.fr-par.scw.cloud, storage=scaleway:fr-par CLAIMED",
    "s3.gra.io.cloud.ovh.net, storage=ovh:gra CLAIMED",
    "HTTPS://Bedrock-Runtime.EU-West-3.amazonaws.com:443/model/x, processing=aws:eu-west-3 CLAIMED",
    "bedrock-runtime.eu-west-3.amazonaws.com.:443, processing=aws:eu-west-3 CLAIMED",
    "https://user:p@ss@bedrock-runtime.eu-west-3.amazonaws.com/, processing=aws:eu-west-3 CLAIMED",
    "dns:///bedrock-runtime.eu-west-3.amazonaws.com:443, processing=aws:eu-west-3 CLAIMED",
    "bedrock-runtime-fips.us-gov-west-1.amazonaws.com, processing=aws:us-gov-west-1 CLAIMED",
    "bedrock-runtime.eu-west-3.api.aws, processing=aws:eu-west-3 CLAIMED",
    "bedrock-agent-runtime.eu-west-3.amazonaws.com, processing=aws:eu-west-3 CLAIMED",
    "vpce-01-ab.bedrock-runtime.eu-west-3.vpce.amazonaws.com, processing=aws:eu-west-3 CLAIMED",
    "vpce-01-ab-eu-west-3a.kms.eu-west-3.vpce.amazonaws.com, key=aws:eu-west-3 CLAIMED",
    "bucket.vpce-01-ab.s3.eu-west-3.vpce.amazonaws.com, storage=aws:eu-west-3 CLAIMED",
    "runtime.sagemaker.eu-west-3.amazonaws.com, processing=aws:eu-west-3 CLAIMED",
    "db.c1.us-east-1.rds.amazonaws.com, storage=aws:us-east-1 CLAIMED",
    "us-east-1.s3.eu-west-1.amazonaws.com, storage=aws:eu-west-1 CLAIMED",
    "s3-eu-west-1.amazonaws.com, storage=aws:eu-west-1 CLAIMED",
    "kms.eusc-de-east-1.amazonaws.eu, key=aws:eusc-de-east-1 CLAIMED",
    "aiplatform.eu.rep.googleapis.com, processing=gcp:eu CLAIMED",
    "aiplatform.europe-west4.p.rep.googleapis.com, processing=gcp:europe-west4 CLAIMED",
    "1.europe-west4-2.prediction.vertexai.goog, processing=gcp:europe-west4 CLAIMED",
    "llm.swedencentral.models.ai.azure.com, processing=azure:swedencentral CLAIMED",
    "corp.openai.azure.us, processing=azure:usgov CLAIMED",
    "corp.openai.azure.cn, processing=azure:china CLAIMED",
    "inference.generativeai.eu-frankfurt-1.oci.oraclecloud.com, processing=oci:eu-frankfurt-1"
        + " CLAIMED",
    "eu-de.ml.cloud.ibm.com, processing=ibm:eu-de CLAIMED",
    "us.api.openai.com, processing=US CLAIMED",
  })
  void aRegionalEndpointNamesItsPlace(String address, String expected) {
    assertEquals(
        "{" + expected + "}", locate(attributes("server.address", address), Attributes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com",
    "bedrock-runtime.amazonaws.com",
    "evil-kms.eu-central-1.amazonaws.com.evil.com",
    "kms.moon-1.amazonaws.com",
    "aiplatform.googleapis.com",
    "aiplatform-vertexpsc.p.googleapis.com",
    "moon-aiplatform.googleapis.com",
    "moon-aiplatform.p.googleapis.com",
    "europe-west4-aiplatform.p.googleapis.com.evil.com",
    "europe-west4-aiplatform-.p.googleapis.com",
    "x.europe-west4-aiplatform.p.googleapis.com",
    "10.0.0.1",
    "[2001:db8::1]:443",
    "::1",
    "corp.openai.azure.com",
    "bucket.s3.amazonaws.com",
    "eu.api.openai.com",
    "notus.api.openai.com",
    "unix:/run/eu-central-1.sock",
    "https://"
  })
  void aGlobalOrForeignEndpointNamesNone(String address) {
    assertEquals("{}", locate(attributes("server.address", address), Attributes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com",
    "API.DeepSeek.com.",
    "corp.openai.azure.com",
    "aiplatform.googleapis.com"
  })
  void whatAnswersAnywhereIsNotWhereTheSenderRuns(String address) {
    Attributes sender = attributes("cloud.provider", "aws", "cloud.region", "eu-west-3");
    assertEquals("{}", locate(attributes("server.address", address), sender));
    assertEquals(
        "{processing=EU CLAIMED}",
        locate(
            attributes("server.address", address, "ledger.inference.region.actual", "EU"), sender));
    assertEquals(
        "{processing=aws:eu-west-3 CLAIMED}",
        locate(attributes("server.address", "vllm.internal"), sender));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, ,",
    "openai, api.openai.com:443,",
    "openai, ark.cn-beijing.example.com,",
    "openai, localhost:4000,",
    "vllm, models.example.com,",
    "ollama, 10.1.2.3:11434,",
    "vllm, localhost:8000, aws:eu-central-1 CLAIMED",
    "vllm, [::1]:8000, aws:eu-central-1 CLAIMED",
    "ollama, 127.0.0.1, aws:eu-central-1 CLAIMED",
    "vllm, vllm.models.svc.cluster.local:80, aws:eu-central-1 CLAIMED",
    "vllm, unix:/run/vllm.sock, aws:eu-central-1 CLAIMED",
    "vllm, , aws:eu-central-1 CLAIMED",
    "vllm, bedrock-runtime.us-east-1.amazonaws.com, aws:us-east-1 CLAIMED",
  })
  void onlyAModelThatTheCallerRunsIsWhereTheCallerIs(
      String provider, String host, String expected) {
    Map<String, String> given =
        new TreeMap<>(Map.of("gen_ai.operation.name", "chat", "gen_ai.provider.name", provider));
    if (host != null) {
      given.put("server.address", host);
    }
    assertEquals(
        expected == null ? "{}" : "{processing=" + expected + "}",
        locate(attributes(given), IN_FRANKFURT));
  }

  @ParameterizedTest
  @CsvSource({
    "self, models.example.com, {processing=aws:eu-central-1 CLAIMED}",
    "self, api.openai.com, {}",
    "self, corp.openai.azure.com, {}",
    "self, aiplatform-vertexpsc.p.googleapis.com, {}",
    "self, moon-aiplatform.googleapis.com, {}",
    "provider, localhost, {}",
  })
  void whoRunsTheModelCanBeSaid(String hosting, String host, String expected) {
    Attributes given =
        attributes(
            "gen_ai.operation.name",
            "chat",
            "gen_ai.provider.name",
            "vllm",
            "ledger.inference.hosting",
            hosting,
            "server.address",
            host);
    assertEquals(expected, locate(given, IN_FRANKFURT));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic.claude-x, aws:eu-central-1",
    "eu.anthropic.claude-x, aws:eu",
    "global.anthropic.claude-x, aws:global",
    "us.anthropic.claude-x, aws:us + aws:eu-central-1",
    "jp.amazon.nova-x, aws:jp + aws:eu-central-1",
    "xy.anthropic.claude-x, aws:global",
    "arn:aws:bedrock:eu-central-1:1:inference-profile/eu.anthropic.claude-x, aws:eu",
    "arn:aws:bedrock:eu-central-1:1:application-inference-profile/a1b2, aws:global",
    "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-x, aws:eu-central-1",
  })
  void anInferenceProfileWidensThePlaceToWhatItMayUse(String model, String place) {
    assertEquals(
        "{processing=" + place + " CLAIMED}",
        locate(
            attributes(
                "gen_ai.operation.name", "chat",
                "gen_ai.provider.name", "aws.bedrock",
                "gen_ai.request.model", model,
                "server.address", "bedrock-runtime.eu-central-1.amazonaws.com"),
            IN_FRANKFURT));
  }

  @Test
  void aPlaceThatIsNoTextIsKnownToNobody() throws Refused {
    Attributes given = Attributes.builder().put("ledger.location.processing", 7).build();
    assertEquals("{processing=(not a text) CLAIMED}", locate(given, IN_FRANKFURT));
  }

  @Test
  void anotherSystemsRecordCorroborates() {
    RecordEvent event =
        event(
            attributes(
                "cloud.provider", "aws",
                "ledger.key.id", ARN,
                "ledger.key.region", "eu-central-1",
                "ledger.location.processing", "eu-central-1"),
            Attributes.EMPTY);
    assertEquals(
        "aws:eu-central-1 CORROBORATED",
        shown(Locator.locateForeign(event, Registry.standard()).get(Hop.KEY)));
    assertEquals(
        "aws:eu-central-1 CLAIMED", shown(Locator.locate(event, Registry.standard()).get(Hop.KEY)));
  }

  private static String shown(Location at) {
    return at.place() + " " + at.assurance();
  }

  @Test
  void anEndpointThatDiffersFromWhatWasStatedContradictsIt() {
    assertEquals(
        "{processing=aws:eu-central-1 + aws:us-east-1 CONTRADICTED}",
        locate(
            attributes(
                "server.address", "bedrock-runtime.us-east-1.amazonaws.com",
                "ledger.inference.region.actual", "eu-central-1"),
            IN_FRANKFURT));
  }

  @Test
  void anEndpointElsewhereDoesNotContradictWhereTheSenderRuns() {
    assertEquals(
        "{processing=aws:us-east-1 CLAIMED}",
        locate(
            attributes("server.address", "bedrock-runtime.us-east-1.amazonaws.com"), IN_FRANKFURT));
  }

  @Test
  void aContradictionIsNotHealedByMoreOfTheSame() {
    assertEquals(
        "{key=aws:us-east-1 + aws:eu-central-1 CONTRADICTED, processing=aws:eu-central-1 CLAIMED}",
        locate(
            attributes(
                "ledger.key.id", ARN,
                "ledger.key.region", "us-east-1",
                "server.address", "kms.eu-central-1.amazonaws.com"),
            IN_FRANKFURT));
  }

  private static String locate(Attributes attributes, Attributes resource) {
    Map<String, String> shown = new TreeMap<>();
    for (Map.Entry<Hop, Location> hop :
        Locator.locate(event(attributes, resource), Registry.standard()).entrySet()) {
      shown.put(hop.getKey().wire(), shown(hop.getValue()));
    }
    return shown.toString();
  }

  private static RecordEvent event(Attributes attributes, Attributes resource) {
    return RecordEvent.builder(Kinds.of("", attributes, resource), "test")
        .attributes(attributes)
        .resource(new Resource(resource, "", 0))
        .build();
  }

  private static Attributes attributes(String... namesAndTexts) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      given.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return attributes(given);
  }

  private static Attributes attributes(Map<String, String> given) {
    Attributes.Builder builder = Attributes.builder();
    given.forEach(builder::put);
    try {
      return builder.build();
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }
}
