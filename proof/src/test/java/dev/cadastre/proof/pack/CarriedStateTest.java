package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.detail;
import static dev.cadastre.proof.pack.Reports.idsOf;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.proof.attestation.Carried;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.Statement;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A key that is disabled in one period and used in the next: a pack of the next alone shows it. The
 * log: birth, policy, disable, two accesses, state; use, denial, access, policy, access, state.
 */
public class CarriedStateTest {
  private static final UnaryOperator<DetectorsState> AS_IT_IS = state -> state;
  private static final DetectorsState NOTHING =
      new DetectorsState(
          OptionalLong.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          0);

  public static SyntheticLog log() throws Refused {
    return log(AS_IT_IS, AS_IT_IS);
  }

  private static SyntheticLog log(
      UnaryOperator<DetectorsState> first, UnaryOperator<DetectorsState> second) throws Refused {
    SyntheticLog log = SyntheticLog.born(SyntheticPack.ORIGIN, "bank");
    log.adopt("EU");
    log.append(key(log, Kind.KEY_LIFECYCLE, "disable", "success"));
    log.append(log.access("aws:eu-central-1", "service"));
    log.append(log.access("aws:eu-central-1", "service"));
    log.append(first.apply(state(log)).event(SyntheticLog.T0));
    log.append(key(log, Kind.KEY_USE, "decrypt", "success"));
    log.append(key(log, Kind.KEY_USE, "decrypt", "denied"));
    log.append(log.access("aws:eu-central-1", "service"));
    log.adopt("DE");
    log.append(log.access("aws:eu-central-1", "service"));
    log.append(second.apply(state(log)).event(SyntheticLog.T0));
    log.append(log.access("aws:eu-central-1", "service"));
    return log;
  }

  private static RecordEvent key(SyntheticLog log, Kind kind, String operation, String outcome)
      throws Refused {
    return log.judged(
        RecordEvent.builder(kind, "token/1a2b3c4d")
            .time(SyntheticLog.T0 + log.entries.size() * 1_000_000_000L)
            .attributes(
                Attributes.builder()
                    .put("ledger.key.id", "k")
                    .put("ledger.key.operation", operation)
                    .put("audit.outcome", outcome)
                    .build())
            .build());
  }

  private static DetectorsState state(SyntheticLog log) throws Refused {
    StateFold fold = new StateFold();
    for (int i = 0; i < log.entries.size(); i++) {
      try {
        fold.add(i, log.entry(i).received(), log.events.get(i));
      } catch (Refused lie) {
        // The keeper knows better.
      }
    }
    return fold.state(0);
  }

  private static ResidencyAttestation attestation(SyntheticPack pack) throws Refused {
    Dsse dsse = Dsse.fromJson(Json.parseObject(pack.payload.get(PackLayout.ATTESTATION)));
    Json.Obj statement = Json.parseObject(dsse.payload().getBytes(StandardCharsets.UTF_8));
    return ResidencyAttestation.fromJson(Statement.fromJson(statement).predicate());
  }

  private static String check(VerificationReport report) {
    Check check = report.check("carried").orElseThrow();
    return check.status().word() + ": " + check.detail();
  }

  @Test
  void thePackOfTheSecondPeriodAloneShowsTheUseAfterTheDisable() throws Refused {
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 6, 12);
    VerificationReport report = verify(pack);
    assertTrue(report.verified(), report::toString);
    assertEquals(
        "ok: entry 5: 1 disabled key, 0 withdrawn accesses, 0 approvals and 0 keys in memory",
        check(report));
    ResidencyAttestation said = attestation(pack);
    assertEquals(List.of("keys.disabled 6"), violations(said));
    assertEquals(Optional.of(new Carried(5, 1, 0, 0, 0, 0, 0, 0)), said.carried());
    assertEquals(2, said.keys().get(0).revocations().get(0).index());
    assertEquals(OptionalLong.of(7), said.keys().get(0).revocations().get(0).denial());
  }

  @Test
  void theWholeLogShowsTheSame() throws Refused {
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 0, 12);
    assertTrue(verify(pack).verified(), () -> check(verifyQuietly(pack)));
    assertEquals(List.of("keys.disabled 6"), violations(attestation(pack)));
  }

  private static List<String> violations(ResidencyAttestation said) {
    return said.violations().stream()
        .map(group -> group.what().rule() + " " + group.first())
        .toList();
  }

  private static VerificationReport verifyQuietly(SyntheticPack pack) {
    try {
      return verify(pack);
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aStateThatTheEntriesBeforeItDoNotGiveIsNamed() throws Refused {
    SyntheticPack first = SyntheticPack.of(log(state -> NOTHING, AS_IT_IS), 0, 6);
    VerificationReport report = verify(first);
    assertFalse(report.verified());
    assertEquals(OptionalLong.of(5), report.firstWrongEntry());
    assertEquals(
        "failed: entry 5 carries a state of keys (0 disabled keys, 0 withdrawn accesses,"
            + " 0 approvals and 0 keys in memory,"
            + " since the log's birth) that is not what the entries before it give (1 disabled key,"
            + " 0 withdrawn accesses, 0 approvals and 0 keys in memory, since the log's birth)",
        check(report));
    SyntheticPack second = SyntheticPack.of(log(AS_IT_IS, state -> NOTHING), 6, 12);
    assertEquals(OptionalLong.of(11), verify(second).firstWrongEntry());
  }

  @Test
  void anotherEntryInPlaceOfTheOneThatCarriesTheStateIsRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 6, 12);
    SyntheticLog lying = log(state -> NOTHING, AS_IT_IS);
    pack.payload.put(PackLayout.ENTRY_BEFORE, lying.entries.get(5));
    VerificationReport report = verify(pack);
    assertFalse(report.verified());
    assertTrue(
        check(report).startsWith("failed: expected entry 5, the last before"), check(report));
  }

  @Test
  void aStateThatIsLeftOutIsMissed() throws Refused {
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 6, 12);
    pack.payload.remove(PackLayout.ENTRY_BEFORE);
    VerificationReport report = verify(pack);
    assertFalse(report.verified(), "the attestation rests on it");
    assertTrue(check(report).startsWith("note: nothing: uses of keys that were disabled"));
  }

  @Test
  void anEntryBeforeTheBirthIsRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 0, 12);
    pack.payload.put(PackLayout.ENTRY_BEFORE, pack.log.entries.get(5));
    assertFalse(verify(pack).verified());
  }

  @Test
  void aStateInAnotherFormIsRefused() throws Refused {
    RecordEvent good = state(log(AS_IT_IS, AS_IT_IS)).event(SyntheticLog.T0);
    assertEquals(
        Optional.of(state(log(AS_IT_IS, AS_IT_IS))),
        DetectorsState.in(EventCodec.decode(EventCodec.encode(good))));
    for (String name : good.attributes().asMap().keySet()) {
      Attributes.Builder fewer = Attributes.builder();
      for (var one : good.attributes().asMap().entrySet()) {
        if (!one.getKey().equals(name)) {
          fewer.put(one.getKey(), one.getValue());
        }
      }
      RecordEvent bad = good.toBuilder().attributes(fewer.put("more", 1).build()).build();
      org.junit.jupiter.api.Assertions.assertThrows(
          Refused.class, () -> DetectorsState.in(bad), name);
    }
  }

  @Test
  void aLogThatCarriedNothingIsFollowedFromItsFirstStateOn() throws Refused {
    // The pack begins amid the first period, as one of a log from before states would.
    SyntheticPack pack = SyntheticPack.of(log(AS_IT_IS, AS_IT_IS), 4, 12);
    VerificationReport report = verify(pack);
    assertTrue(report.verified(), () -> check(report));
    assertTrue(check(report).startsWith("note: "), check(report));
    assertEquals(List.of("keys.disabled 6"), violations(attestation(pack)));
    assertFalse(verify(SyntheticPack.of(log(AS_IT_IS, state -> NOTHING), 4, 12)).verified());
  }

  @Test
  void ofMoreThanFitsTheNewestAreCarriedAndTheRestIsCounted() throws Refused {
    StateFold fold = new StateFold();
    String name = "k".repeat(900);
    for (int i = 0; i < 200; i++) {
      fold.add(i, i, disable(i == 150 ? "x".repeat(2_000) : name + i, i));
    }
    DetectorsState state = fold.state(0);
    assertTrue(state.disabled().size() > 50, state.describe());
    assertEquals(200, state.disabled().size() + state.omitted());
    assertEquals(199, state.disabled().get(0).index());
    assertTrue(state.disabled().stream().noneMatch(key -> key.index() == 150));
    byte[] bytes = EventCodec.encode(state.event(SyntheticLog.T0));
    assertTrue(bytes.length > 60_000, "the room is used");
    Entry entry =
        Entry.parse(
            dev.cadastre.formats.entry.EntryFrame.seal(
                bytes, 1, dev.cadastre.formats.Hash.ZERO, SyntheticLog.T0));
    assertEquals(Optional.of(state), DetectorsState.in(EventCodec.decode(entry.eventBytes())));
  }

  private static RecordEvent disable(String key, long index) throws Refused {
    return RecordEvent.builder(Kind.KEY_LIFECYCLE, "cli")
        .time(SyntheticLog.T0 + index)
        .attributes(
            Attributes.builder()
                .put("ledger.key.id", key)
                .put("ledger.key.operation", "disable")
                .build())
        .build();
  }

  /** Taken out by an outsider, or by the keeper who signs the rest. */
  @Test
  void anEntryBeforeThatIsMissingIsNamed() throws Exception {
    SyntheticPack pack = SyntheticPack.of(log(), 6, 12);
    SortedMap<String, byte[]> files = SyntheticPack.unzip(pack.zip());
    files.remove(PackLayout.ENTRY_BEFORE);
    VerificationReport outsider = verify(SyntheticPack.zip(files));
    assertEquals(
        List.of("files", "carried"), idsOf(outsider, Check.Status.FAILED), outsider::toString);
    assertEquals(
        "expected the file data/proofs/before.entry.json that manifest-sha256.txt lists, found"
            + " none",
        detail(outsider, "carried"));
    pack.payload.remove(PackLayout.ENTRY_BEFORE);
    VerificationReport keeper = verify(pack);
    assertEquals("attestation", keeper.firstFailure().orElseThrow().id(), keeper::toString);
    assertEquals(
        "expected the file data/proofs/before.entry.json that the attestation goes on from, found"
            + " none",
        detail(keeper, "attestation"));
  }
}
