package dev.cadastre.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.bench.load.PreparedRequest;
import dev.cadastre.bench.load.Sent;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A crash test that cannot fail would prove nothing. */
class OracleTest {
  private static final long FIRST_ID = 7_000;
  private static final int RECORDS = 3;

  private final PreparedRequest request = new PreparedRequest(RECORDS, 5);
  private final Sent sent = new Sent(FIRST_ID);
  private final CrashFindings faults = new CrashFindings();
  private final Oracle oracle = new Oracle("acme", List.of(sent), faults);
  private long nextIndex;

  private void sendAll() {
    byte[] bytes = sent.next(request);
    assertEquals(RECORDS, request.records(), "of " + bytes.length + " bytes");
    sent.acknowledge();
  }

  private void logged(int number) throws Refused {
    logged(FIRST_ID + number, request.timeNs(number), request.object(number));
  }

  private void logged(long id, long timeNs, String object) throws Refused {
    byte[] event =
        EventCodec.encode(
            RecordEvent.builder(Kind.DATA_ACCESS, "token/01020304")
                .id(String.format(Locale.ROOT, "%016d", id))
                .time(timeNs)
                .attributes(Attributes.builder().put("ledger.data.object.id", object).build())
                .build());
    oracle.take(Entry.parse(EntryFrame.seal(event, nextIndex++, Hash.ZERO, timeNs)));
  }

  private void assertFound(String fault, int missing, int duplicated, int invented) {
    BenchResults figures = new BenchResults();
    faults.report(figures);
    assertEquals(Optional.of(fault).filter(text -> !text.isEmpty()), faults.first());
    assertEquals(
        List.of(missing, duplicated, invented),
        List.of(
            (int) figures.get("missing"),
            (int) figures.get("duplicated"),
            (int) figures.get("invented")));
  }

  @Test
  void acknowledgedRecordsEachThereOnceAreSound() throws Refused {
    sendAll();
    logged(0);
    logged(1);
    logged(2);
    oracle.require(oracle.acked());
    assertFound("", 0, 0, 0);
  }

  @Test
  void unansweredRecordsMayBeThereOrNot() throws Refused {
    assertEquals(RECORDS, sent.next(request).length > 0 ? sent.sent() : 0);
    logged(1);
    oracle.require(oracle.acked());
    assertFound("", 0, 0, 0);
  }

  @Test
  void acknowledgedRecordThatIsNotThereIsNamedAndCountedOnce() throws Refused {
    sendAll();
    logged(0);
    logged(2);
    oracle.require(oracle.acked());
    oracle.require(oracle.acked());
    assertFound("log acme lacks acknowledged record 7001", 1, 0, 0);
  }

  @Test
  void recordThatIsThereTwiceIsNamed() throws Refused {
    sendAll();
    logged(0);
    logged(1);
    logged(2);
    logged(1);
    oracle.require(oracle.acked());
    assertFound("log acme entry 3 repeats record 0000000000007001", 0, 1, 0);
  }

  @Test
  void recordThatNobodySentIsNamed() throws Refused {
    sendAll();
    logged(RECORDS);
    assertFound("log acme entry 0 was not sent, or not so: record '0000000000007003'", 0, 0, 1);
  }

  @Test
  void recordThatSaysSomethingElseThanWasSentIsNamed() throws Refused {
    sendAll();
    logged(FIRST_ID + 1, request.timeNs(1), "account/other");
    assertFound("log acme entry 0 was not sent, or not so: record '0000000000007001'", 0, 0, 1);
  }

  @Test
  void logThatLostWhatWasReadBeforeIsHeldAgainstTheAnswersAgain() throws Refused {
    sendAll();
    logged(0);
    logged(1);
    logged(2);
    oracle.require(oracle.acked());
    oracle.forget();
    logged(0);
    logged(1);
    oracle.require(oracle.acked());
    assertFound("log acme lacks acknowledged record 7002", 1, 0, 0);
  }
}
