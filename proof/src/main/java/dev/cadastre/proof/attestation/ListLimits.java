package dev.cadastre.proof.attestation;

import dev.cadastre.proof.detect.ListCapacity;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much each list of an attestation may name. Their sum in base64 stays below what a verifier
 * holds of one file ({@code PackLimits}), so that an attestation of any log can be verified; a list
 * of its own each, so that a flood of one thing does not hide another.
 */
final class ListLimits {
  private static final long MIB = 1 << 20;

  /** A quarter of a million runs: every fourth entry of a million, with what is around it. */
  final ListCapacity violations;

  final ListCapacity keys;
  final ListCapacity unproven;
  final ListCapacity observations;
  final ListCapacity exceptions;
  final ListCapacity prevented;
  final ListCapacity problems;
  final ListCapacity categories;
  final ListCapacity sequences;
  final ListCapacity chains;
  final ListCapacity signatures;
  final ListCapacity policies;
  final ListCapacity approvals;
  final ListCapacity inventory;
  final ListCapacity twoSides;

  ListLimits() {
    this(9 * MIB, 4 * MIB, 2 * MIB, 768 << 10);
  }

  private ListLimits(long violations, long keys, long large, long other) {
    this.violations = new ListCapacity(violations);
    this.keys = new ListCapacity(keys);
    this.unproven = new ListCapacity(large);
    this.observations = new ListCapacity(large);
    this.exceptions = new ListCapacity(other);
    this.prevented = new ListCapacity(other);
    this.problems = new ListCapacity(other);
    this.categories = new ListCapacity(other);
    this.sequences = new ListCapacity(other);
    this.chains = new ListCapacity(other);
    this.signatures = new ListCapacity(other);
    this.policies = new ListCapacity(other);
    this.approvals = new ListCapacity(other);
    this.inventory = new ListCapacity(other);
    this.twoSides = new ListCapacity(other);
  }

  /** The same for every list, so that a test can fill it. */
  static ListLimits of(long bytes) {
    return new ListLimits(bytes, bytes, bytes, bytes);
  }

  /** What the lists had no room for, by their names. */
  Tally omitted() {
    SortedMap<String, Long> omitted = new TreeMap<>();
    put(omitted, "approvals", approvals);
    put(omitted, "categories", categories);
    put(omitted, "chains", chains);
    put(omitted, "exceptions", exceptions);
    put(omitted, "inventory", inventory);
    put(omitted, "keys", keys);
    put(omitted, "observations", observations);
    put(omitted, "policies", policies);
    put(omitted, "prevented", prevented);
    put(omitted, "problems", problems);
    put(omitted, "sequences", sequences);
    put(omitted, "signatures", signatures);
    put(omitted, "twoSides", twoSides);
    put(omitted, "unproven", unproven);
    put(omitted, "violations", violations);
    return new Tally(omitted);
  }

  private static void put(SortedMap<String, Long> omitted, String name, ListCapacity room) {
    if (room.omitted() > 0) {
      omitted.put(name, room.omitted());
    }
  }
}
