package dev.cadastre.proof.pack.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table that people open in a spreadsheet. */
class EventsCsvTest {
  private static String row(Event event) throws Refused {
    Entry entry =
        Entry.parse(
            EntryFrame.seal(EventCodec.encode(event), 7, Hash.ZERO, 1_767_225_600_000_000_001L));
    String row = new String(EventsCsv.row(entry, event), StandardCharsets.UTF_8);
    return row.replace(entry.leafHash().hex(), "LEAF");
  }

  private static String named(String name) throws Refused {
    return row(RecordEvent.builder(Kind.OTHER, "cli").name(name).build()).split(",", 5)[4];
  }

  @Test
  void headerNamesTheColumns() {
    String header = new String(EventsCsv.header(), StandardCharsets.UTF_8);
    assertTrue(
        header.startsWith("index,received,time,kind,") && header.endsWith(",leaf_hash\r\n"),
        header);
  }

  @Test
  void everyRowHasEveryColumn() throws Refused {
    assertEquals(
        "7,2026-01-01T00:00:00.000000001Z,,log.birth,,,,,,,,,,,,,LEAF\r\n",
        row(new Birth("eu-de", List.of(), "example.com/eu-de/bank")));
    assertEquals(
        "7,2026-01-01T00:00:00.000000001Z,,other,x,,,,,,,,,,,,LEAF\r\n",
        row(RecordEvent.builder(Kind.OTHER, "cli").name("x").build()));
  }

  @Test
  void formulasAreMadeHarmless() throws Refused {
    for (String start : List.of("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")) {
      assertTrue(named(start + "1").startsWith("'" + start), start);
    }
    assertTrue(named("\r=1").startsWith("\"'\r=1\""));
    assertTrue(named("\n=1").startsWith("\"'\n=1\""));
    assertTrue(named("1=1").startsWith("1=1,"));
  }

  @Test
  void separatorsAreQuoted() throws Refused {
    assertTrue(named("a,b").startsWith("\"a,b\","));
    assertTrue(named("say \"x\"").startsWith("\"say \"\"x\"\"\","));
    assertTrue(named("=\"x\",1").startsWith("\"'=\"\"x\"\",1\","));
  }

  @Test
  void timesBeyondASignedLongAreStillTimes() throws Refused {
    Event event = RecordEvent.builder(Kind.OTHER, "cli").time(-1L).build();
    assertTrue(row(event).contains(",2554-07-21T23:34:33.709551615Z,"), row(event));
  }
}
