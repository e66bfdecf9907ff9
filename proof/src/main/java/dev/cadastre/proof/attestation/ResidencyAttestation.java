package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ChainHistory;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.detect.SequenceHistory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the entries of a period say of residency: the predicate of an in-toto Statement, computed by
 * {@link AttestationFold} and by anyone else from the same entries. docs/formats/attestation.md
 * describes its JSON.
 *
 * @param scope log, period and population
 * @param carried on what the knowledge of keys from before the period rests
 * @param kinds entries by kind, the log's own kinds included; their sum is the population
 * @param outcomes judged records by verdict
 * @param categories judged records by category and verdict; a record of two categories counts in
 *     both
 * @param observations how often each hop was seen at each place
 * @param violations the violations by rule, hop and place
 * @param exceptions the exceptions likewise
 * @param prevented what would have been violations, and was refused, likewise
 * @param unproven indices of the entries whose verdict is unproven
 * @param problems indices of the records that could not be understood
 * @param keys every key
 * @param rotation which keys are rotated as often as the policy asks, if it does
 * @param approvals what approvals, and records that refer to one, come to
 * @param sequences every stream of numbered records
 * @param chains every chain that a sender made of its records
 * @param signatures what came of checking senders' signatures
 * @param inventory what records and the operator's inventory come to
 * @param timing records by their own time
 * @param sides who told the entries, and what of all counts the customer told
 * @param twoSides what the vendor tells of calls, held against what its customer tells
 * @param policies the policy in force at the start and each one adopted, in their order
 * @param omitted by the name of a list, how often something had no room in it
 */
public record ResidencyAttestation(
    AttestationScope scope,
    Optional<Carried> carried,
    Tally kinds,
    Tally outcomes,
    SortedMap<String, Tally> categories,
    SortedMap<Observation, Long> observations,
    List<FindingGroup> violations,
    List<FindingGroup> exceptions,
    List<FindingGroup> prevented,
    Runs unproven,
    Runs problems,
    List<KeyHistory> keys,
    Optional<RotationCoverage> rotation,
    ApprovalCounts approvals,
    List<SequenceHistory> sequences,
    List<ChainHistory> chains,
    SignatureCounts signatures,
    InventoryCounts inventory,
    Timing timing,
    SideCounts sides,
    SideMatches twoSides,
    List<PolicyUse> policies,
    Tally omitted) {
  /** The in-toto predicate type. */
  public static final String TYPE = "urn:cadastre:attestation:residency:v1";

  public ResidencyAttestation {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    observations = Collections.unmodifiableSortedMap(new TreeMap<>(observations));
    violations = List.copyOf(violations);
    exceptions = List.copyOf(exceptions);
    prevented = List.copyOf(prevented);
    keys = List.copyOf(keys);
    sequences = List.copyOf(sequences);
    chains = List.copyOf(chains);
    policies = List.copyOf(policies);
  }

  /** What the revocations of all its keys come to; empty if there are none. */
  public Optional<TimeToRevoke> timeToRevoke() {
    return TimeToRevoke.of(keys);
  }

  /** The predicate. */
  public Json.Obj toJson() {
    return AttestationWriter.write(this);
  }

  /**
   * Reads a predicate; unknown members are refused, and so is every form but the one that {@link
   * #toJson()} gives: lists in another order, or one thing counted twice.
   */
  public static ResidencyAttestation fromJson(Json.Obj json) throws Refused {
    ResidencyAttestation read = AttestationReader.read(json);
    if (!read.toJson().equals(json)) {
      throw new Refused("expected the attestation in its one form, found another");
    }
    return read;
  }

  /** The statement to sign: about the log at the size where the period ends. */
  public Statement statement() {
    return new Statement(scope.origin(), scope.root(), TYPE, toJson());
  }
}
