package dev.cadastre.proof.attestation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Event;
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
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.report.ReportPage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** However many entries there are, and whatever they hold, an attestation stays verifiable. */
class AttestationRoomTest {
  private static final String ORIGIN = "example.com/eu-de/bank";

  private interface Events {
    Event apply(long index) throws Refused;
  }

  private static final long FIRST = (1L << 53) - 1_000_000;

  @Test
  void everySecondEntryAViolationUnderAlternatingRulesIsListedInRuns() throws Refused {
    ResidencyAttestation said =
        fold(1_000, new ListLimits(), i -> access(i % 2 == 0, "r" + i % 4, "US", i));
    assertEquals(500, said.outcomes().of("violation"));
    assertEquals(
        List.of("r0", "r2"), said.violations().stream().map(g -> g.what().rule()).toList());
    assertEquals(250, said.violations().get(0).count());
    assertEquals(250, said.violations().get(0).entries().runs().size());
    assertEquals(Tally.NONE, said.omitted());
    assertReadBack(said);
  }

  @Test
  void whatHasNoRoomIsCounted() throws Refused {
    ResidencyAttestation said =
        fold(1_000, ListLimits.of(600), i -> access(i % 2 == 0, "rule-" + i, "US", i));
    assertEquals(500, said.outcomes().of("violation"));
    long listed = said.violations().stream().mapToLong(FindingGroup::count).sum();
    assertEquals(500, listed + said.omitted().of("violations"));
    assertTrue(listed > 0 && listed < 10, said.violations().toString());
    assertReadBack(said);
  }

  @Test
  void aGroupCountsOnWhenItsRunsHaveNoMoreRoom() throws Refused {
    ResidencyAttestation said =
        fold(1_000, ListLimits.of(1_000), i -> access(i % 2 == 0, "r", "US", i));
    FindingGroup only = said.violations().get(0);
    assertEquals(500, only.count());
    assertEquals(FIRST + 998, only.last());
    assertEquals(500, only.entries().count() + said.omitted().of("violations"));
    assertReadBack(said);
  }

  @Test
  void aLateNumberIsNoRepeatWhereGapsHadNoRoom() throws Refused {
    long[] numbers = new long[200];
    for (int i = 0; i < 100; i++) {
      numbers[i] = 2L * i;
      numbers[199 - i] = 2L * i + 1;
    }
    ResidencyAttestation said =
        fold(200, ListLimits.of(500), i -> numbered(numbers[(int) (i - FIRST)]));
    assertEquals(0, said.sequences().get(0).repeats());
    assertTrue(said.omitted().of("sequences") > 100, said.omitted().toString());
    assertReadBack(said);
  }

  @Test
  void theWorstPeriodStaysBelowWhatAVerifierHolds() throws Refused {
    ResidencyAttestation said = fold(560_000, new ListLimits(), AttestationRoomTest::worst);
    for (String list :
        List.of(
            "violations",
            "exceptions",
            "unproven",
            "problems",
            "keys",
            "observations",
            "categories",
            "sequences",
            "chains",
            "signatures",
            "policies")) {
      assertTrue(said.omitted().of(list) > 0, list + " is not full: " + said.omitted());
    }
    byte[] envelope =
        Dsse.sign(said.statement(), new Ed25519NoteSigner(ORIGIN, new byte[32])).toJson().jcs();
    int held = PackLimits.STANDARD.maxHeldBytes();
    assertTrue(envelope.length <= held, envelope.length + " of " + held);
    assertTrue(ReportPage.of(said, Optional.empty()).length <= held);
  }

  /** Fills every list, with texts that JSON and HTML make longest. */
  private static Event worst(long index) throws Refused {
    int at = (int) (index - FIRST);
    if (at % 50 == 0) {
      return new PolicyAdoption(
          "cli", 1, Json.Obj.builder().build(), OptionalLong.empty(), Hash.ZERO, "");
    }
    String text = at < 60_000 && at % 3 == 0 ? "\u0001&".repeat(100) + at : "US";
    RecordEvent.Builder event =
        RecordEvent.builder(at < 60_000 ? Kind.KEY_USE : Kind.DATA_ACCESS, "cli").time(1);
    Attributes.Builder attributes = Attributes.builder();
    if (at < 60_000) {
      attributes.put(Names.DATA_CATEGORY, Value.of(text)).put(Names.KEY_ID, Value.of("k" + text));
      attributes.put(Names.AUDIT_SEQUENCE_NUMBER, Value.of(1 + at % 4));
      attributes.put(Names.AUDIT_SEQUENCE_STREAM_ID, Value.of("s" + at / 2));
      attributes.put(Names.AUDIT_SEQUENCE_PREVIOUS_HASH, Value.of("ab"));
    }
    if (at % 4 == 1 && at < 100_000) {
      event
          .problem("?")
          .integrity(new Integrity(Integrity.Status.INVALID, "EdDSA", List.of(), "", "another"));
    }
    Outcome outcome =
        at % 2 == 0 ? Outcome.VIOLATION : at % 4 == 1 ? Outcome.UNPROVEN : Outcome.EXCEPTION;
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    locations.put(Hop.PROCESSING, new Location(text, Assurance.CLAIMED));
    locations.put(Hop.KEY, new Location("k" + text, Assurance.CLAIMED));
    Finding finding = new Finding(Hop.PROCESSING, outcome, "r" + at % 8);
    return event
        .attributes(attributes.build())
        .locations(locations)
        .verdict(Verdict.of(List.of(finding), 1))
        .build();
  }

  private static RecordEvent access(boolean violation, String rule, String place, long index) {
    Outcome outcome = violation ? Outcome.VIOLATION : Outcome.COMPLIANT;
    return RecordEvent.builder(Kind.DATA_ACCESS, "cli")
        .time(index)
        .locations(Map.of(Hop.PROCESSING, new Location(place, Assurance.CLAIMED)))
        .verdict(Verdict.of(List.of(new Finding(Hop.PROCESSING, outcome, rule)), 1))
        .build();
  }

  private static RecordEvent numbered(long number) throws Refused {
    return RecordEvent.builder(Kind.DRILL, "cli")
        .attributes(Attributes.builder().put(Names.AUDIT_SEQUENCE_NUMBER, Value.of(number)).build())
        .build();
  }

  private static ResidencyAttestation fold(int count, ListLimits rooms, Events events)
      throws Refused {
    AnchorPoint after = new AnchorPoint(4, "2026-01-01", 200, Hash.ZERO);
    AttestationScope scope =
        new AttestationScope(
            ORIGIN,
            FIRST,
            FIRST + count,
            Hash.ZERO,
            Hash.sha256(new byte[] {1}),
            100,
            200,
            Optional.of(after),
            Optional.of(after),
            Optional.empty());
    AttestationFold fold = new AttestationFold(scope, Optional.empty(), Optional.empty(), rooms);
    for (long index = FIRST; index < FIRST + count; index++) {
      fold.add(index, 100, events.apply(index));
    }
    return fold.result();
  }

  private static void assertReadBack(ResidencyAttestation said) throws Refused {
    assertArrayEquals(
        said.toJson().jcs(), ResidencyAttestation.fromJson(said.toJson()).toJson().jcs());
  }
}
