package dev.cadastre.proof.attestation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RandomEvents;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttestationTest {
  private static final String ORIGIN = "example.com/eu-de/bank";
  private static final Ed25519NoteSigner SIGNER = new Ed25519NoteSigner(ORIGIN, new byte[32]);

  @Test
  void aPeriodIsCountedListedAndBounded() throws Refused {
    String expected =
        """
        {"categories":{"*":{"unproven":1},"customer-data":{"compliant":1,"violation":2}},\
        "entries":{"from":0,"root":"%1$s","rootBefore":"%2$s","to":7},"exceptions":[],"keys":[],\
        "kinds":{"data.access":4,"log.birth":1,"other":1,"policy.adopted":1},\
        "observations":[{"assurance":"claimed","category":"customer-data","count":1,"hop":"processing","outcome":"compliant","place":"DE"},\
        {"assurance":"claimed","category":"customer-data","count":2,"hop":"processing","outcome":"violation","place":"US"}],\
        "origin":"example.com/eu-de/bank","outcomes":{"compliant":1,"unproven":1,"violation":2},\
        "period":{"after":{"date":"2026-01-01","index":4,"root":"%2$s","time":"200"},"from":"100","to":"200"},\
        "policies":[{"index":1,"judge":1,"registry":"%2$s","sha256":"%3$s"}],"prevented":[],"problems":[[6,6]],"sequences":[],\
        "timing":{"early":1,"late":1,"undated":1,"within":2},"unproven":[[4,4]],\
        "violations":[{"count":2,"entries":[[3,3],[5,5]],"hop":"processing","last":5,"place":"US","rule":"customer-data.processing"}]}\
        """;
    expected = String.format(Locale.ROOT, expected, root(), Hash.ZERO, policy().sha256());
    ResidencyAttestation attestation = fold(period(), scope(7));
    assertEquals(expected, text(attestation.toJson()));
    assertArrayEquals(
        attestation.toJson().jcs(),
        ResidencyAttestation.fromJson(attestation.toJson()).toJson().jcs());
  }

  @Test
  void anAttestationIsReadInItsOneFormAlone() throws Exception {
    Json.Obj predicate = fold(period(), scope(7)).toJson();
    List<Json> observations = new ArrayList<>(predicate.arr("observations"));
    Collections.reverse(observations);
    assertRefused(predicate, "observations", new Json.Arr(observations));
    observations.add(observations.get(0));
    assertRefused(predicate, "observations", new Json.Arr(observations));
    Json policies =
        Json.parse(
            text(predicate.value("policies"))
                .replace("\"judge\":1", "\"judge\":4294967297")
                .getBytes(StandardCharsets.UTF_8));
    assertRefused(predicate, "policies", policies);
  }

  private static void assertRefused(Json.Obj predicate, String name, Json value) {
    SortedMap<String, Json> members = new TreeMap<>(predicate.members());
    members.put(name, value);
    assertThrows(Refused.class, () -> ResidencyAttestation.fromJson(new Json.Obj(members)));
  }

  @Test
  void randomPeriodsComeBackTheSame() throws Refused {
    for (int seed = 0; seed < 50; seed++) {
      RandomEvents random = new RandomEvents(new Random(seed));
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        events.add(random.record());
      }
      ResidencyAttestation attestation = fold(events, scope(40));
      assertEquals(40, attestation.kinds().total());
      assertEquals(
          text(attestation.toJson()),
          text(ResidencyAttestation.fromJson(attestation.toJson()).toJson()),
          "seed " + seed);
    }
  }

  @Test
  void everyChangeToAnEntryShowsInTheAttestation() {
    byte[] whole = fold(period(), scope(7)).toJson().jcs();
    for (int i = 2; i < period().size(); i++) {
      List<Event> changed = period();
      changed.set(i, RecordEvent.builder(Kind.DRILL, "cli").build());
      assertNotEquals(
          new String(whole, StandardCharsets.UTF_8), text(fold(changed, scope(7)).toJson()));
    }
  }

  @Test
  void entriesMustComeInOrderAndAllOfThem() {
    AttestationFold fold = new AttestationFold(scope(2), Optional.empty());
    Event event = period().get(0);
    assertThrows(IllegalArgumentException.class, () -> fold.add(1, 0, event));
    fold.add(0, 0, event);
    assertThrows(IllegalStateException.class, fold::result);
    assertThrows(IllegalArgumentException.class, () -> fold.add(0, 0, event));
    fold.add(1, 0, event);
    assertThrows(IllegalArgumentException.class, () -> fold.add(2, 0, event));
    assertEquals(2, fold.result().kinds().total());
  }

  @Test
  void aSignedStatementIsAboutTheLogAtItsSize() throws Refused {
    Dsse envelope = Dsse.sign(fold(period(), scope(7)).statement(), SIGNER);
    Dsse read = Dsse.fromJson(Json.parseObject(envelope.toJson().jcs()));
    Statement statement = read.verify(List.of(SIGNER.key()));
    assertEquals(ORIGIN, statement.origin());
    assertEquals(root(), statement.root());
    assertEquals(ResidencyAttestation.TYPE, statement.predicateType());
  }

  @Test
  void lengthsInTheSignedBytesAreOfBytes() {
    assertEquals("DSSEv1 28 application/vnd.in-toto+json 4 {\"é", Dsse.pae("{\"é"));
  }

  @Test
  void whatIsSignedIsWhatTheSpecificationSays() {
    Statement statement = fold(period(), scope(7)).statement();
    String payload = text(statement.toJson());
    String pae =
        "DSSEv1 28 application/vnd.in-toto+json "
            + payload.getBytes(StandardCharsets.UTF_8).length
            + " "
            + payload;
    String signature = Base64.getEncoder().encodeToString(SIGNER.sign(pae).signature());
    assertEquals(
        List.of(new Dsse.Signature(SIGNER.key().idHex(), signature)),
        Dsse.sign(statement, SIGNER).signatures());
  }

  @Test
  void aChangedStatementKeyOrEnvelopeIsRefused() throws Refused {
    Dsse good = Dsse.sign(fold(period(), scope(7)).statement(), SIGNER);
    Dsse changed =
        new Dsse(good.payload().replace("\"violation\":2", "\"violation\":1"), good.signatures());
    assertNotEquals(good, changed);
    assertThrows(Refused.class, () -> changed.verify(List.of(SIGNER.key())));
    Ed25519NoteSigner other = new Ed25519NoteSigner(ORIGIN, Hash.sha256().bytes());
    assertThrows(Refused.class, () -> good.verify(List.of(other.key())));
    assertThrows(Refused.class, () -> good.verify(List.of()));
    assertThrows(
        Refused.class, () -> new Dsse(good.payload(), List.of()).verify(List.of(SIGNER.key())));
    Json.Obj foreign =
        Json.Obj.builder()
            .put("payload", "e30=")
            .put("payloadType", "text/plain")
            .put("signatures", new Json.Arr(List.of()))
            .build();
    assertThrows(Refused.class, () -> Dsse.fromJson(foreign));
  }

  @Test
  void anEnvelopeIsReadAsTheSpecificationReadsIt() throws Refused {
    Dsse good = Dsse.sign(fold(period(), scope(7)).statement(), SIGNER);
    Json.Obj json = good.toJson();
    String sig = good.signatures().get(0).base64();
    Json urlSafe =
        Json.Obj.builder()
            .put("sig", sig.replace('+', '-').replace('/', '_'))
            .put("cert", "ignored")
            .build();
    Json.Obj other =
        Json.Obj.builder()
            .put("payload", json.str("payload").replace('+', '-').replace('/', '_'))
            .put("payloadType", Dsse.PAYLOAD_TYPE)
            .put("signatures", new Json.Arr(List.of(urlSafe)))
            .put("future", 1)
            .build();
    Dsse read = Dsse.fromJson(other);
    assertEquals(good.payload(), read.payload());
    assertEquals("", read.signatures().get(0).keyId(), "the hint is optional");
    read.verify(List.of(SIGNER.key()));
    for (String wrong : List.of(sig.substring(1), sig + "=", " " + sig, "")) {
      Dsse malformed = new Dsse(good.payload(), List.of(new Dsse.Signature("", wrong)));
      assertThrows(Refused.class, () -> malformed.verify(List.of(SIGNER.key())), wrong);
    }
  }

  private static List<Event> period() {
    List<Event> events = new ArrayList<>();
    events.add(new Birth("eu-de", List.of(), ORIGIN));
    events.add(policy());
    events.add(access(150, "DE", Outcome.COMPLIANT));
    events.add(access(50, "US", Outcome.VIOLATION));
    Finding unknown = new Finding(Hop.PROCESSING, Outcome.UNPROVEN, "no-rule");
    events.add(
        RecordEvent.builder(Kind.DATA_ACCESS, "cli")
            .time(300)
            .verdict(Verdict.of(List.of(unknown), 1))
            .build());
    events.add(access(200, "US", Outcome.VIOLATION));
    events.add(RecordEvent.builder(Kind.OTHER, "cli").problem("not understood").build());
    return events;
  }

  private static RecordEvent access(long ns, String place, Outcome outcome) {
    Finding finding = new Finding(Hop.PROCESSING, outcome, "customer-data.processing");
    return RecordEvent.builder(Kind.DATA_ACCESS, "cli")
        .attributes(Attributes.of(Map.of("ledger.data.category", Value.of("customer-data"))))
        .locations(Map.of(Hop.PROCESSING, new Location(place, Assurance.CLAIMED)))
        .time(ns)
        .verdict(Verdict.of(List.of(finding), 1))
        .build();
  }

  private static PolicyAdoption policy() {
    Json.Obj policy = Json.Obj.builder().put("version", 1).build();
    return new PolicyAdoption("cli", 1, policy, OptionalLong.empty(), Hash.ZERO, "");
  }

  private static ResidencyAttestation fold(List<Event> events, AttestationScope scope) {
    AttestationFold fold = new AttestationFold(scope, Optional.empty());
    for (int i = 0; i < events.size(); i++) {
      fold.add(i, 100 + i, events.get(i));
    }
    return fold.result();
  }

  private static AttestationScope scope(long to) {
    AnchorPoint after = new AnchorPoint(4, "2026-01-01", 200, Hash.ZERO);
    return new AttestationScope(
        ORIGIN,
        0,
        to,
        Hash.ZERO,
        root(),
        100,
        200,
        Optional.empty(),
        Optional.of(after),
        Optional.empty());
  }

  private static Hash root() {
    return Hash.sha256(new byte[] {1});
  }

  private static String text(Json json) {
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }
}
