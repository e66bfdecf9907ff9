package dev.cadastre.formats.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RandomEvents;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeSoundnessTest {
  private static final Registry REGISTRY = Registry.standard();
  private static final Map<String, String> SITES = Map.of("hq", "DE", "lab", "CH");
  private static final List<String> PLACES =
      List.of(
          "EU",
          "EEA",
          "DACH",
          "UK",
          "DE",
          "FR",
          "CH",
          "US",
          "GB",
          "aws:eu-central-1",
          "gcp:europe-west3",
          "aws:eu-west-3",
          "aws:us-east-1",
          "aws:eu",
          "aws:us",
          "gcp:eur6",
          "onprem:hq",
          "onprem:lab");

  /**
   * Spots stand for where a thing can really be: in a named region or site, or elsewhere in a
   * country. Each place is the set of the spots that its name leaves open, and the judge may call
   * only what holds for all of them.
   */
  @Test
  void whatIsCompliantIsSoWhereverTheThingReallyIs() {
    Places places = new Places(SITES, REGISTRY);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      PlaceRule rule = new PlaceRule(some(random, 1), some(random, 0));
      String at = PLACES.get(random.nextInt(PLACES.size()));
      Outcome outcome = places.outcome(places.of(at).orElseThrow(), rule);
      Set<String> spots = spots(at);
      Set<String> allowed = union(rule.allow());
      Set<String> denied = union(rule.deny());
      String shown = at + " under " + rule + " is " + outcome;
      if (outcome == Outcome.COMPLIANT) {
        assertTrue(allowed.containsAll(spots), shown);
        assertTrue(spots.stream().noneMatch(denied::contains), shown);
      } else if (outcome == Outcome.VIOLATION) {
        assertTrue(
            spots.stream().allMatch(spot -> denied.contains(spot) || !allowed.contains(spot)),
            shown);
      } else if (spots.size() == 1) {
        fail("one spot leaves nothing open: " + shown);
      }
    }
  }

  @Test
  void everyEventGetsAVerdictAndTheSameEachTime() throws Refused {
    Policy policy =
        Policy.fromJson(
            Json.parseObject(
                ("{\"version\":1,\"tenant\":\"t\",\"categories\":{\"*\":{\"edge\":{\"allow\":[\"DE\"]}}},"
                        + "\"keys\":{\"allow\":[\"EU\"],\"custody\":[\"byok\"],\"max-cache\":\"1s\"},\"assurance\":\"corroborated\"}")
                    .getBytes(StandardCharsets.UTF_8)));
    for (long seed = 0; seed < 2_000; seed++) {
      RecordEvent event = new RandomEvents(new Random(seed)).record();
      Verdict verdict = Judge.judge(event, policy, REGISTRY, 9, 1);
      assertEquals(verdict, Judge.judge(event, policy, REGISTRY, 9, 1));
      assertEquals(Verdict.of(verdict.findings(), 9), verdict);
      assertEquals(new HashSet<>(verdict.findings()).size(), verdict.findings().size());
      if (event.kind().judged()) {
        RecordEvent judged = event.withVerdict(verdict);
        assertEquals(
            verdict, Judge.judge(judged, policy, REGISTRY, 9, 1), "a verdict is not looked at");
        assertEquals(judged, EventCodec.decode(EventCodec.encode(judged)));
      }
    }
  }

  private static List<String> some(Random random, int least) {
    List<String> some = new ArrayList<>();
    for (int i = least + random.nextInt(3); i > 0; i--) {
      some.add(PLACES.get(random.nextInt(PLACES.size())));
    }
    return some;
  }

  private static Set<String> union(List<String> places) {
    Set<String> union = new HashSet<>();
    places.forEach(place -> union.addAll(spots(place)));
    return union;
  }

  private static Set<String> spots(String place) {
    Set<String> spots = new HashSet<>();
    if (place.contains(":")) {
      REGISTRY
          .resolve(place)
          .ifPresentOrElse(at -> spots.addAll(at.regions()), () -> spots.add(place));
      return spots;
    }
    Set<String> countries = REGISTRY.jurisdictions().getOrDefault(place, Set.of(place));
    for (String country : countries) {
      spots.add(country);
      REGISTRY.regions().stream()
          .filter(region -> region.country().equals(country))
          .forEach(region -> spots.add(region.id()));
      Stream.of("hq", "lab")
          .filter(site -> country.equals(SITES.get(site)))
          .forEach(site -> spots.add("onprem:" + site));
    }
    return spots;
  }
}
