package dev.cadastre.proof.attestation;

import dev.cadastre.proof.detect.Room;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much each list of an attestation may name. Their sum in base64 stays below what a verifier
 * holds of one file ({@code PackLimits}), so that an attestation of any log can be verified; a list
 * of its own each, so that a flood of one thing does not hide another.
 */
final class Rooms {
  private static final long MIB = 1 << 20;

  /** A quarter of a million runs: every fourth entry of a million, with what is around it. */
  final Room violations;

  final Room keys;
  final Room unproven;
  final Room observations;
  final Room exceptions;
  final Room problems;
  final Room categories;
  final Room sequences;
  final Room chains;
  final Room signatures;
  final Room policies;

  Rooms() {
    this(10 * MIB, 4 * MIB, 2 * MIB, 768 << 10);
  }

  private Rooms(long violations, long keys, long large, long other) {
    this.violations = new Room(violations);
    this.keys = new Room(keys);
    this.unproven = new Room(large);
    this.observations = new Room(large);
    this.exceptions = new Room(other);
    this.problems = new Room(other);
    this.categories = new Room(other);
    this.sequences = new Room(other);
    this.chains = new Room(other);
    this.signatures = new Room(other);
    this.policies = new Room(other);
  }

  /** The same for every list, so that a test can fill it. */
  static Rooms of(long bytes) {
    return new Rooms(bytes, bytes, bytes, bytes);
  }

  /** What the lists had no room for, by their names. */
  Tally omitted() {
    SortedMap<String, Long> omitted = new TreeMap<>();
    put(omitted, "categories", categories);
    put(omitted, "chains", chains);
    put(omitted, "exceptions", exceptions);
    put(omitted, "keys", keys);
    put(omitted, "observations", observations);
    put(omitted, "policies", policies);
    put(omitted, "problems", problems);
    put(omitted, "sequences", sequences);
    put(omitted, "signatures", signatures);
    put(omitted, "unproven", unproven);
    put(omitted, "violations", violations);
    return new Tally(omitted);
  }

  private static void put(SortedMap<String, Long> omitted, String name, Room room) {
    if (room.omitted() > 0) {
      omitted.put(name, room.omitted());
    }
  }
}
