package dev.cadastre.proof.note;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which logs are accepted, and which witnesses must have cosigned: C2SP tlog-policy.
 *
 * @param logs any of which may have signed a checkpoint; its key name is the log's origin
 * @param witnesses by their name in the policy
 * @param groups by their name in the policy, each after the groups it is made of
 * @param quorum name of the witness or group that must have cosigned; empty for {@code quorum none}
 */
public record TrustPolicy(
    List<Log> logs,
    Map<String, Witness> witnesses,
    Map<String, Group> groups,
    Optional<String> quorum) {
  private static final Hash EMPTY_ROOT = Hash.sha256();

  /** A {@code log} line. */
  public record Log(VerifierKey key, Optional<String> url) {}

  /** A {@code witness} line. */
  public record Witness(String name, VerifierKey key, Optional<String> url) {}

  /**
   * A {@code group} line: at least {@code threshold} of {@code members}, which are witnesses or
   * groups.
   */
  public record Group(String name, int threshold, List<String> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  public TrustPolicy {
    logs = List.copyOf(logs);
    witnesses = Map.copyOf(witnesses);
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /** Reads a policy file; octets above 0x7F are opaque but inside vkeys, which are UTF-8. */
  public static TrustPolicy parse(byte[] file) throws NoteRefused {
    return new TrustPolicyParser().parse(file);
  }

  /**
   * A policy without witnesses, written as the lines {@code log <vkey>} and {@code quorum none}.
   */
  public static String format(List<VerifierKey> logKeys) {
    String lines =
        logKeys.stream().map(key -> "log " + key.format() + "\n").collect(Collectors.joining());
    return lines + "quorum none\n";
  }

  /** The keys of the log with this origin. */
  public List<VerifierKey> logKeys(String origin) {
    return logs.stream().map(Log::key).filter(key -> key.name().equals(origin)).toList();
  }

  /** The same policy with one more log. */
  public TrustPolicy withLog(VerifierKey key) {
    List<Log> more = new ArrayList<>(logs);
    more.add(new Log(key, Optional.empty()));
    return new TrustPolicy(more, witnesses, groups, quorum);
  }

  /** Whether a log line lists exactly this key. */
  public boolean listsLog(VerifierKey key) {
    return logs.stream().anyMatch(log -> log.key().equals(key));
  }

  /**
   * Verifies a checkpoint: signed by a listed log under its own origin, cosigned as the quorum
   * demands, and without a failing signature of any listed key. Of a tree without leaves the root
   * is known, and must be the one stated.
   */
  public Checkpoint verify(SignedNote note) throws Refused {
    Checkpoint checkpoint = Checkpoint.of(note);
    List<VerifierKey> logKeys = logKeys(checkpoint.origin());
    if (logKeys.isEmpty()) {
      throw new NoteRefused(
          "expected a log that the policy lists, found origin " + checkpoint.origin());
    }
    List<VerifierKey> known = new ArrayList<>(logKeys);
    witnesses.values().forEach(witness -> known.add(witness.key()));
    List<VerifierKey> verified = note.verify(known);
    if (verified.stream().noneMatch(logKeys::contains)) {
      throw new NoteRefused(
          "expected a signature by log " + checkpoint.origin() + ", found only others");
    }
    if (quorum.isPresent() && !witnessed(quorum.get(), Set.copyOf(verified))) {
      throw new NoteRefused(
          "expected the quorum \"" + quorum.get() + "\", found too few cosignatures");
    }
    if (checkpoint.size() == 0 && !checkpoint.root().equals(EMPTY_ROOT)) {
      throw new NoteRefused(
          "expected the root of a tree without leaves, found " + checkpoint.root());
    }
    return checkpoint;
  }

  /**
   * Goes through the groups in the order of their definition, so that no depth of nesting costs
   * more than its length.
   */
  private boolean witnessed(String wanted, Set<VerifierKey> verified) {
    Set<String> names = new HashSet<>();
    for (Witness witness : witnesses.values()) {
      if (verified.contains(witness.key())) {
        names.add(witness.name());
      }
    }
    for (Group group : groups.values()) {
      if (group.members().stream().filter(names::contains).count() >= group.threshold()) {
        names.add(group.name());
      }
    }
    return names.contains(wanted);
  }
}
