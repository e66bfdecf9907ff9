package dev.cadastre.proof.cases;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.PolicyNode;
import dev.cadastre.formats.policy.PolicyTime;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.proof.detect.Alert;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads cases. */
final class CaseReader {
  static final String CASES = "cases";
  private static final String SENDER = "case";

  /** Plain words and the attributes they stand for. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("actor", Names.AUDIT_ACTOR_ID),
          Map.entry("algorithm", Names.KEY_ALGORITHM),
          Map.entry("approval", Names.APPROVAL_ID),
          Map.entry("authority", Names.APPROVAL_AUTHORITY),
          Map.entry("claim", Names.RESIDENCY_LABEL),
          Map.entry("classification", Names.DATA_CLASSIFICATION),
          Map.entry("custody", Names.KEY_CUSTODY),
          Map.entry("error", Names.ERROR_TYPE),
          Map.entry("evidence", Names.EVIDENCE_TYPE),
          Map.entry("filing", Names.APPROVAL_FILING),
          Map.entry("host", Names.SERVER_ADDRESS),
          Map.entry("justification", Names.KEY_JUSTIFICATION),
          Map.entry("key-id", Names.KEY_ID),
          Map.entry("key-version", Names.KEY_VERSION),
          Map.entry("mode", Names.MODE_STATE),
          Map.entry("object", Names.DATA_OBJECT_ID),
          Map.entry("origin-key", Names.KEY_ORIGIN),
          Map.entry("outcome", Names.AUDIT_OUTCOME),
          Map.entry("purpose", Names.DATA_PURPOSE),
          Map.entry("retention", Names.INFERENCE_RETENTION),
          Map.entry("service", Names.SERVICE_NAME),
          Map.entry("signer", Names.MODEL_SIGNER),
          Map.entry("subject", Names.DATA_SUBJECT_GROUP),
          Map.entry("target", Names.AUDIT_TARGET_ID),
          Map.entry("until", Names.APPROVAL_UNTIL));

  /** The same, for what may be one text or a list. */
  private static final Map<String, String> LISTS =
      Map.of(
          "data", Names.DATA_CATEGORY,
          "granted-to", Names.KEY_GRANTED_TO,
          "withdrawn-from", Names.KEY_WITHDRAWN_FROM);

  /** The same, for numbers. */
  private static final Map<String, String> NUMBERS =
      Map.of("clip", Names.MODEL_UPDATE_CLIP, "epsilon", Names.MODEL_UPDATE_EPSILON);

  /** The same, for what is true or false. */
  private static final Map<String, String> FLAGS =
      Map.of("training", Names.INFERENCE_TRAINING, "verified", Names.RESIDENCY_VERIFIED);

  /** What an approval allows. */
  private static final Map<String, String> ALLOWS =
      Map.of(
          "data", Names.APPROVAL_CATEGORY,
          "key-id", Names.APPROVAL_KEY,
          "operation", Names.APPROVAL_OPERATION,
          "place", Names.APPROVAL_PLACE);

  private static final List<String> HOPS = Stream.of(Hop.values()).map(Hop::wire).toList();
  private static final List<String> OF_EVENT =
      sorted(
          TEXTS.keySet(),
          LISTS.keySet(),
          NUMBERS.keySet(),
          FLAGS.keySet(),
          HOPS,
          List.of("allows", "cache", "event", "kind", "operation", "time"));
  private static final List<String> OF_CASE =
      sorted(OF_EVENT, List.of("alerts", "before", "expect", "name", "rule"));
  private static final List<String> KINDS =
      Stream.of(Kind.values()).filter(Kind::fromSenders).map(Kind::wire).sorted().toList();
  private static final List<String> OUTCOMES =
      Stream.of(Outcome.values()).map(Outcome::wire).toList();
  private static final List<String> ALERTS =
      Stream.of(Alert.Kind.values()).map(Alert.Kind::wire).sorted().toList();

  private final Registry registry;

  CaseReader(Registry registry) {
    this.registry = registry;
  }

  @SafeVarargs
  private static List<String> sorted(Iterable<String>... parts) {
    List<String> all = new ArrayList<>();
    for (Iterable<String> part : parts) {
      part.forEach(all::add);
    }
    return all.stream().sorted().toList();
  }

  PolicyCases read(Json.Obj json) throws Refused {
    PolicyNode root = new PolicyNode("", json);
    root.namesOf(List.of(CASES, "inventory", "policy"));
    Optional<PolicyNode> policy = root.find("policy");
    Optional<PolicyNode> inventory = root.find("inventory");
    PolicyNode list = root.member(CASES);
    List<PolicyCase> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (PolicyNode item : list.items()) {
      PolicyCase one = policyCase(item);
      if (!names.add(one.name())) {
        throw item.refused("expected a name of its own, found the same again: " + one.name());
      }
      cases.add(one);
    }
    if (cases.isEmpty()) {
      throw list.refused("expected at least one case, found none");
    }
    return new PolicyCases(
        policy.isPresent() ? Optional.of(policy.get().text()) : Optional.empty(),
        inventory.isPresent() ? Optional.of(inventory.get().text()) : Optional.empty(),
        cases);
  }

  private PolicyCase policyCase(PolicyNode node) throws Refused {
    node.namesOf(OF_CASE);
    RecordEvent event = event(node);
    Optional<PolicyCase.Expected> expected = expected(node, event.kind());
    Optional<List<String>> alerts = alerts(node);
    if (expected.isEmpty() && alerts.isEmpty()) {
      throw node.refused("expected \"expect\", \"alerts\" or both, found neither");
    }
    return new PolicyCase(
        node.member("name").text(), node.path(), before(node), event, expected, alerts);
  }

  private static Optional<PolicyCase.Expected> expected(PolicyNode node, Kind kind) throws Refused {
    Optional<PolicyNode> rule = node.find("rule");
    Optional<PolicyNode> outcome = node.find("expect");
    if (outcome.isEmpty()) {
      if (rule.isPresent()) {
        throw rule.get().refused("expected \"expect\" beside it, found none");
      }
      return Optional.empty();
    }
    if (!kind.judged()) {
      throw outcome
          .get()
          .refused("expected \"alerts\" alone: no verdict is given on " + kind.wire());
    }
    String word = outcome.get().oneOf(outcome.get().text(), OUTCOMES);
    return Optional.of(
        new PolicyCase.Expected(
            Outcome.of(word).orElseThrow(),
            rule.isPresent() ? Optional.of(rule.get().text()) : Optional.empty()));
  }

  private static Optional<List<String>> alerts(PolicyNode node) throws Refused {
    Optional<PolicyNode> list = node.find("alerts");
    if (list.isEmpty()) {
      return Optional.empty();
    }
    List<String> alerts = new ArrayList<>();
    for (PolicyNode item : list.get().items()) {
      alerts.add(item.oneOf(item.text(), ALERTS));
    }
    return Optional.of(alerts.stream().sorted().toList());
  }

  private List<RecordEvent> before(PolicyNode node) throws Refused {
    List<RecordEvent> events = new ArrayList<>();
    Optional<PolicyNode> list = node.find("before");
    for (PolicyNode item : list.isPresent() ? list.get().items() : List.<PolicyNode>of()) {
      item.namesOf(OF_EVENT);
      events.add(event(item));
    }
    return events;
  }

  private RecordEvent event(PolicyNode node) throws Refused {
    Map<Hop, Location> locations = locations(node);
    Optional<PolicyNode> time = node.find("time");
    Optional<PolicyNode> name = node.find("event");
    Kind kind = kind(node, locations);
    return RecordEvent.builder(kind, SENDER)
        .name(name.isPresent() ? name.get().text() : kind.wire())
        .attributes(attributes(node, kind))
        .locations(locations)
        .time(time.isPresent() ? PolicyTime.startNs(time.get()) : 0)
        .build();
  }

  /** As stated; otherwise the use of a key when the key's is the only place, or a data access. */
  private static Kind kind(PolicyNode node, Map<Hop, Location> locations) throws Refused {
    Optional<PolicyNode> kind = node.find("kind");
    if (kind.isPresent()) {
      return Kind.of(kind.get().oneOf(kind.get().text(), KINDS)).orElseThrow();
    }
    return locations.keySet().equals(Set.of(Hop.KEY)) ? Kind.KEY_USE : Kind.DATA_ACCESS;
  }

  private Map<Hop, Location> locations(PolicyNode node) throws Refused {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (Hop hop : Hop.values()) {
      Optional<PolicyNode> place = node.find(hop.wire());
      if (place.isPresent()) {
        locations.put(hop, location(place.get()));
      }
    }
    return locations;
  }

  private Location location(PolicyNode node) throws Refused {
    if (node.json() instanceof Json.Str) {
      return new Location(canonical(node.text()), Assurance.CLAIMED);
    }
    node.namesOf(List.of("assurance", "place"));
    PolicyNode assurance = node.member("assurance");
    List<String> known = Stream.of(Assurance.values()).map(Assurance::wire).toList();
    return new Location(
        canonical(node.member("place").text()),
        Assurance.of(assurance.oneOf(assurance.text(), known)).orElseThrow());
  }

  /** As the ingest would write it: what nobody knows stays as it is, for the judge to see. */
  private String canonical(String place) {
    return registry.canonical(place, "").orElse(place);
  }

  private static Attributes attributes(PolicyNode node, Kind kind) throws Refused {
    Attributes.Builder attributes = Attributes.builder();
    for (Map.Entry<String, String> word : TEXTS.entrySet()) {
      Optional<PolicyNode> text = node.find(word.getKey());
      if (text.isPresent()) {
        attributes.put(word.getValue(), text.get().text());
      }
    }
    Optional<PolicyNode> cache = node.find("cache");
    if (cache.isPresent()) {
      attributes.put(Names.KEY_TTL_S, PolicyTime.seconds(cache.get()));
    }
    Optional<PolicyNode> operation = node.find("operation");
    if (operation.isPresent()) {
      boolean ofKey =
          kind == Kind.KEY_USE || kind == Kind.KEY_LIFECYCLE || node.find("data").isEmpty();
      attributes.put(ofKey ? Names.KEY_OPERATION : Names.DATA_OPERATION, operation.get().text());
    }
    for (Map.Entry<String, String> word : FLAGS.entrySet()) {
      Optional<PolicyNode> flag = node.find(word.getKey());
      if (flag.isPresent()) {
        attributes.put(word.getValue(), Value.of(flag.get().flag()));
      }
    }
    for (Map.Entry<String, String> word : NUMBERS.entrySet()) {
      Optional<PolicyNode> number = node.find(word.getKey());
      if (number.isPresent()) {
        attributes.put(word.getValue(), Value.of(number.get().number()));
      }
    }
    lists(node, LISTS, attributes);
    Optional<PolicyNode> allows = node.find("allows");
    if (allows.isPresent()) {
      allows.get().namesOf(sorted(ALLOWS.keySet()));
      lists(allows.get(), ALLOWS, attributes);
    }
    return attributes.build();
  }

  private static void lists(
      PolicyNode node, Map<String, String> words, Attributes.Builder attributes) throws Refused {
    for (Map.Entry<String, String> word : words.entrySet()) {
      Optional<PolicyNode> texts = node.find(word.getKey());
      if (texts.isPresent()) {
        attributes.put(word.getValue(), oneOrSeveral(texts.get()));
      }
    }
  }

  private static Value oneOrSeveral(PolicyNode node) throws Refused {
    return node.json() instanceof Json.Str
        ? Value.of(node.text())
        : Value.of(node.someTexts().stream().map(Value::of).toList());
  }
}
