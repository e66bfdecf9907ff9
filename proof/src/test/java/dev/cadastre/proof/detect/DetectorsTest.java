package dev.cadastre.proof.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DetectorsTest {
  private static final long S = 1_000_000_000L;

  private final Detectors detectors = new Detectors(Registry.standard());
  private final List<String> alerts = new ArrayList<>();
  private long index;

  @Test
  void aKeyUsedAfterItsDisableIsNoticedAndSoIsTheFirstDenial() throws Refused {
    key(Kind.KEY_USE, 10, "decrypt", "success");
    key(Kind.KEY_LIFECYCLE, 20, "disable", "success");
    key(Kind.KEY_USE, 25, "decrypt", "success");
    key(Kind.DATA_ACCESS, 26, "read", "success");
    key(Kind.KEY_USE, 30, "decrypt", "denied");
    key(Kind.KEY_USE, 31, "decrypt", "denied");
    key(Kind.KEY_LIFECYCLE, 40, "enable", "success");
    key(Kind.KEY_USE, 50, "decrypt", "success");
    assertEquals(
        List.of(
            "2 key.used-after-disable k: used 5 s after the disable in entry 1",
            "3 key.used-after-disable k: used 6 s after the disable in entry 1",
            "4 key.first-denial k: denied 10 s after the disable in entry 1"),
        alerts);
  }

  @Test
  void dataReadPastThePolicysCacheTimeIsNoticed() throws Refused {
    policy("\"keys\":{\"allow\":[\"DE\"],\"max-cache\":\"60s\"},");
    key(Kind.KEY_USE, 100, "unwrap", "success");
    key(Kind.DATA_ACCESS, 160, "read", "success");
    key(Kind.DATA_ACCESS, 165, "read", "success");
    key(Kind.DATA_ACCESS, 170, "read", "denied");
    key(Kind.KEY_USE, 170, "unwrap", "success");
    key(Kind.DATA_ACCESS, 175, "read", "success");
    assertEquals(List.of("3 key.cached-too-long k: 5 s past the cache time"), alerts);
  }

  @Test
  void anotherInstancesCacheTimeDoesNotCount() throws Refused {
    policy("\"keys\":{\"allow\":[\"DE\"],\"max-cache\":\"60s\"},");
    key(Kind.KEY_USE, 100, "unwrap", "success");
    Attributes attributes = Attributes.builder().put("ledger.key.id", "k").build();
    RecordEvent.Builder other = RecordEvent.builder(Kind.DATA_ACCESS, "portal");
    add(other.attributes(attributes).time(500 * S).build());
    assertEquals(List.of(), alerts);
  }

  @Test
  void aDecryptWithAKeyThatWasUnwrappedBeforeUsesWhatIsHeld() throws Refused {
    policy("\"keys\":{\"allow\":[\"DE\"],\"max-cache\":\"60s\"},");
    key(Kind.KEY_USE, 100, "unwrap", "success");
    key(Kind.KEY_USE, 161, "decrypt", "success");
    key(Kind.KEY_USE, 162, "unwrap", "success");
    key(Kind.KEY_USE, 163, "decrypt", "success");
    assertEquals(List.of("2 key.cached-too-long k: 1 s past the cache time"), alerts);
  }

  @Test
  void withoutAnyCacheTimeNothingIsPastIt() throws Refused {
    key(Kind.KEY_USE, 100, "unwrap", "success");
    key(Kind.DATA_ACCESS, 1_000_000, "read", "success");
    assertEquals(List.of(), alerts);
  }

  @Test
  void aGapIsNoticedWhenTheNextNumberArrives() throws Refused {
    for (long number : new long[] {7, 8, 11, 9, 12, 0}) {
      add(Kind.OTHER, Map.of(), Attributes.builder().put("audit.sequence.number", number));
    }
    assertEquals(
        List.of(
            "2 sequence.gap [\"cli\",null,null]: 9 to 10",
            "3 sequence.repeat [\"cli\",null,null]: 9 after 11",
            "5 sequence.repeat [\"cli\",null,null]: 0 after 12"),
        alerts);
  }

  @Test
  void aRecordThatDoesNotNameTheOneBeforeItBreaksTheChain() throws Refused {
    add(linked(1, ""));
    add(linked(2, hash(linked(1, ""))));
    add(linked(3, hash(linked(1, ""))));
    add(linked(4, ""));
    assertEquals(
        List.of(
            "2 sequence.chain-broken [\"cli\",null,null]: does not name the record before it",
            "3 sequence.chain-broken [\"cli\",null,null]: names no record before it"),
        alerts);
  }

  @Test
  void aSignatureThatDoesNotHoldIsNoticed() throws Refused {
    for (Integrity.Status status : Integrity.Status.values()) {
      add(
          RecordEvent.builder(Kind.OTHER, "cli")
              .integrity(Integrity.failed(status, "EdDSA", "", "why"))
              .build());
    }
    assertEquals(List.of("1 signature.invalid [\"cli\",null,null]: why"), alerts);
  }

  private static RecordEvent linked(long number, String hash) throws Refused {
    Attributes.Builder attributes = Attributes.builder().put("audit.sequence.number", number);
    if (!hash.isEmpty()) {
      attributes.put("audit.sequence.prev_hash", hash);
    }
    return RecordEvent.builder(Kind.OTHER, "cli").attributes(attributes.build()).build();
  }

  private static String hash(RecordEvent event) {
    return Hash.sha256(EventCodec.encode(event)).hex();
  }

  @Test
  void anEdgeAcrossABorderIsNoticedOncePerCategory() throws Refused {
    policy("\"sites\":{\"hq\":\"CH\"},");
    Map<Hop, String> abroad =
        Map.of(Hop.PROCESSING, "aws:eu-central-1", Hop.STORAGE, "aws:us-east-1");
    add(Kind.DATA_ACCESS, abroad, Attributes.builder());
    add(Kind.DATA_ACCESS, abroad, Attributes.builder());
    add(Kind.DATA_ACCESS, abroad, Attributes.builder().put("ledger.data.category", "billing"));
    add(
        Kind.DATA_ACCESS,
        Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "onprem:hq"),
        Attributes.builder());
    add(Kind.DATA_ACCESS, Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "EU"), Attributes.builder());
    add(
        Kind.DATA_ACCESS,
        Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "gcp:europe-west3"),
        Attributes.builder());
    assertEquals(
        List.of(
            "1 edge.cross-border DE -> US (storage): first seen for data of category *, without an"
                + " approval",
            "3 edge.cross-border DE -> US (storage): first seen for data of category billing,"
                + " without an approval",
            "4 edge.cross-border DE -> CH (storage): first seen for data of category *, without an"
                + " approval"),
        alerts);
  }

  @Test
  void rawLogsKeptAbroadAreNoticed() throws Refused {
    category("logs", Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "US"));
    category("logs", Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "DE"));
    category("billing", Map.of(Hop.PROCESSING, "DE", Hop.STORAGE, "US"));
    assertEquals(List.of("0 habit.central-logging DE -> US: category logs"), habits());
  }

  @Test
  void aBackupAbroadIsNoticedUnlessSomethingAllowsIt() throws Refused {
    Map<Hop, String> abroad = Map.of(Hop.STORAGE, "DE", Hop.BACKUP, "US");
    add(Kind.LIFECYCLE, abroad, Attributes.builder());
    add(Kind.LIFECYCLE, abroad, Attributes.builder().put("ledger.approval.id", "CAB-7"));
    Finding exception = new Finding(Hop.BACKUP, Outcome.EXCEPTION, "exceptions.dr");
    add(
        record(Kind.LIFECYCLE, abroad, Attributes.builder())
            .withVerdict(Verdict.of(List.of(exception), 0)));
    add(
        Kind.LIFECYCLE,
        Map.of(Hop.STORAGE, "DE", Hop.BACKUP, "aws:eu-central-1"),
        Attributes.builder());
    Attributes.Builder approval =
        Attributes.builder()
            .put("ledger.approval.id", "CAB-7")
            .put("ledger.approval.authority", "Board")
            .put("ledger.approval.until", "2099-12-31")
            .put("ledger.approval.place", "US");
    add(Kind.APPROVAL, Map.of(), approval);
    add(Kind.LIFECYCLE, abroad, Attributes.builder().put("ledger.approval.id", "CAB-7"));
    Map<Hop, String> elsewhere = Map.of(Hop.STORAGE, "DE", Hop.BACKUP, "CA", Hop.PROCESSING, "US");
    add(Kind.LIFECYCLE, elsewhere, Attributes.builder().put("ledger.approval.id", "CAB-7"));
    String none = " habit.backup-abroad DE -> US: no exception and no approval";
    assertEquals(
        List.of(
            "0" + none, "1" + none, "6 habit.backup-abroad DE -> CA: no exception and no approval"),
        habits());
  }

  @Test
  void callsOfAnalyticsServicesAreNoticed() throws Refused {
    for (String host :
        List.of("api.Segment.io", "segment.io", "notsegment.io", "segment.io.evil.example")) {
      add(Kind.POLICY_DECISION, Map.of(), Attributes.builder().put("server.address", host));
    }
    assertEquals(
        List.of(
            "0 habit.analytics-egress api.segment.io: cli",
            "1 habit.analytics-egress segment.io: cli"),
        habits());
  }

  @Test
  void aLocationInferredFromAnAddressIsNoticed() throws Refused {
    add(
        Kind.LOCATION_EVIDENCE,
        Map.of(),
        Attributes.builder().put("ledger.location.evidence.type", "GeoIP"));
    add(
        Kind.LOCATION_EVIDENCE,
        Map.of(),
        Attributes.builder().put("ledger.location.evidence.type", "aws-iid"));
    assertEquals(List.of("0 habit.geo-by-ip cli: evidence of type GeoIP"), habits());
  }

  @Test
  void aBuildArtifactThatMovesBetweenRegionsIsNoticed() throws Refused {
    category(
        "ci-artifact", Map.of(Hop.PROCESSING, "aws:eu-central-1", Hop.STORAGE, "gcp:europe-west3"));
    category(
        "ci-artifact", Map.of(Hop.PROCESSING, "aws:eu-central-1", Hop.STORAGE, "aws:eu-central-1"));
    assertEquals(
        List.of(
            "0 habit.artifact-moved aws:eu-central-1 -> gcp:europe-west3: category ci-artifact"),
        habits());
  }

  @Test
  void anInferenceAtAGlobalEndpointIsNoticed() throws Refused {
    add(Kind.INFERENCE, Map.of(), Attributes.builder().put("server.address", "api.openai.com"));
    add(Kind.OTHER, Map.of(), Attributes.builder().put("server.address", "api.openai.com"));
    assertEquals(List.of("0 habit.global-endpoint api.openai.com: cli"), habits());
  }

  private List<String> habits() {
    return alerts.stream().filter(alert -> alert.contains(" habit.")).toList();
  }

  private void key(Kind kind, long seconds, String operation, String outcome) throws Refused {
    Attributes attributes =
        Attributes.builder()
            .put("ledger.key.id", "k")
            .put("ledger.key.operation", operation)
            .put("audit.outcome", outcome)
            .build();
    add(RecordEvent.builder(kind, "cli").attributes(attributes).time(seconds * S).build());
  }

  private void category(String category, Map<Hop, String> places) throws Refused {
    add(Kind.DATA_ACCESS, places, Attributes.builder().put("ledger.data.category", category));
  }

  private void add(Kind kind, Map<Hop, String> places, Attributes.Builder attributes)
      throws Refused {
    add(record(kind, places, attributes));
  }

  private static RecordEvent record(
      Kind kind, Map<Hop, String> places, Attributes.Builder attributes) throws Refused {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    places.forEach((hop, place) -> locations.put(hop, new Location(place, Assurance.CLAIMED)));
    return RecordEvent.builder(kind, "cli")
        .attributes(attributes.build())
        .locations(locations)
        .build();
  }

  private void policy(String part) throws Refused {
    String json =
        "{"
            + part
            + "\"version\":1,\"tenant\":\"t\",\"categories\":{\"*\":{\"default\":{\"allow\":[\"EU\"]}}}}";
    Json.Obj policy = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
    detectors.add(
        index++, 0, new PolicyAdoption("cli", 1, policy, OptionalLong.empty(), Hash.ZERO, ""));
  }

  private void add(RecordEvent event) {
    for (Alert alert : detectors.add(index, 5, event)) {
      alerts.add(
          alert.index()
              + " "
              + alert.kind().wire()
              + " "
              + alert.subject()
              + ": "
              + alert.detail());
    }
    index++;
  }
}
