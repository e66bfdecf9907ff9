package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.policy.Duties;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Memory.Part;
import dev.cadastre.proof.detect.Sighting.InForce;
import dev.cadastre.proof.sides.Telling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All detectors over one log: what no single entry shows, and habits that a policy's rules do not
 * name. They notice in the order of the log, so a record that arrives late is seen late. What they
 * notice stands in no entry's verdict; some of it is a violation all the same ({@link
 * OrderViolations}).
 */
public final class Detectors {
  /** Looks at records in the order of the log. */
  interface Detector {
    void see(Sighting sighting, Consumer<Alert> alerts);
  }

  private static final Reads NOTHING_MORE = new Reads(Set.of(), Set.of());

  /** So many entries a detail names. */
  private static final int ENTRIES_NAMED = 5;

  private final Registry registry;
  private final Memory memory;
  private final List<Detector> detectors;
  private final TwoSides sides;
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
    this.sides = new TwoSides(memory);
    Approvals approvals = new Approvals(memory);
    this.detectors =
        List.of(
            approvals,
            new KeyDetector(memory),
            new CacheDetector(memory),
            new DutyDetector(memory, approvals),
            new SenderDetector(memory),
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
      sides(index, receivedNs, one, alerts);
      DetectorsState.restore(one, memory);
    } else if (event instanceof RecordEvent one) {
      long ns = KeyHistories.time(receivedNs, one);
      Sighting sighting = new Sighting(index, ns, one, inForce);
      detectors.forEach(detector -> detector.see(sighting, alerts::add));
      sides(index, receivedNs, one, alerts);
    }
    return alerts;
  }

  /** What the customer told alone, by what it is about, and what both sides tell differently. */
  private void sides(long index, long receivedNs, RecordEvent event, List<Alert> alerts) {
    TwoSides.Seen seen = sides.add(index, receivedNs, event);
    SortedMap<String, List<Telling>> alone = new TreeMap<>();
    seen.alone().stream()
        .filter(one -> one.side() == Side.CUSTOMER)
        .forEach(one -> alone.computeIfAbsent(one.subject(), none -> new ArrayList<>()).add(one));
    alone.forEach(
        (subject, told) ->
            alerts.add(
                new Alert(index, Alert.Kind.TOLD_BY_CUSTOMER_ALONE, subject, entries(told))));
    seen.match()
        .filter(match -> !match.differing().isEmpty())
        .map(
            match ->
                new Alert(
                    index, Alert.Kind.TOLD_DIFFERENTLY, match.later().subject(), words(match)))
        .ifPresent(alerts::add);
  }

  private static String entries(List<Telling> told) {
    String first =
        told.stream()
            .limit(ENTRIES_NAMED)
            .map(one -> Long.toString(one.index()))
            .collect(Collectors.joining(", "));
    int more = told.size() - ENTRIES_NAMED;
    return "told in entry " + first + (more > 0 ? " and " + more + " more" : "");
  }

  private static String words(TwoSides.Match match) {
    return match.differing().stream()
        .map(
            name ->
                name
                    + " "
                    + match.later().said().get(name)
                    + ", in entry "
                    + match.earlier().index()
                    + " "
                    + match.earlier().said().get(name))
        .collect(Collectors.joining("; "));
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
    sides.adopt(adoption);
    reads = Reads.of(inForce, sides.withinNs().isPresent());
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
    private static Reads of(InForce inForce, boolean compared) {
      Duties duties = inForce.policy().map(Policy::duties).orElse(Duties.NONE);
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      duties.asked().forEach(duty -> kinds.addAll(DutyDetector.reads(duty)));
      if (inForce.inventory().isPresent()) {
        Stream.of(Kind.values()).filter(Kind::judged).forEach(kinds::add);
      }
      if (compared) {
        kinds.add(Kind.KEY_USE);
        kinds.add(Kind.DATA_ACCESS);
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
}
