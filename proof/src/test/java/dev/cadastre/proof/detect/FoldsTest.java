package dev.cadastre.proof.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private final KeyHistories keys = new KeyHistories();
  private long index;

  @Test
  void timeToRevokeIsFromTheDisableToTheFirstDenial() throws Refused {
    use(100, "success");
    lifecycle(200, "disable", "success");
    use(250, "success");
    use(300, "denied");
    use(400, "denied");
    Revocation revocation = history().revocations().get(0);
    assertEquals(OptionalLong.of(100), revocation.afterNs());
    assertEquals(OptionalLong.of(3), revocation.denial());
    assertEquals(new Runs(List.of(new Runs.Run(2, 2))), revocation.uses());
    assertEquals(List.of(2L, 2L), List.of(history().uses(), history().denials()));
  }

  @Test
  void aUseThatArrivesLateButHappenedBeforeTheDisableIsNotAfterIt() throws Refused {
    lifecycle(200, "disable", "success");
    use(150, "success");
    use(200, "success");
    assertEquals(0, history().revocations().get(0).uses().count());
  }

  @Test
  void enablingEndsARevocationAndTheNextDisableStartsAnother() throws Refused {
    lifecycle(100, "disable", "success");
    lifecycle(200, "enable", "success");
    use(250, "success");
    lifecycle(300, "disable", "success");
    use(350, "denied");
    List<Revocation> revocations = history().revocations();
    assertEquals(2, revocations.size());
    assertEquals(OptionalLong.empty(), revocations.get(0).denial());
    assertEquals(0, revocations.get(0).uses().count());
    assertEquals(OptionalLong.of(50), revocations.get(1).afterNs());
  }

  @Test
  void aDisableThatFailedIsNone() throws Refused {
    lifecycle(100, "disable", "failure");
    use(150, "success");
    assertEquals(List.of(), history().revocations());
  }

  @Test
  void deletingADisabledKeyDoesNotStartTheClockAgain() throws Refused {
    lifecycle(100, "disable", "success");
    lifecycle(200, "schedule-deletion", "success");
    use(250, "denied");
    assertEquals(1, history().revocations().size());
    assertEquals(OptionalLong.of(150), history().revocations().get(0).afterNs());
  }

  @Test
  void rotationsPlacesAndCustodyAreCollected() throws Refused {
    lifecycle(100, "rotate", "success");
    lifecycle(200, "rotate", "success");
    assertEquals(new Runs(List.of(new Runs.Run(0, 1))), history().rotations());
    assertEquals(Set.of("aws:eu-central-1"), history().places());
    assertEquals(Set.of("byok"), history().custody());
  }

  @Test
  void aRecordWithoutTimeCountsWhenItWasReceived() throws Refused {
    lifecycle(0, "disable", "success");
    use(0, "denied");
    assertEquals(OptionalLong.of(1), history().revocations().get(0).afterNs());
  }

  @Test
  void missingNumbersAreThoseThatNeverCame() throws Refused {
    assertEquals("5..12 missing [7..8, 10..10] repeats 1", sequence(5, 6, 9, 11, 12, 6));
    assertEquals("1..4 missing [] repeats 0", sequence(1, 4, 3, 2));
    assertEquals("1..10 missing [2..4, 6..9] repeats 0", sequence(1, 10, 5));
    assertEquals("0..0 missing [] repeats 0", sequence(0));
    assertEquals(
        "9007199254740991..9007199254740991 missing [] repeats 0",
        sequence((1L << 53) - 1, 1L << 53));
  }

  @Test
  void everyInstanceOfAServiceCountsForItself() throws Refused {
    SequenceHistories histories = new SequenceHistories();
    histories.add(numbered(1, "a"));
    histories.add(numbered(3, "b"));
    assertEquals(
        List.of("[\"cli\",\"pay\",\"a\"]", "[\"cli\",\"pay\",\"b\"]"),
        histories.histories().stream().map(SequenceHistory::stream).toList());
    assertTrue(histories.histories().stream().allMatch(one -> one.missing().count() == 0));
  }

  private KeyHistory history() {
    return keys.histories().get(0);
  }

  private void use(long ns, String outcome) throws Refused {
    add(Kind.KEY_USE, ns, "decrypt", outcome);
  }

  private void lifecycle(long ns, String operation, String outcome) throws Refused {
    add(Kind.KEY_LIFECYCLE, ns, operation, outcome);
  }

  private void add(Kind kind, long ns, String operation, String outcome) throws Refused {
    Attributes attributes =
        Attributes.builder()
            .put("ledger.key.id", "k")
            .put("ledger.key.custody", "byok")
            .put("ledger.key.operation", operation)
            .put("audit.outcome", outcome)
            .build();
    RecordEvent event =
        RecordEvent.builder(kind, "cli")
            .attributes(attributes)
            .locations(Map.of(Hop.KEY, new Location("aws:eu-central-1", Assurance.CLAIMED)))
            .time(ns)
            .build();
    keys.add(index, 1_000 + index, event);
    index++;
  }

  private static String sequence(long... numbers) throws Refused {
    SequenceHistories histories = new SequenceHistories();
    for (long number : numbers) {
      histories.add(numbered(number, "a"));
    }
    SequenceHistory one = histories.histories().get(0);
    List<String> missing =
        one.missing().runs().stream().map(run -> run.first() + ".." + run.last()).toList();
    return one.first() + ".." + one.last() + " missing " + missing + " repeats " + one.repeats();
  }

  private static RecordEvent numbered(long number, String instance) throws Refused {
    return RecordEvent.builder(Kind.OTHER, "cli")
        .attributes(Attributes.builder().put("audit.sequence.number", number).build())
        .resource(
            new Resource(
                Attributes.builder()
                    .put("service.name", "pay")
                    .put("service.instance.id", instance)
                    .build()))
        .build();
  }
}
