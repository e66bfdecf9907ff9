package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.policy.KeyRules;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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

  private static final Set<String> RULES = Set.of(AFTER_DISABLE, AFTER_WITHDRAWAL, PAST_CACHE);

  /** What these detectors look at has no place. */
  private static final Places NOWHERE = new Places(Map.of(), Registry.standard());

  private final Memory memory;
  private final KeyDetector keys;
  private final CacheDetector caches;
  private final Approvals approvals;
  private OptionalLong maxCacheS = OptionalLong.empty();

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
  }

  /** From the next record on, this policy's cache time holds. */
  public void adopt(PolicyAdoption adoption) {
    maxCacheS = maxCacheS(adoption);
  }

  /** The policy's cache time, seconds; empty for a policy in a language that is not ours. */
  static OptionalLong maxCacheS(PolicyAdoption adoption) {
    try {
      return Policy.fromJson(adoption.policy())
          .keys()
          .map(KeyRules::maxCacheS)
          .orElse(OptionalLong.empty());
    } catch (Refused e) {
      return OptionalLong.empty();
    }
  }

  /** Takes the next record and returns what it violates. */
  public List<Finding> add(long index, long receivedNs, RecordEvent event) {
    List<Finding> findings = new ArrayList<>();
    if (event.kind() == Kind.DETECTORS_STATE) {
      DetectorsState.restore(event, memory);
      return findings;
    }
    long ns = KeyHistories.time(receivedNs, event);
    Sighting sighting = new Sighting(index, ns, event, NOWHERE, maxCacheS);
    approvals.note(sighting);
    keys.see(sighting, alert -> finding(alert).ifPresent(findings::add));
    caches.see(sighting, alert -> finding(alert).ifPresent(findings::add));
    return findings;
  }

  /** The finding that an alert is, if it is a violation. */
  public static Optional<Finding> finding(Alert alert) {
    return alert.kind().rule().map(rule -> new Finding(Hop.KEY, Outcome.VIOLATION, rule));
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
