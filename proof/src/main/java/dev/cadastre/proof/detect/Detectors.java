package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.detect.Memory.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All detectors over one log: what no single entry shows, and habits that a policy's rules do not
 * name. They notice in the order of the log, so a record that arrives late is seen late. What they
 * notice stands in no entry's verdict; some of it is a violation all the same ({@link
 * OrderViolations}).
 */
public final class Detectors {
  private final Registry registry;
  private final Memory memory;
  private final List<Detector> detectors;
  private Places places;
  private OptionalLong maxCacheS = OptionalLong.empty();
  private Optional<Inventory> inventory = Optional.empty();

  /** From a log's birth. */
  public Detectors(Registry registry) {
    this(registry, Memory.inHeap());
  }

  /**
   * From where the memory was left.
   *
   * @param registry says where places are, as long as no policy names an edition of its own
   */
  public Detectors(Registry registry, Memory memory) {
    this.registry = registry;
    this.memory = memory;
    this.places = new Places(Map.of(), registry);
    Approvals approvals = new Approvals(memory);
    this.detectors =
        List.of(
            approvals,
            new KeyDetector(memory),
            new CacheDetector(memory),
            new GapDetector(memory),
            new ChainDetector(memory),
            new SignatureDetector(),
            new BorderDetector(memory, approvals),
            new HabitDetector(approvals),
            new InventoryDetector());
    memory.get(Part.ADOPTED, "").ifPresent(this::adopted);
  }

  /** Takes the next entry's event and returns what it brings to light. */
  public List<Alert> add(long index, long receivedNs, Event event) {
    List<Alert> alerts = new ArrayList<>();
    if (event instanceof PolicyAdoption adoption) {
      memory.put(Part.ADOPTED, "", new String(EventCodec.encode(adoption), StandardCharsets.UTF_8));
      adopt(adoption);
    } else if (event instanceof RecordEvent one && one.kind() == Kind.DETECTORS_STATE) {
      DetectorsState.restore(one, memory);
    } else if (event instanceof RecordEvent one) {
      long ns = KeyHistories.time(receivedNs, one);
      Sighting sighting = new Sighting(index, ns, one, places, maxCacheS, inventory);
      detectors.forEach(detector -> detector.see(sighting, alerts::add));
    }
    return alerts;
  }

  /** Whether any judged record may be of interest, since an inventory is in force. */
  public boolean seesAll() {
    return inventory.isPresent();
  }

  private void adopted(String text) {
    try {
      adopt((PolicyAdoption) EventCodec.decode(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Refused e) {
      throw new IllegalStateException("the detectors' memory holds no adoption", e);
    }
  }

  private void adopt(PolicyAdoption adoption) {
    places = places(adoption, registry);
    maxCacheS = OrderViolations.maxCacheS(adoption);
    inventory = Inventory.orNone(adoption);
  }

  /**
   * What places mean under a policy.
   *
   * @param registry where the edition that it names is not known
   */
  public static Places places(PolicyAdoption adoption, Registry registry) {
    Registry edition = Registry.edition(adoption.registry()).orElse(registry);
    return new Places(sites(adoption), edition);
  }

  /** None of a policy in a language that is not ours. */
  private static Map<String, String> sites(PolicyAdoption adoption) {
    try {
      return Policy.fromJson(adoption.policy()).sites();
    } catch (Refused e) {
      return Map.of();
    }
  }
}
