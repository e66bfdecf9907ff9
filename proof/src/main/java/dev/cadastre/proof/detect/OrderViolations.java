package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.policy.Duties.Said;
import dev.cadastre.formats.policy.Duty;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.detect.Sighting.InForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Violations that only the order of a log shows, and that no judge of single records can find: a
 * key used after its disable, or past its cache time. Each is a finding like the judge's.
 */
public final class OrderViolations {
  /** A key that had been disabled was used. */
  public static final String AFTER_DISABLE = "keys.disabled";

  /** A key was used by one whose access had been withdrawn. */
  public static final String AFTER_WITHDRAWAL = "keys.withdrawn";

  /** A key was used that should no longer have been in memory. */
  public static final String PAST_CACHE = "keys.cache-expired";

  private static final Set<String> RULES =
      Stream.of(Alert.Kind.values())
          .flatMap(kind -> kind.rule().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Memory memory;
  private final KeyDetector keys;
  private final CacheDetector caches;
  private final DutyDetector duties;
  private final Approvals approvals;
  private InForce inForce = InForce.none(Registry.standard());

  public OrderViolations() {
    this(Memory.inHeap());
  }

  /**
   * From where an earlier state was taken.
   *
   * @param room counts what is not followed for want of room
   */
  public static OrderViolations from(Optional<DetectorsState> state, ListCapacity room) {
    Memory memory = Memory.inHeap(room);
    state.ifPresent(known -> known.restore(memory));
    return new OrderViolations(memory);
  }

  OrderViolations(Memory memory) {
    this.memory = memory;
    this.keys = new KeyDetector(memory);
    this.caches = new CacheDetector(memory);
    this.approvals = new Approvals(memory);
    this.duties = new DutyDetector(memory, approvals);
  }

  /** From the next record on, this policy holds. */
  public void adopt(PolicyAdoption adoption) {
    inForce = InForce.of(adoption, Registry.standard());
  }

  /** Kinds of records from which the policy's duties need to know something later. */
  Set<Kind> followed() {
    return inForce
        .policy()
        .map(policy -> policy.duties().asked().flatMap(duty -> DutyDetector.follows(duty).stream()))
        .orElse(Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** When keys were last rotated, as far as the policy asks for that; Unix nanoseconds. */
  public SortedMap<String, Long> rotated() {
    SortedMap<String, Long> rotated = new TreeMap<>();
    memory
        .all(Memory.Part.ROTATED)
        .forEach((key, text) -> rotated.put(key, DutyDetector.Kept.of(text).at()));
    return rotated;
  }

  /** In how many seconds the policy in force asks for the next rotation of a key. */
  public OptionalLong rotateEveryS(String key) {
    Said said =
        inForce
            .policy()
            .map(policy -> policy.duties().of(Optional.of(key)).get(Duty.KEY_ROTATION))
            .orElse(null);
    return said == null ? OptionalLong.empty() : OptionalLong.of((long) said.number());
  }

  public boolean isDisabled(String key) {
    return memory.get(Memory.Part.DISABLED, key).isPresent();
  }

  /** Takes the next record and returns what it violates. */
  public List<Finding> add(long index, long receivedNs, RecordEvent event) {
    List<Finding> findings = new ArrayList<>();
    if (event.kind() == Kind.DETECTORS_STATE) {
      DetectorsState.restore(event, memory);
      return findings;
    }
    long ns = KeyHistories.time(receivedNs, event);
    Sighting sighting = new Sighting(index, ns, event, inForce);
    approvals.note(sighting);
    keys.see(sighting, alert -> finding(alert).ifPresent(findings::add));
    caches.see(sighting, alert -> finding(alert).ifPresent(findings::add));
    duties.see(sighting, alert -> finding(alert).ifPresent(findings::add));
    return findings;
  }

  /** The finding that an alert is, if it is a violation. */
  public static Optional<Finding> finding(Alert alert) {
    return alert
        .kind()
        .rule()
        .map(rule -> new Finding(alert.kind().hop(), Outcome.VIOLATION, rule));
  }

  /** A judged record's verdict and what the order of the log adds to it. */
  public static Verdict with(Verdict said, List<Finding> shown) {
    if (shown.isEmpty()) {
      return said;
    }
    List<Finding> all = new ArrayList<>(said.findings());
    all.addAll(shown);
    return Verdict.of(all, said.policy());
  }

  /** Whether a rule, by its id, is one that the order of a log shows to be violated. */
  public static boolean isOrder(String rule) {
    return RULES.contains(rule);
  }
}
