package dev.cadastre.proof.attestation;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How soon revocations took hold. Of one that nobody tried a use against nothing is known, so the
 * figures say of how many they speak.
 *
 * @param revocations all that are listed
 * @param least the times to revoke at least, of those that a denial shows, the shortest first
 * @param most the same at most
 */
public record TimeToRevoke(long revocations, List<Duration> least, List<Duration> most) {
  public TimeToRevoke {
    least = List.copyOf(least);
    most = List.copyOf(most);
  }

  /** Of the revocations of some keys; empty if there are none. */
  static Optional<TimeToRevoke> of(List<KeyHistory> keys) {
    List<Revocation> all = keys.stream().flatMap(key -> key.revocations().stream()).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TimeToRevoke(
                all.size(),
                sorted(all, Revocation::timeToRevokeAtLeast),
                sorted(all, Revocation::timeToRevoke)));
  }

  private static List<Duration> sorted(
      List<Revocation> all, Function<Revocation, Optional<Duration>> time) {
    return all.stream().flatMap(one -> time.apply(one).stream()).sorted().toList();
  }

  /** How many a denial shows. */
  public long observed() {
    return most.size();
  }

  /**
   * The time within which so many of a hundred of those that are observed took hold, by nearest
   * rank.
   */
  public static Duration percentile(List<Duration> sorted, int percent) {
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }

  Json.Obj toJson() {
    Json.Builder json =
        Json.Obj.builder().put("observed", observed()).put("revocations", revocations);
    if (!most.isEmpty()) {
      json.put("max", interval(100)).put("p50", interval(50)).put("p95", interval(95));
    }
    return json.build();
  }

  private Json.Obj interval(int percent) {
    return Json.Obj.builder()
        .put("least", Long.toString(percentile(least, percent).toNanos()))
        .put("most", Long.toString(percentile(most, percent).toNanos()))
        .build();
  }
}
