package dev.cadastre.proof.detect;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.event.Event;
import dev.cadastre.proof.event.PolicyAdoption;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.residency.Places;
import dev.cadastre.proof.residency.Policy;
import dev.cadastre.proof.residency.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All detectors over one log: what no single entry shows, and habits that a policy's rules do not
 * name. They notice in the order of the log, so a record that arrives late is seen late. What they
 * notice stands in no entry's verdict; some of it is a violation all the same ({@link
 * OrderViolations}).
 */
public final class Detectors {
  private final Registry registry;
  private final List<Detector> detectors =
      List.of(
          new KeyDetector(),
          new CacheDetector(),
          new GapDetector(),
          new ChainDetector(),
          new SignatureDetector(),
          new BorderDetector(),
          new HabitDetector());
  private Places places;
  private OptionalLong maxCacheS = OptionalLong.empty();

  public Detectors(Registry registry) {
    this.registry = registry;
    this.places = new Places(Map.of(), registry);
  }

  /** Takes the next entry's event and returns what it brings to light. */
  public List<Alert> add(long index, long receivedNs, Event event) {
    List<Alert> alerts = new ArrayList<>();
    if (event instanceof PolicyAdoption adoption) {
      adopt(adoption);
    } else if (event instanceof RecordEvent one) {
      long ns = KeyHistories.time(receivedNs, one);
      Sighting sighting = new Sighting(index, ns, one, places, maxCacheS);
      detectors.forEach(detector -> detector.see(sighting, alerts::add));
    }
    return alerts;
  }

  /** A policy in a language that is not ours leaves what was known before. */
  private void adopt(PolicyAdoption adoption) {
    try {
      Policy policy = Policy.fromJson(adoption.policy());
      places = new Places(policy.sites(), registry);
    } catch (Refused e) {
      // Its places cannot be told; its cache time is none.
    }
    maxCacheS = OrderViolations.maxCacheS(adoption);
  }
}
