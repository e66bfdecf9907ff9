package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.OrderViolations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which keys are rotated as often as the policy asks, at the end of a period. A key that is
 * disabled need not be.
 *
 * @param inTime how many were rotated in time
 * @param unknown of how many the log does not say when they were rotated last
 * @param overdue those that were to be rotated before
 */
public record RotationCoverage(long inTime, long unknown, List<Overdue> overdue) {
  private static final long NS = 1_000_000_000L;
  private static final int OVERDUE_BYTES = 60;

  public RotationCoverage {
    overdue = List.copyOf(overdue);
  }

  /**
   * A key that was to be rotated.
   *
   * @param atNs when it was last, Unix nanoseconds
   */
  public record Overdue(String keyId, long atNs) {}

  /**
   * At an instant; empty if the policy asks for the rotation of none of the keys.
   *
   * @param named keys that records of the period are about
   */
  static Optional<RotationCoverage> at(
      long ns, OrderViolations order, Iterable<String> named, ListCapacity room) {
    SortedMap<String, Long> rotated = order.rotated();
    TreeSet<String> keys = new TreeSet<>(rotated.keySet());
    named.forEach(keys::add);
    long inTime = 0;
    long unknown = 0;
    long asked = 0;
    List<Overdue> overdue = new ArrayList<>();
    for (String key : keys) {
      OptionalLong everyS = order.rotateEveryS(key);
      if (everyS.isEmpty() || order.isDisabled(key)) {
        continue;
      }
      asked++;
      Optional<Long> last = Optional.ofNullable(rotated.get(key));
      if (last.isEmpty()) {
        unknown++;
      } else if (ns - last.get() <= everyS.getAsLong() * NS) {
        inTime++;
      } else if (room.take(OVERDUE_BYTES + ListCapacity.bytesOf(key))) {
        overdue.add(new Overdue(key, last.get()));
      }
    }
    return asked == 0
        ? Optional.empty()
        : Optional.of(new RotationCoverage(inTime, unknown, overdue));
  }

  Json.Obj toJson() {
    List<Json> list = new ArrayList<>();
    for (Overdue one : overdue) {
      list.add(Json.Obj.builder().put("at", Long.toString(one.atNs)).put("id", one.keyId).build());
    }
    return Json.Obj.builder()
        .put("inTime", inTime)
        .put("overdue", new Json.Arr(list))
        .put("unknown", unknown)
        .build();
  }

  static RotationCoverage fromJson(Json.Obj json) throws Refused {
    json.only("inTime", "overdue", "unknown");
    List<Overdue> overdue = new ArrayList<>();
    for (Json.Obj one : json.objects("overdue")) {
      one.only("at", "id");
      overdue.add(new Overdue(one.str("id"), Encodings.decimal(one.str("at"))));
    }
    return new RotationCoverage(json.integer("inTime"), json.integer("unknown"), overdue);
  }
}
