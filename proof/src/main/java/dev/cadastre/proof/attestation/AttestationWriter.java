package dev.cadastre.proof.attestation;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ChainHistory;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import dev.cadastre.proof.detect.SequenceHistory;
import dev.cadastre.proof.detect.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the predicate. */
final class AttestationWriter {
  private AttestationWriter() {}

  static Json.Obj write(ResidencyAttestation one) {
    List<Json> observations = new ArrayList<>();
    one.observations().forEach((what, count) -> observations.add(what.toJson(count)));
    Json.Builder predicate =
        Json.Obj.builder()
            .put("categories", Tally.toJson(one.categories()))
            .put("entries", entries(one.scope()))
            .put("exceptions", list(one.exceptions(), FindingGroup::toJson))
            .put("keys", list(one.keys(), AttestationWriter::key))
            .put("kinds", one.kinds().toJson())
            .put("observations", new Json.Arr(observations))
            .put("origin", one.scope().origin())
            .put("outcomes", one.outcomes().toJson())
            .put("period", period(one.scope()))
            .put("policies", list(one.policies(), PolicyUse::toJson))
            .put("prevented", list(one.prevented(), FindingGroup::toJson))
            .put("problems", one.problems().toJson())
            .put("sequences", list(one.sequences(), AttestationWriter::sequence))
            .put("timing", one.timing().toJson())
            .put("unproven", one.unproven().toJson())
            .put("violations", list(one.violations(), FindingGroup::toJson));
    if (!one.approvals().isEmpty()) {
      predicate.put("approvals", one.approvals().toJson());
    }
    if (!one.twoSides().isEmpty()) {
      predicate.put("twoSides", one.twoSides().toJson());
    }
    if (!one.sides().isEmpty()) {
      predicate.put("sides", one.sides().toJson());
    }
    if (!one.chains().isEmpty()) {
      predicate.put("chains", list(one.chains(), AttestationWriter::chain));
    }
    if (!one.inventory().isEmpty()) {
      predicate.put("inventory", one.inventory().toJson());
    }
    if (!one.signatures().isEmpty()) {
      predicate.put("signatures", one.signatures().toJson());
    }
    if (one.omitted().total() > 0) {
      predicate.put("omitted", one.omitted().toJson());
    }
    one.rotation().ifPresent(rotation -> predicate.put("rotation", rotation.toJson()));
    one.timeToRevoke().ifPresent(time -> predicate.put("timeToRevoke", time.toJson()));
    one.carried().ifPresent(carried -> predicate.put("carried", carried.toJson()));
    return predicate.build();
  }

  private static Json entries(AttestationScope scope) {
    return Json.Obj.builder()
        .put("from", scope.from())
        .put("root", scope.root().hex())
        .put("rootBefore", scope.rootBefore().hex())
        .put("to", scope.to())
        .build();
  }

  private static Json period(AttestationScope scope) {
    Json.Builder period =
        Json.Obj.builder()
            .put("from", Long.toString(scope.fromNs()))
            .put("to", Long.toString(scope.toNs()));
    scope.before().ifPresent(anchor -> period.put("before", anchor.toJson()));
    scope.after().ifPresent(anchor -> period.put("after", anchor.toJson()));
    return period.build();
  }

  private static Json.Obj key(KeyHistory key) {
    Json.Builder json =
        Json.Obj.builder()
            .put("custody", Json.strings(key.custody()))
            .put("denials", key.denials())
            .put("id", key.keyId())
            .put("inconclusive", key.inconclusive())
            .put("places", Json.strings(key.places()))
            .put("revocations", list(key.revocations(), AttestationWriter::revocation))
            .put("rotations", key.rotations().toJson())
            .put("uses", key.uses());
    if (!key.customers().equals(KeyHistory.Uses.NONE)) {
      json.put("customer", uses(key.customers()));
    }
    return json.build();
  }

  private static Json uses(KeyHistory.Uses uses) {
    return Json.Obj.builder()
        .put("denials", uses.denials())
        .put("inconclusive", uses.inconclusive())
        .put("uses", uses.succeeded())
        .build();
  }

  private static Json.Obj revocation(Revocation one) {
    Json.Builder json =
        Json.Obj.builder()
            .put("at", Long.toString(one.atNs()))
            .put("inconclusive", one.inconclusive().toJson())
            .put("index", one.index())
            .put("uses", one.uses().toJson());
    switch (one.scope().of()) {
      case VERSION -> json.put("version", one.scope().name());
      case IDENTITY -> json.put("identity", one.scope().name());
      case KEY -> {}
    }
    one.lastUse()
        .ifPresent(
            use ->
                json.put(
                    "lastUse",
                    Json.Obj.builder()
                        .put("at", Long.toString(use.atNs()))
                        .put("index", use.index())
                        .build()));
    one.denial().ifPresent(index -> json.put("denial", index));
    one.afterNs().ifPresent(ns -> json.put("after", Long.toString(ns)));
    return json.build();
  }

  private static Json.Obj sequence(SequenceHistory one) {
    return Json.Obj.builder()
        .put("first", one.first())
        .put("last", one.last())
        .put("missing", one.missing().toJson())
        .put("repeats", one.repeats())
        .put("stream", Streams.parts(one.stream()))
        .build();
  }

  private static Json.Obj chain(ChainHistory one) {
    return Json.Obj.builder()
        .put("broken", one.broken().toJson())
        .put("links", one.links())
        .put("stream", Streams.parts(one.stream()))
        .build();
  }

  private static <T> Json.Arr list(List<T> items, Function<T, Json.Obj> form) {
    return new Json.Arr(items.stream().<Json>map(form).toList());
  }
}
