package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Duties;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Memory.Part;
import dev.cadastre.proof.detect.Sighting.InForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All detectors over one log: what no single entry shows, and habits that a policy's rules do not
 * name. They notice in the order of the log, so a record that arrives late is seen late. What they
 * notice stands in no entry's verdict; some of it is a violation all the same ({@link
 * OrderViolations}).
 */
public final class Detectors {
  private static final Reads NOTHING_MORE = new Reads(Set.of(), Set.of());

  private final Registry registry;
  private final Memory memory;
  private final List<Detector> detectors;
  private InForce inForce;
  private Reads reads = NOTHING_MORE;

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
    this.inForce = InForce.none(registry);
    Approvals approvals = new Approvals(memory);
    this.detectors =
        List.of(
            approvals,
            new KeyDetector(memory),
            new CacheDetector(memory),
            new DutyDetector(memory, approvals),
            new GapDetector(memory),
            chains(new ChainFollower(memory)),
            Detectors::signature,
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
      Sighting sighting = new Sighting(index, ns, one, inForce);
      detectors.forEach(detector -> detector.see(sighting, alerts::add));
    }
    return alerts;
  }

  private void adopted(String text) {
    try {
      adopt((PolicyAdoption) EventCodec.decode(text.getBytes(StandardCharsets.UTF_8)));
    } catch (Refused e) {
      throw new IllegalStateException("the detectors' memory holds no adoption", e);
    }
  }

  private void adopt(PolicyAdoption adoption) {
    inForce = InForce.of(adoption, registry);
    reads = Reads.of(inForce);
  }

  /** What tells detectors something because of what the policy in force says. */
  public Reads reads() {
    return reads;
  }

  /**
   * What tells detectors something because of a policy, beside what always does.
   *
   * @param attributes names of attributes
   * @param kinds of records, all of them
   */
  public record Reads(Set<String> attributes, Set<Kind> kinds) {
    private static Reads of(InForce inForce) {
      Duties duties = inForce.policy().map(Policy::duties).orElse(Duties.NONE);
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      duties.asked().forEach(duty -> kinds.addAll(DutyDetector.reads(duty)));
      if (inForce.inventory().isPresent()) {
        Stream.of(Kind.values()).filter(Kind::judged).forEach(kinds::add);
      }
      boolean sinks = inForce.policy().filter(one -> !one.sinks().isEmpty()).isPresent();
      return new Reads(
          sinks ? Set.of(Names.DATA_OBJECT_ID, Names.AUDIT_TARGET_ID) : Set.of(),
          Set.copyOf(kinds));
    }
  }

  /** What places mean under an adoption's policy. */
  public static Places places(PolicyAdoption adoption, Registry registry) {
    return InForce.of(adoption, registry).places();
  }

  private static void signature(Sighting sighting, Consumer<Alert> alerts) {
    sighting
        .event()
        .integrity()
        .filter(integrity -> integrity.status() == Integrity.Status.INVALID)
        .map(
            integrity ->
                sighting.alert(
                    Alert.Kind.SIGNATURE_INVALID, Streams.of(sighting.event()), integrity.reason()))
        .ifPresent(alerts);
  }

  /** Records that do not continue the chain of their sender. */
  private static Detector chains(ChainFollower chains) {
    return (sighting, alerts) ->
        chains
            .follow(sighting.event())
            .filter(step -> step.link() == ChainFollower.Link.BROKEN)
            .map(step -> sighting.alert(Alert.Kind.CHAIN_BROKEN, step.stream(), step.detail()))
            .ifPresent(alerts);
  }
}
