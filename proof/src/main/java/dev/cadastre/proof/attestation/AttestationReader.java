package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.ChainHistory;
import dev.cadastre.proof.detect.KeyHistory;
import dev.cadastre.proof.detect.Revocation;
import dev.cadastre.proof.detect.Runs;
import dev.cadastre.proof.detect.SequenceHistory;
import dev.cadastre.proof.detect.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the predicate. */
final class AttestationReader {
  private AttestationReader() {}

  static ResidencyAttestation read(Json.Obj json) throws Refused {
    json.only(
        "approvals",
        "carried",
        "categories",
        "chains",
        "entries",
        "exceptions",
        "inventory",
        "keys",
        "kinds",
        "observations",
        "omitted",
        "origin",
        "outcomes",
        "period",
        "policies",
        "prevented",
        "problems",
        "rotation",
        "sequences",
        "sides",
        "signatures",
        "timeToRevoke",
        "timing",
        "twoSides",
        "unproven",
        "violations");
    List<PolicyUse> policies = list(json, "policies", PolicyUse::fromJson);
    long from = json.obj("entries").integer("from");
    return new ResidencyAttestation(
        scope(json, policies.stream().filter(use -> use.index() < from).findFirst()),
        json.has("carried") ? Optional.of(Carried.fromJson(json.obj("carried"))) : Optional.empty(),
        Tally.fromJson(json.obj("kinds")),
        Tally.fromJson(json.obj("outcomes")),
        Tally.byName(json.obj("categories")),
        observations(json),
        list(json, "violations", FindingGroup::fromJson),
        list(json, "exceptions", FindingGroup::fromJson),
        list(json, "prevented", FindingGroup::fromJson),
        Runs.fromJson(json.arr("unproven")),
        Runs.fromJson(json.arr("problems")),
        list(json, "keys", AttestationReader::key),
        json.has("rotation")
            ? Optional.of(RotationCoverage.fromJson(json.obj("rotation")))
            : Optional.empty(),
        json.has("approvals")
            ? ApprovalCounts.fromJson(json.obj("approvals"))
            : ApprovalCounts.NONE,
        list(json, "sequences", AttestationReader::sequence),
        json.has("chains") ? list(json, "chains", AttestationReader::chain) : List.of(),
        json.has("signatures")
            ? SignatureCounts.fromJson(json.obj("signatures"))
            : SignatureCounts.NONE,
        json.has("inventory")
            ? InventoryCounts.fromJson(json.obj("inventory"))
            : InventoryCounts.NONE,
        Timing.fromJson(json.obj("timing")),
        json.has("sides") ? SideCounts.fromJson(json.obj("sides")) : SideCounts.NONE,
        json.has("twoSides") ? SideMatches.fromJson(json.obj("twoSides")) : SideMatches.NONE,
        policies,
        json.has("omitted") ? Tally.fromJson(json.obj("omitted")) : Tally.NONE);
  }

  private static AttestationScope scope(Json.Obj json, Optional<PolicyUse> policy) throws Refused {
    Json.Obj entries = json.obj("entries");
    entries.only("from", "root", "rootBefore", "to");
    Json.Obj period = json.obj("period");
    period.only("after", "before", "from", "to");
    return new AttestationScope(
        json.str("origin"),
        entries.integer("from"),
        entries.integer("to"),
        Hash.ofHex(entries.str("rootBefore")),
        Hash.ofHex(entries.str("root")),
        Encodings.decimal(period.str("from")),
        Encodings.decimal(period.str("to")),
        anchor(period, "before"),
        anchor(period, "after"),
        policy);
  }

  private static Optional<AnchorPoint> anchor(Json.Obj period, String name) throws Refused {
    return period.has(name)
        ? Optional.of(AnchorPoint.fromJson(period.obj(name)))
        : Optional.empty();
  }

  private static SortedMap<Observation, Long> observations(Json.Obj json) throws Refused {
    SortedMap<Observation, Long> observations = new TreeMap<>();
    for (Json.Obj item : json.objects("observations")) {
      observations.put(Observation.fromJson(item), item.integer("count"));
    }
    return observations;
  }

  private static KeyHistory key(Json.Obj json) throws Refused {
    json.only(
        "custody",
        "customer",
        "denials",
        "id",
        "inconclusive",
        "places",
        "revocations",
        "rotations",
        "uses");
    return new KeyHistory(
        json.str("id"),
        new TreeSet<>(json.strings("custody")),
        new TreeSet<>(json.strings("places")),
        json.integer("uses"),
        json.integer("denials"),
        json.integer("inconclusive"),
        json.has("customer") ? uses(json.obj("customer")) : KeyHistory.Uses.NONE,
        Runs.fromJson(json.arr("rotations")),
        list(json, "revocations", AttestationReader::revocation));
  }

  private static KeyHistory.Uses uses(Json.Obj json) throws Refused {
    json.only("denials", "inconclusive", "uses");
    return new KeyHistory.Uses(
        json.integer("uses"), json.integer("denials"), json.integer("inconclusive"));
  }

  private static Revocation revocation(Json.Obj json) throws Refused {
    json.only(
        "after", "at", "denial", "identity", "inconclusive", "index", "lastUse", "uses", "version");
    return new Revocation(
        scope(json),
        json.integer("index"),
        Encodings.decimal(json.str("at")),
        json.has("lastUse") ? Optional.of(use(json.obj("lastUse"))) : Optional.empty(),
        json.optInteger("denial"),
        json.has("after")
            ? OptionalLong.of(Encodings.decimal(json.str("after")))
            : OptionalLong.empty(),
        Runs.fromJson(json.arr("uses")),
        Runs.fromJson(json.arr("inconclusive")));
  }

  private static KeyScope scope(Json.Obj json) throws Refused {
    if (json.has("version")) {
      return KeyScope.version(json.str("version"));
    }
    return json.has("identity") ? KeyScope.identity(json.str("identity")) : KeyScope.KEY;
  }

  private static Revocation.Use use(Json.Obj json) throws Refused {
    json.only("at", "index");
    return new Revocation.Use(json.integer("index"), Encodings.decimal(json.str("at")));
  }

  private static SequenceHistory sequence(Json.Obj json) throws Refused {
    json.only("first", "last", "missing", "repeats", "stream");
    return new SequenceHistory(
        Streams.name(new Json.Arr(json.arr("stream"))),
        json.integer("first"),
        json.integer("last"),
        Runs.fromJson(json.arr("missing")),
        json.integer("repeats"));
  }

  private static ChainHistory chain(Json.Obj json) throws Refused {
    json.only("broken", "links", "stream");
    return new ChainHistory(
        Streams.name(new Json.Arr(json.arr("stream"))),
        json.integer("links"),
        Runs.fromJson(json.arr("broken")));
  }

  private interface Part<T> {
    T read(Json.Obj json) throws Refused;
  }

  private static <T> List<T> list(Json.Obj json, String name, Part<T> part) throws Refused {
    List<T> items = new ArrayList<>();
    for (Json.Obj item : json.objects(name)) {
      items.add(part.read(item));
    }
    return items;
  }
}
