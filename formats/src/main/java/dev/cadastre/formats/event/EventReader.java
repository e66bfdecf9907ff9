package dev.cadastre.formats.event;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Severity;
import dev.cadastre.formats.value.ValueCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads events; unknown members are refused. Spelling is {@link EventCodec}'s to check. */
final class EventReader {
  private static final Pattern NANOSECONDS = Pattern.compile("[1-9][0-9]{0,19}");
  private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern PERSON =
      Pattern.compile("[0-9]{4}-[0-9]{2}\\.[1-9][0-9]{0,8}\\.[A-Za-z0-9_-]{22}");
  private static final Pattern SPAN = Pattern.compile("[0-9a-f]{16}");
  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  private EventReader() {}

  static Event read(Json.Obj json) throws Refused {
    String kind = json.str("kind");
    return switch (kind) {
      case Birth.KIND -> birth(json);
      case PolicyAdoption.KIND -> adoption(json);
      case AnchorEvent.KIND -> anchor(json);
      default -> record(json, known(Kind.of(kind), "kind", kind));
    };
  }

  private static Birth birth(Json.Obj json) throws Refused {
    json.only("cell", "format", "keys", "kind", "origin");
    String format = json.str("format");
    if (!format.equals(Birth.FORMAT)) {
      throw new Refused(
          "expected format \"" + Birth.FORMAT + "\", found " + Encodings.quote(format));
    }
    return new Birth(json.str("cell"), format, json.strings("keys"), json.str("origin"));
  }

  private static PolicyAdoption adoption(Json.Obj json) throws Refused {
    json.only(
        "author",
        "inventory",
        "judge",
        "kind",
        "policy",
        "previous",
        "registry",
        "sha256",
        "source");
    Json.Obj policy = json.obj("policy");
    Hash computed = Hash.sha256(policy.jcs());
    Hash stated = Hash.ofHex(json.str("sha256"));
    if (!computed.equals(stated)) {
      throw new Refused("expected the policy's digest " + computed + ", found " + stated);
    }
    return new PolicyAdoption(
        json.str("author"),
        (int) within(json, "judge", 1, Integer.MAX_VALUE),
        policy,
        json.optObj("inventory"),
        previous(json),
        Hash.ofHex(json.str("registry")),
        stated,
        json.str("source"));
  }

  private static OptionalLong previous(Json.Obj json) throws Refused {
    return json.has("previous")
        ? OptionalLong.of(within(json, "previous", 0, Json.MAX_INTEGER))
        : OptionalLong.empty();
  }

  private static AnchorEvent anchor(Json.Obj json) throws Refused {
    json.only("date", "incomplete", "kind", "leaves", "previous", "root", "takenBack", "time");
    return new AnchorEvent(
        json.str("date"),
        leaves(json),
        previous(json),
        Hash.ofHex(json.str("root")),
        nanoseconds(json, "time"),
        json.has("incomplete") && json.bool("incomplete"),
        takenBack(json));
  }

  private static long leaves(Json.Obj json) throws Refused {
    long leaves = within(json, "leaves", 1, Json.MAX_INTEGER);
    if (Long.bitCount(leaves) != 1) {
      throw new Refused("expected a power of two as \"leaves\", found " + leaves);
    }
    return leaves;
  }

  private static Optional<AnchorEvent.TakenBackTree> takenBack(Json.Obj json) throws Refused {
    Optional<Json.Obj> tree = json.optObj("takenBack");
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    tree.get().only("leaves", "root");
    return Optional.of(
        new AnchorEvent.TakenBackTree(leaves(tree.get()), Hash.ofHex(tree.get().str("root"))));
  }

  private static RecordEvent record(Json.Obj json, Kind kind) throws Refused {
    json.only(
        "attributes",
        "body",
        "custody",
        "dropped",
        "flags",
        "id",
        "integrity",
        "kind",
        "locations",
        "name",
        "observed",
        "person",
        "problem",
        "resource",
        "scope",
        "sender",
        "severity",
        "span",
        "time",
        "trace",
        "verdict");
    Optional<Json> body = json.optValue("body");
    return new RecordEvent(
        ValueCodec.attributes(json.obj("attributes")),
        body.isPresent() ? Optional.of(ValueCodec.fromJson(body.get())) : Optional.empty(),
        json.has("custody") ? json.strings("custody") : List.of(),
        uint32(json, "dropped"),
        uint32(json, "flags"),
        text(json, "id"),
        json.has("integrity") ? Optional.of(integrity(json.obj("integrity"))) : Optional.empty(),
        kind,
        json.has("locations") ? locations(json.obj("locations")) : Map.of(),
        text(json, "name"),
        nanoseconds(json, "observed"),
        matching(json, "person", PERSON),
        text(json, "problem"),
        json.has("resource") ? Optional.of(resource(json.obj("resource"))) : Optional.empty(),
        json.has("scope") ? Optional.of(scope(json.obj("scope"))) : Optional.empty(),
        json.str("sender"),
        json.has("severity") ? severity(json.obj("severity")) : Severity.NONE,
        matching(json, "span", SPAN),
        nanoseconds(json, "time"),
        matching(json, "trace", TRACE),
        json.has("verdict") ? Optional.of(verdict(json.obj("verdict"), kind)) : Optional.empty());
  }

  private static Integrity integrity(Json.Obj json) throws Refused {
    json.only("algorithm", "covers", "key", "reason", "status");
    String status = json.str("status");
    Integrity integrity =
        new Integrity(
            known(Integrity.Status.of(status), "status", status),
            json.str("algorithm"),
            json.has("covers") ? json.strings("covers") : List.of(),
            text(json, "key"),
            text(json, "reason"));
    integrity.require();
    return integrity;
  }

  private static Map<Hop, Location> locations(Json.Obj json) throws Refused {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (String name : json.members().keySet()) {
      Json.Obj location = json.obj(name);
      location.only("assurance", "evidence", "place");
      String assurance = location.str("assurance");
      locations.put(
          known(Hop.of(name), "hop", name),
          new Location(
              location.str("place"),
              known(Assurance.of(assurance), "assurance", assurance),
              location.has("evidence")
                  ? Optional.of(evidence(location.obj("evidence")))
                  : Optional.empty()));
    }
    return locations;
  }

  private static LocationEvidence evidence(Json.Obj json) throws Refused {
    json.only("issued", "key", "sha256", "subject", "type");
    return new LocationEvidence(
        nanoseconds(json, "issued"),
        Hash.ofHex(json.str("key")),
        Hash.ofHex(json.str("sha256")),
        json.str("subject"),
        json.str("type"));
  }

  private static Resource resource(Json.Obj json) throws Refused {
    json.only("attributes", "dropped", "schema");
    return new Resource(
        ValueCodec.attributes(json.obj("attributes")),
        text(json, "schema"),
        uint32(json, "dropped"));
  }

  private static Scope scope(Json.Obj json) throws Refused {
    json.only("attributes", "dropped", "name", "schema", "version");
    return new Scope(
        json.has("attributes") ? ValueCodec.attributes(json.obj("attributes")) : Attributes.EMPTY,
        text(json, "name"),
        text(json, "version"),
        text(json, "schema"),
        uint32(json, "dropped"));
  }

  private static Severity severity(Json.Obj json) throws Refused {
    json.only("number", "text");
    long number =
        json.has("number") ? within(json, "number", Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
    return new Severity((int) number, text(json, "text"));
  }

  private static Verdict verdict(Json.Obj json, Kind kind) throws Refused {
    if (!kind.judged()) {
      throw new Refused("expected no verdict on a record of kind " + kind.wire() + ", found one");
    }
    json.only("findings", "outcome", "policy");
    List<Finding> findings = new ArrayList<>();
    for (Json.Obj finding : json.objects("findings")) {
      findings.add(finding(finding));
    }
    Verdict verdict = Verdict.of(findings, within(json, "policy", 0, Json.MAX_INTEGER));
    String outcome = json.str("outcome");
    if (findings.isEmpty() || !verdict.outcome().wire().equals(outcome)) {
      throw new Refused(
          "expected the outcome of the heaviest finding, found " + Encodings.quote(outcome));
    }
    return verdict;
  }

  private static Finding finding(Json.Obj json) throws Refused {
    json.only("hop", "outcome", "rule");
    String hop = json.str("hop");
    String outcome = json.str("outcome");
    return new Finding(
        known(Hop.of(hop), "hop", hop),
        known(Outcome.of(outcome), "outcome", outcome),
        json.str("rule"));
  }

  private static <T> T known(Optional<T> value, String what, String found) throws Refused {
    return value.orElseThrow(
        () -> new Refused("expected a known " + what + ", found " + Encodings.quote(found)));
  }

  private static String text(Json.Obj json, String name) throws Refused {
    return json.optStr(name).orElse("");
  }

  private static String matching(Json.Obj json, String name, Pattern pattern) throws Refused {
    String text = text(json, name);
    if (json.has(name) && !pattern.matcher(text).matches()) {
      throw new Refused(
          "expected " + pattern + " as \"" + name + "\", found " + Encodings.quote(text));
    }
    return text;
  }

  private static long nanoseconds(Json.Obj json, String name) throws Refused {
    if (!json.has(name)) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(matching(json, name, NANOSECONDS));
    } catch (NumberFormatException e) {
      throw new Refused("expected nanoseconds below 2^64 as \"" + name + "\", found more", e);
    }
  }

  private static long uint32(Json.Obj json, String name) throws Refused {
    return json.has(name) ? within(json, name, 0, UINT32_MAX) : 0;
  }

  private static long within(Json.Obj json, String name, long least, long most) throws Refused {
    long value = json.integer(name);
    if (value < least || value > most) {
      throw new Refused(
          "expected " + least + " to " + most + " as \"" + name + "\", found " + value);
    }
    return value;
  }
}
