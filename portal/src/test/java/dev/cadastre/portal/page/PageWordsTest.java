package dev.cadastre.portal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.portal.page.events.EventFilter;
import dev.cadastre.portal.page.events.EventsPage;
import dev.cadastre.portal.page.events.Sentence;
import dev.cadastre.portal.page.overview.MapView;
import dev.cadastre.portal.page.overview.OverviewPage;
import dev.cadastre.portal.page.overview.WorldMap;
import dev.cadastre.proof.attestation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How pages say and draw things. */
class PageWordsTest {
  private static final LogName LOG = new LogName("bank");

  private static TimeRange time(String name, String value) throws Refused {
    EventQuery query = new EventFilter(Map.of(name, value)).query(LOG, Optional.empty(), 10);
    return query.time();
  }

  @Test
  void timesAreReadAsUtcAndADayEndsWithItsDay() throws Refused {
    long day = TimeRange.nanos(Instant.parse("2026-11-21T00:00:00Z"));
    assertEquals(day, time("from", "2026-11-21").fromNs());
    assertEquals(day + Duration.ofDays(1).toNanos(), time("to", "2026-11-21").toNs());
    assertEquals(day, time("from", "2026-11-21T00:00").fromNs());
    assertEquals(day, time("from", "2026-11-21 00:00:00").fromNs());
    assertEquals(day, time("from", "2026-11-21T00:00:00Z").fromNs());
    for (String odd : List.of("21.11.2026", "2026-11-31", "now", "2026-11-21T25:00")) {
      assertThrows(Refused.class, () -> time("from", odd), odd);
    }
  }

  @Test
  void keysThatNoPathSurvivesGoIntoTheQuery() {
    assertEquals(
        "/t/bank/keys/arn:aws:kms:eu-central-1:1:key/ab",
        Links.key(LOG, "arn:aws:kms:eu-central-1:1:key/ab"));
    assertEquals(
        "/t/bank/keys?id=pkcs11:token%3Da%3Bobject%3Db", Links.key(LOG, "pkcs11:token=a;object=b"));
    for (String odd : List.of("../x", "a//b", "/a", "a/", "a b", "a/./b", "a%2fb")) {
      assertTrue(Links.key(LOG, odd).startsWith("/t/bank/keys?id="), odd);
    }
  }

  @Test
  void lengthsOfTimeHaveNoEmptyParts() {
    assertEquals("5 min", Words.seconds(300));
    assertEquals("45 s", Words.seconds(45));
    assertEquals("2 h 5 min", Words.duration(Duration.ofMinutes(125)));
    assertEquals("1 h", Words.duration(Duration.ofSeconds(3600)));
    assertEquals("840 ms", Words.duration(Duration.ofMillis(840)));
  }

  @Test
  void aBrokenContractIsToldByTheRuleThatWasBroken() {
    assertTrue(ContractWords.broken("keys.max-cache").contains("for longer than"));
    assertTrue(ContractWords.broken("operators.countries").contains("from a country"));
    assertTrue(ContractWords.broken("providers.storage").contains("provider"));
    assertTrue(ContractWords.broken("keys.place").startsWith("A key was where"));
    assertTrue(ContractWords.broken("customer-data.processing").startsWith("Data was where"));
  }

  @Test
  void placesAreCalledByTheirNames() {
    PlaceNames names = new PlaceNames(Optional.empty(), Registry.standard());
    assertEquals("Frankfurt, Germany", names.of("aws:eu-central-1"));
    assertEquals("IN (India)", names.withName("IN"));
    assertEquals("EU, Germany", names.areas(List.of("EU", "DE")));
    assertEquals("", names.of("onprem:nowhere"));
    assertEquals("moon-1", names.withName("moon-1"));
  }

  @Test
  void sentencesSayWhoDidWhat() {
    Optional<String> none = Optional.empty();
    assertEquals(
        "spiffe://x/sa/statements decrypted with k1 for billing",
        new Sentence(
                Optional.of("spiffe://x/sa/statements"),
                Optional.of("decrypt"),
                Optional.of("success"),
                Optional.of("k1"),
                none,
                Optional.of("billing"))
            .text());
    assertEquals(
        "svc was refused unwrap of k1",
        new Sentence(
                Optional.of("svc"),
                Optional.of("unwrap"),
                Optional.of("denied"),
                Optional.of("k1"),
                none,
                none)
            .text());
    assertEquals("", new Sentence(none, none, none, none, none, none).text());
  }

  @Test
  void lengthsOfTimeHaveTwoDigitsOfMeaning() {
    assertEquals("840 ms", Words.duration(Duration.ofMillis(840)));
    assertEquals("12.4 s", Words.duration(Duration.ofMillis(12_400)));
    assertEquals("3 min 20 s", Words.duration(Duration.ofSeconds(200)));
    assertEquals("4 d 3 h", Words.duration(Duration.ofHours(99)));
    assertEquals("−1.0 s", Words.duration(Duration.ofSeconds(-1)));
  }

  private static Summary.PlaceSeen seen(String place, Outcome outcome) {
    return new Summary.PlaceSeen(
        Optional.of("data"), Hop.STORAGE, place, Map.of(), Map.of(outcome, 5L), 5, 1, 1);
  }

  @Test
  void theMapHasOneDotForACityAndNamesWhatItCannotDraw() {
    List<Summary.PlaceSeen> places =
        List.of(
            seen("aws:eu-central-1", Outcome.COMPLIANT),
            seen("gcp:europe-west3", Outcome.VIOLATION),
            seen("gcp:asia-southeast1", Outcome.COMPLIANT),
            seen("onprem:cellar", Outcome.COMPLIANT));
    WorldMap map = WorldMap.of(LOG, places, Registry.standard());
    assertEquals(
        List.of("Frankfurt", "Singapore"), map.dots().stream().map(WorldMap.Dot::label).toList());
    assertEquals("violation", map.dots().get(0).outcome());
    assertEquals(List.of("onprem:cellar"), map.unplaced());
  }

  @Test
  void theMapShowsAtLeastAContinentAndAtMostTheWorld() {
    assertEquals("0.0 0.0 960.0 420.0", MapView.around(List.of()).box());
    MapView one = MapView.around(List.of(new MapView.Point(500, 120)));
    assertEquals(340, one.width());
    MapView all = MapView.around(List.of(new MapView.Point(1, 1), new MapView.Point(959, 419)));
    assertEquals("0.0 0.0 960.0 420.0", all.box());
  }

  @Test
  void aListThatEndedEarlyIsNotCalledEmpty() {
    EventPage goesOn = new EventPage(List.of(), Optional.of("cursor"), 5);
    EventPage ended = new EventPage(List.of(), Optional.empty(), 5);
    EventFilter none = new EventFilter(Map.of());
    EventFilter some = new EventFilter(Map.of("text", "rare"));
    for (EventFilter filter : List.of(none, some)) {
      assertEquals(
          "None so far. Only a part of the log was searched: \u201cOlder\u201d searches on.",
          EventsPage.empty(filter, "", goesOn));
    }
    assertEquals("No event matches these filters.", EventsPage.empty(some, "", ended));
    assertEquals("No event has arrived yet.", EventsPage.empty(none, "", ended));
    assertEquals("Nothing was looked for.", EventsPage.empty(some, "no such kind", ended));
  }

  @Test
  void whatTheChartLeavesOutIsSaid() {
    assertEquals("", OverviewPage.outside(0));
    assertTrue(OverviewPage.outside(1).startsWith("1 event names a time"));
    assertTrue(OverviewPage.outside(1200).startsWith("1,200 events name a time"));
  }

  @Test
  void ofManyPlacesAPeriodsPageShowsThoseThatWereSeenMost() {
    SortedMap<Observation, Long> seen = new TreeMap<>();
    for (int i = 0; i < 501; i++) {
      if (i == 500) {
        assertEquals(500, MostSeen.of(seen).size());
        assertEquals("", MostSeen.note(seen.size()));
      }
      seen.put(new Observation("*", "storage", "place-" + i, "claimed", "unjudged"), 1L + i);
    }
    List<Map.Entry<Observation, Long>> shown = MostSeen.of(seen);
    assertEquals(500, shown.size());
    assertEquals(501L, shown.get(0).getValue());
    assertEquals(2L, shown.get(499).getValue());
    assertTrue(MostSeen.note(501).startsWith("500 of 501"));
  }
}
