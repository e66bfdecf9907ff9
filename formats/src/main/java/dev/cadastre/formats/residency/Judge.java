package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.policy.Exemption;
import dev.cadastre.formats.policy.PlaceRule;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says of one event whether it kept to a policy. A pure and total function of what is in the log:
 * the event, the policy in force, and the registry that the policy names; so anyone repeats it.
 * docs/formats/policy.md gives the rules in words.
 */
public final class Judge {
  /** Changes when the same event could get another verdict. */
  public static final int VERSION = 1;

  /**
   * How late an event may come once an exception has ended, if it happened before: 1 h, in
   * nanoseconds.
   */
  public static final long LATE_MAX_NS = 3_600_000_000_000L;

  /**
   * The attributes of a record that decide where its hops were and what is said of that: those that
   * {@link Locator} and the judge read. Ingest shows them no others.
   */
  public static final Set<String> READS =
      Set.of(
          Names.APPROVAL_ID,
          Names.AUDIT_ACTION,
          Names.AUDIT_ACTOR_ID,
          Names.AUDIT_OUTCOME,
          Names.CLOUD_PROVIDER,
          Names.CLOUD_REGION,
          Names.CLOUD_ZONE,
          Names.DATA_CATEGORY,
          Names.DATA_CLASSIFICATION,
          Names.DATA_OPERATION,
          Names.DATA_PURPOSE,
          Names.DATA_SUBJECT_GROUP,
          Names.ERROR_TYPE,
          Names.GEN_AI_MODEL,
          Names.GEN_AI_OPERATION,
          Names.GEN_AI_PROVIDER,
          CalledModel.SYSTEM,
          Names.INFERENCE_HOSTING,
          Names.INFERENCE_REGION_ACTUAL,
          Names.INFERENCE_REGION_REQUESTED,
          Names.INFERENCE_RETENTION,
          Names.INFERENCE_TRAINING,
          Names.KEY_ALGORITHM,
          Names.KEY_CUSTODY,
          Names.KEY_ID,
          Names.KEY_JUSTIFICATION,
          Names.KEY_OPERATION,
          Names.KEY_ORIGIN,
          Names.KEY_PROVIDER,
          Names.KEY_REGION,
          Names.KEY_TTL_S,
          Names.LOCATION_BACKUP,
          Names.LOCATION_EDGE,
          Names.LOCATION_EGRESS,
          Names.LOCATION_GATEWAY,
          Names.LOCATION_OPERATOR,
          Names.LOCATION_PROCESSING,
          Names.LOCATION_STORAGE,
          Names.LOCATION_USER,
          Names.MODEL_SIGNER,
          Names.MODEL_UPDATE_CLIP,
          Names.MODEL_UPDATE_EPSILON,
          Names.REASON_CODE,
          Names.RESIDENCY_LABEL,
          Names.RESIDENCY_VERIFIED,
          Names.SERVER_ADDRESS,
          Names.SERVICE_NAME);

  /** Those of them that are read for exceptions alone. */
  private static final Set<String> READ_FOR_EXCEPTIONS =
      Set.of(
          Names.APPROVAL_ID,
          Names.AUDIT_ACTION,
          Names.AUDIT_ACTOR_ID,
          Names.DATA_OPERATION,
          Names.KEY_OPERATION,
          Names.SERVICE_NAME);

  static final String NO_RULE = "no-rule";
  static final String PLACE_UNKNOWN = "place.unknown";

  private final RecordEvent event;
  private final Policy policy;
  private final long receivedNs;
  private final Places places;
  private final List<String> categories;
  private final Findings findings = new Findings();

  private Judge(RecordEvent event, Policy policy, Registry registry, long receivedNs) {
    this.event = event;
    this.policy = policy;
    this.receivedNs = receivedNs;
    this.places = new Places(policy.sites(), registry);
    this.categories = categories(event);
  }

  /**
   * @param event a record of a judged kind; a verdict it may carry is not looked at
   * @param policyIndex index of the entry that adopted {@code policy}
   * @param receivedNs when the ledger took the event, as its entry says, Unix nanoseconds
   */
  public static Verdict judge(
      RecordEvent event, Policy policy, Registry registry, long policyIndex, long receivedNs) {
    Judge judge = new Judge(event, policy, registry, receivedNs);
    judge.run();
    return Verdict.of(judge.findings.all(), policyIndex);
  }

  /** Whether an attribute of that name may decide what is said where no exception does. */
  public static boolean decides(String name) {
    return READS.contains(name) && !READ_FOR_EXCEPTIONS.contains(name);
  }

  /** Categories the event names, or the one that stands for all. */
  private static List<String> categories(RecordEvent event) {
    List<String> own = event.categories();
    return own.isEmpty() ? List.of(Policy.ANY_CATEGORY) : own;
  }

  private void run() {
    for (Map.Entry<Hop, Location> hop : event.locations().entrySet()) {
      location(hop.getKey(), hop.getValue());
    }
    model();
    key();
    PurposeFindings.add(event, policy, categories, findings);
    OutwardFindings.add(event, policy, categories, findings);
    if (!policy.duties().isEmpty()) {
      DutyFindings.add(event, policy.duties(), places, findings);
    }
    if (findings.all().isEmpty()) {
      findings.add(Hop.PROCESSING, Outcome.UNPROVEN, NO_RULE);
    }
    if (Attempt.of(event) == Attempt.REFUSED) {
      findings.refused();
    }
  }

  /** Every place that is named counts. Who looks may be anywhere, unless the policy says. */
  private void location(Hop hop, Location location) {
    if (hop == Hop.USER && policy.users().isEmpty()) {
      return;
    }
    boolean known = false;
    for (String named : location.places()) {
      Optional<Place> place = places.of(named);
      place.ifPresentOrElse(
          one -> place(hop, one), () -> findings.add(hop, Outcome.UNPROVEN, PLACE_UNKNOWN));
      known |= place.isPresent();
    }
    if (known) {
      assurance(hop, location);
    }
  }

  private void place(Hop hop, Place place) {
    switch (hop) {
      case KEY -> keyPlace(place);
      case OPERATOR -> people(hop, place, policy.operators(), "operators.countries");
      case USER -> people(hop, place, policy.users(), "users.countries");
      case BACKUP, EDGE, EGRESS, GATEWAY, PROCESSING, STORAGE -> dataPlace(hop, place);
    }
    provider(hop, place);
  }

  private void dataPlace(Hop hop, Place place) {
    for (String category : categories) {
      Optional<Policy.NamedRule> rule = policy.placeRule(category, hop);
      if (rule.isEmpty()) {
        findings.add(hop, Outcome.UNPROVEN, NO_RULE);
      } else {
        place(hop, category, place, rule.get().rule(), rule.get().id());
      }
      for (Sorts.Sort sort : Sorts.of(event, policy, category)) {
        sort.rules().places().of(hop).ifPresent(one -> sorted(hop, category, place, one, sort));
      }
    }
  }

  private void sorted(Hop hop, String category, Place place, PlaceRule rule, Sorts.Sort sort) {
    if (sort.said()) {
      place(hop, category, place, rule, sort.id() + "." + hop.wire(), sort::mayBeExempt);
    } else if (places.outcome(place, rule) != Outcome.COMPLIANT
        || controlled(place, rule).isPresent()) {
      findings.add(hop, Outcome.UNPROVEN, sort.id());
    }
  }

  /** What a rule objects to in who controls the provider of a place. */
  private Optional<Outcome> controlled(Place place, PlaceRule rule) {
    return rule.control()
        .map(control -> places.controlled(place, control))
        .filter(outcome -> outcome != Outcome.COMPLIANT);
  }

  private void keyPlace(Place place) {
    if (policy.keys().isEmpty()) {
      findings.add(Hop.KEY, Outcome.UNPROVEN, NO_RULE);
      return;
    }
    for (String category : categories) {
      place(Hop.KEY, category, place, policy.keys().get().places(), "keys.place");
    }
  }

  private void people(Hop hop, Place place, List<String> countries, String id) {
    if (countries.isEmpty()) {
      findings.add(hop, Outcome.UNPROVEN, NO_RULE);
      return;
    }
    PlaceRule rule = new PlaceRule(countries, List.of());
    for (String category : categories) {
      place(hop, category, place, rule, id);
    }
  }

  private void place(Hop hop, String category, Place place, PlaceRule rule, String id) {
    place(hop, category, place, rule, id, any -> true);
  }

  /**
   * @param mayBeExempt which exceptions can be from this rule
   */
  private void place(
      Hop hop,
      String category,
      Place place,
      PlaceRule rule,
      String id,
      Predicate<Exemption> mayBeExempt) {
    said(hop, category, place, places.outcome(place, rule), id, mayBeExempt);
    controlled(place, rule)
        .ifPresent(
            outcome -> said(hop, category, place, outcome, id + ".controlled-by", mayBeExempt));
  }

  private void said(
      Hop hop,
      String category,
      Place place,
      Outcome outcome,
      String id,
      Predicate<Exemption> mayBeExempt) {
    Optional<Exemption> exemption =
        outcome == Outcome.VIOLATION
            ? exemption(hop, category, place, mayBeExempt)
            : Optional.empty();
    if (exemption.isPresent()) {
      findings.add(hop, Outcome.EXCEPTION, "exceptions." + exemption.get().id());
    } else {
      findings.add(hop, outcome, id);
    }
  }

  /** The most exact one that holds; of equals the first. */
  private Optional<Exemption> exemption(
      Hop hop, String category, Place place, Predicate<Exemption> mayBeExempt) {
    Optional<Exemption> found = Optional.empty();
    for (Exemption one : policy.exceptions()) {
      boolean meant = one.category().equals(category) || one.category().equals(Policy.ANY_CATEGORY);
      if (one.hop() == hop
          && meant
          && mayBeExempt.test(one)
          && found.filter(other -> other.exactness() >= one.exactness()).isEmpty()
          && holds(one)
          && places.covers(one.place(), place)
          && Exempted.isIn(event, one.scope())) {
        found = Optional.of(one);
      }
    }
    return found;
  }

  /** An event without a time of its own cannot show that it came before the end. */
  private boolean holds(Exemption exemption) {
    return happened(event, exemption)
        && (receivedNs < exemption.endNs() || receivedNs - event.claimedTime() <= LATE_MAX_NS);
  }

  private static boolean happened(RecordEvent event, Exemption exemption) {
    long time = event.claimedTime();
    return time != 0 && Long.compareUnsigned(time, exemption.endNs()) < 0;
  }

  /**
   * How much the time of receipt may differ without another verdict: an exception that holds now
   * does not when the event comes too late.
   */
  public static ReceivedRange sameFor(RecordEvent event, Policy policy, long receivedNs) {
    ReceivedRange range = ReceivedRange.ALWAYS;
    for (Exemption one : policy.exceptions()) {
      if (happened(event, one)) {
        long late = event.claimedTime() + LATE_MAX_NS + 1;
        range = range.parted(Math.max(one.endNs(), late), receivedNs);
      }
    }
    return range;
  }

  private void provider(Hop hop, Place place) {
    Optional<List<String>> providers =
        switch (hop) {
          case OPERATOR, USER -> Optional.empty();
          // Who is let out to is named by itself.
          case EGRESS -> Optional.ofNullable(policy.providers().byHop().get(hop));
          default -> policy.providers().of(hop);
        };
    if (providers.isEmpty() || providers.get().contains(place.provider())) {
      return;
    }
    Outcome outcome = place.provider().isEmpty() ? Outcome.UNPROVEN : Outcome.VIOLATION;
    findings.add(hop, outcome, "providers." + hop.wire());
  }

  private void assurance(Hop hop, Location location) {
    Assurance least = policy.assurance().of(hop).orElse(Assurance.CLAIMED);
    if (!location.assurance().atLeast(least)) {
      findings.add(hop, Outcome.UNPROVEN, "assurance." + hop.wire());
    }
  }

  /** Where a model answered must be known, whatever other place is. */
  private void model() {
    boolean elsewhere =
        !event.locations().isEmpty() && !event.locations().containsKey(Hop.PROCESSING);
    if (elsewhere && CalledModel.isIn(event)) {
      findings.add(Hop.PROCESSING, Outcome.UNPROVEN, PLACE_UNKNOWN);
    }
  }

  private void key() {
    boolean about = event.kind() == Kind.KEY_USE || event.kind() == Kind.KEY_LIFECYCLE;
    if (about && !event.locations().containsKey(Hop.KEY)) {
      findings.add(Hop.KEY, Outcome.UNPROVEN, PLACE_UNKNOWN);
    }
    policy.keys().ifPresent(rules -> KeyFindings.add(event, rules, about, findings));
  }
}
