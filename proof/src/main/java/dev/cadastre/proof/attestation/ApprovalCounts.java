package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.Approvals;
import dev.cadastre.proof.detect.ListCapacity;
import dev.cadastre.proof.detect.Runs;

/**
 * What approvals, and records that refer to one, come to.
 *
 * @param given entries that give an approval
 * @param withdrawn entries that withdraw one
 * @param incomplete entries that would give one, and leave out what it must say
 * @param bound how many records refer to one that holds for them
 * @param unbound entries that refer to none that does
 */
public record ApprovalCounts(
    Runs given, Runs withdrawn, Runs incomplete, long bound, Runs unbound) {
  /** Of a period without any. */
  static final ApprovalCounts NONE =
      new ApprovalCounts(Runs.NONE, Runs.NONE, Runs.NONE, 0, Runs.NONE);

  public boolean isEmpty() {
    return equals(NONE);
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("bound", bound)
        .put("given", given.toJson())
        .put("incomplete", incomplete.toJson())
        .put("unbound", unbound.toJson())
        .put("withdrawn", withdrawn.toJson())
        .build();
  }

  static ApprovalCounts fromJson(Json.Obj json) throws Refused {
    json.only("bound", "given", "incomplete", "unbound", "withdrawn");
    return new ApprovalCounts(
        Runs.fromJson(json.arr("given")),
        Runs.fromJson(json.arr("withdrawn")),
        Runs.fromJson(json.arr("incomplete")),
        json.integer("bound"),
        Runs.fromJson(json.arr("unbound")));
  }

  /** Counts in the making, as far as there is room for what they list. */
  static final class Collector {
    private final Runs.Collector given;
    private final Runs.Collector withdrawn;
    private final Runs.Collector incomplete;
    private final Runs.Collector unbound;
    private long bound;

    Collector(ListCapacity room) {
      given = new Runs.Collector(room);
      withdrawn = new Runs.Collector(room);
      incomplete = new Runs.Collector(room);
      unbound = new Runs.Collector(room);
    }

    void add(long index, Approvals.Came came) {
      switch (came) {
        case GIVEN -> given.add(index);
        case WITHDRAWN -> withdrawn.add(index);
        case INCOMPLETE -> incomplete.add(index);
        case UNBOUND -> unbound.add(index);
        case BOUND -> bound++;
      }
    }

    ApprovalCounts counts() {
      return new ApprovalCounts(
          given.runs(), withdrawn.runs(), incomplete.runs(), bound, unbound.runs());
    }
  }
}
