package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.proof.detect.Approvals;
import dev.cadastre.proof.detect.ChainHistories;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.KeyHistories;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.OrderViolations;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.detect.SequenceHistories;
import dev.cadastre.proof.detect.TwoSides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Computes an attestation from the entries of its scope, given one after the other. It holds
 * counts, and of single entries only what the attestation lists. Verdicts are counted as the
 * entries have them (whoever verifies judges each entry again as well), together with the
 * violations that only the order of the entries shows.
 */
public final class AttestationFold {
  private static final int OBSERVATION_BYTES = 140;
  private static final int POLICY_BYTES = 250;

  private final AttestationScope scope;
  private final ListLimits rooms;
  private final Tally.Counter kinds = new Tally.Counter();
  private final Tally.Counter outcomes = new Tally.Counter();
  private final SortedMap<String, Tally.Counter> categories = new TreeMap<>();
  private final SideCounts.Collector sides;
  private final Map<Observation, long[]> observations = new TreeMap<>();
  private final FindingGroup.Collector violations;
  private final FindingGroup.Collector exceptions;
  private final FindingGroup.Collector prevented;
  private final Runs.Collector unproven;
  private final Runs.Collector problems;
  private final Optional<Carried> carried;
  private final OrderViolations order;
  private final KeyHistories keys;
  private final Approvals.Fold approvals;
  private final ApprovalCounts.Collector approvalCounts;
  private final TwoSides twoSides;
  private final SideMatches.Collector matches;
  private final SequenceHistories sequences;
  private final ChainHistories chains;
  private final Tally.Counter signatures = new Tally.Counter();
  private final Runs.Collector badSignatures;
  private final InventoryCounts.Collector inventory;
  private final List<PolicyUse> policies = new ArrayList<>();
  private long next;
  private long late;
  private long within;
  private long early;
  private long undated;

  /**
   * @param adopted the adoption of the policy that is in force where the scope begins, if there is
   *     one; the scope names it too
   */
  public AttestationFold(AttestationScope scope, Optional<PolicyAdoption> adopted) {
    this(scope, adopted, Optional.empty());
  }

  /**
   * The same with what was known of keys before.
   *
   * @param state what the entry before the scope carries over, if it does
   */
  public AttestationFold(
      AttestationScope scope, Optional<PolicyAdoption> adopted, Optional<DetectorsState> state) {
    this(scope, adopted, state, new ListLimits());
  }

  AttestationFold(
      AttestationScope scope,
      Optional<PolicyAdoption> adopted,
      Optional<DetectorsState> state,
      ListLimits rooms) {
    this.scope = scope;
    this.rooms = rooms;
    this.sides = new SideCounts.Collector(rooms.categories);
    this.violations = new FindingGroup.Collector(rooms.violations);
    this.exceptions = new FindingGroup.Collector(rooms.exceptions);
    this.prevented = new FindingGroup.Collector(rooms.prevented);
    this.unproven = new Runs.Collector(rooms.unproven);
    this.problems = new Runs.Collector(rooms.problems);
    this.sequences = new SequenceHistories(rooms.sequences);
    this.chains = new ChainHistories(rooms.chains);
    this.badSignatures = new Runs.Collector(rooms.signatures);
    this.carried = state.map(known -> Carried.of(scope.from() - 1, known));
    this.order = OrderViolations.from(state, rooms.keys);
    this.keys = KeyHistories.from(state, rooms.keys);
    this.approvals = Approvals.Fold.from(state, rooms.approvals);
    this.approvalCounts = new ApprovalCounts.Collector(rooms.approvals);
    this.inventory = new InventoryCounts.Collector(rooms.inventory);
    this.twoSides = TwoSides.from(state, rooms.twoSides);
    this.matches = new SideMatches.Collector(twoSides, rooms.twoSides);
    this.next = scope.from();
    scope.policy().ifPresent(policies::add);
    adopted.ifPresent(this::adopt);
  }

  /** Takes the next entry and decodes its event. */
  public void add(Entry entry) throws Refused {
    add(entry.index(), entry.received(), EventCodec.decode(entry.eventBytes()));
  }

  /**
   * Takes the next entry.
   *
   * @throws IllegalArgumentException when it is not the next one of the scope
   */
  public void add(long index, long receivedNs, Event event) {
    if (index != next || index >= scope.to()) {
      throw new IllegalArgumentException(
          "expected entry " + next + " of " + scope.to() + ", got " + index);
    }
    next++;
    kinds.add(event.kindWire());
    sides.add(event);
    if (event instanceof PolicyAdoption adoption) {
      if (rooms.policies.take(POLICY_BYTES)) {
        policies.add(PolicyUse.of(index, adoption));
      }
      adopt(adoption);
    } else if (event instanceof RecordEvent one) {
      record(index, receivedNs, one);
    }
  }

  private void adopt(PolicyAdoption adoption) {
    order.adopt(adoption);
    approvals.adopt(adoption);
    inventory.adopt(adoption);
    twoSides.adopt(adoption);
    matches.adopted();
  }

  private void record(long index, long receivedNs, RecordEvent event) {
    if (!event.problem().isEmpty()) {
      problems.add(index);
    }
    time(event.claimedTime());
    sequences.add(event);
    chains.add(index, event);
    event.integrity().ifPresent(integrity -> signature(index, integrity.status()));
    List<String> named = event.categories();
    List<String> in = named.isEmpty() ? List.of(Policy.ANY_CATEGORY) : named;
    keys.add(index, receivedNs, event);
    approvals.add(index, receivedNs, event).ifPresent(came -> approvalCounts.add(index, came));
    inventory.add(index, event);
    matches.add(index, receivedNs, event);
    List<Finding> shown = order.add(index, receivedNs, event);
    Optional<Verdict> verdict = event.verdict().map(said -> OrderViolations.with(said, shown));
    verdict.ifPresent(one -> verdict(index, one, in, event));
    String side = Side.of(event.sender()) == Side.CUSTOMER ? Side.CUSTOMER.wire() : "";
    event.locations().forEach((hop, location) -> observe(hop, location, verdict, in, side));
  }

  private void signature(long index, Integrity.Status status) {
    signatures.add(status.wire());
    if (status == Integrity.Status.INVALID) {
      badSignatures.add(index);
    }
  }

  private void time(long ns) {
    if (ns == 0) {
      undated++;
    } else if (Long.compareUnsigned(ns, scope.fromNs()) < 0) {
      late++;
    } else if (Long.compareUnsigned(ns, scope.toNs()) > 0) {
      early++;
    } else {
      within++;
    }
  }

  private void verdict(long index, Verdict verdict, List<String> in, RecordEvent event) {
    String outcome = verdict.outcome().wire();
    outcomes.add(outcome);
    List<String> each = in.stream().distinct().toList();
    each.forEach(name -> Tally.Counter.add(categories, name, outcome, rooms.categories));
    boolean customers = Side.of(event.sender()) == Side.CUSTOMER;
    if (customers) {
      sides.judged(outcome, each);
    }
    Stream<FindingGroup.What> found = deciding(verdict, event);
    switch (verdict.outcome()) {
      case VIOLATION -> found.forEach(what -> violations.add(index, what, customers));
      case EXCEPTION -> found.forEach(what -> exceptions.add(index, what, customers));
      case PREVENTED -> found.forEach(what -> prevented.add(index, what, customers));
      case UNPROVEN -> unproven.add(index);
      case COMPLIANT -> {}
    }
  }

  /** The findings that made the outcome, each with the place that it is about. */
  private static Stream<FindingGroup.What> deciding(Verdict verdict, RecordEvent event) {
    return verdict.findings().stream()
        .filter(finding -> finding.outcome() == verdict.outcome())
        .map(finding -> what(finding, event))
        .distinct();
  }

  private static FindingGroup.What what(Finding finding, RecordEvent event) {
    Location location = event.locations().get(finding.hop());
    return new FindingGroup.What(
        finding.rule(), finding.hop().wire(), location == null ? "" : location.place());
  }

  private void observe(
      Hop hop, Location location, Optional<Verdict> verdict, List<String> in, String side) {
    String outcome = verdict.map(judged -> heaviest(judged, hop)).orElse(Observation.UNJUDGED);
    in.stream()
        .distinct()
        .map(
            category ->
                new Observation(
                    category,
                    hop.wire(),
                    location.place(),
                    location.assurance().wire(),
                    outcome,
                    side))
        .forEach(this::count);
  }

  private void count(Observation what) {
    long[] counter = observations.get(what);
    if (counter == null && rooms.observations.take(bytes(what))) {
      counter = new long[1];
      observations.put(what, counter);
    }
    if (counter != null) {
      counter[0]++;
    }
  }

  private static long bytes(Observation what) {
    return OBSERVATION_BYTES
        + ListCapacity.bytesOf(what.category())
        + ListCapacity.bytesOf(what.place());
  }

  private static String heaviest(Verdict verdict, Hop hop) {
    return verdict.findings().stream()
        .filter(finding -> finding.hop() == hop)
        .map(Finding::outcome)
        .reduce(Outcome::or)
        .map(Outcome::wire)
        .orElse(Observation.UNJUDGED);
  }

  /**
   * The attestation.
   *
   * @throws IllegalStateException before every entry of the scope was added
   */
  public ResidencyAttestation result() {
    if (next != scope.to()) {
      throw new IllegalStateException("entries " + next + " to " + scope.to() + " were not added");
    }
    SortedMap<Observation, Long> seen = new TreeMap<>();
    observations.forEach((what, count) -> seen.put(what, count[0]));
    List<KeyHistory> histories = keys.histories();
    return new ResidencyAttestation(
        scope,
        carried,
        kinds.tally(),
        outcomes.tally(),
        Tally.Counter.tallies(categories),
        seen,
        violations.groups(),
        exceptions.groups(),
        prevented.groups(),
        unproven.runs(),
        problems.runs(),
        histories,
        RotationCoverage.at(
            scope.toNs(), order, histories.stream().map(KeyHistory::keyId).toList(), rooms.keys),
        approvalCounts.counts(),
        sequences.histories(),
        chains.histories(),
        new SignatureCounts(signatures.tally(), badSignatures.runs()),
        inventory.counts(),
        new Timing(late, within, early, undated),
        sides.counts(),
        matches.matches(),
        policies,
        rooms.omitted());
  }
}
