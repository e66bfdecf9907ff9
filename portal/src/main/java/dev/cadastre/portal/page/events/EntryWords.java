package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.policy.KeyRules;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.page.ContractWords;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Values;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.text.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What an entry says, told for people. Everything told is in the bytes that the page shows beside
 * it.
 */
public final class EntryWords {
  private static final Pattern HASH = Pattern.compile("^.[0-9a-f]{64}.$");

  private final LogName log;
  private final PlaceNames names;
  private final Optional<Policy> policy;

  /**
   * @param policy the policy that judged the entry, if one did
   */
  EntryWords(LogName log, Registry registry, Optional<Policy> policy) {
    this.log = log;
    this.names = new PlaceNames(policy, registry);
    this.policy = policy;
  }

  /** A fact about the entry; {@code href} leads to more of the kind, or is empty. */
  public record Fact(String name, String value, String href) {
    public Fact {
      value = Foreign.whole(value);
    }

    /** The value as a link shows it. */
    public String brief() {
      return Foreign.cut(value);
    }

    /** Whether a link leaves a part of it out. */
    public boolean isCut() {
      return !brief().equals(value);
    }

    /** Whether the value is a hash in hexadecimal. */
    public boolean isHash() {
      return HASH.matcher(value).find();
    }
  }

  /** Where one hop was. */
  public record Place(
      String hop, String place, String known, String assurance, String outcome, String rule) {}

  /** What one finding of the verdict means. */
  public record Found(String hop, String outcome, String rule, String about) {}

  /** The verdict, or an empty {@code outcome} where there is none. */
  public record Judgement(
      String outcome, String meaning, List<Found> findings, String policy, String href) {}

  /** An entry told. */
  public record Told(
      String kind,
      String headline,
      Words.Stamp received,
      List<Fact> facts,
      List<Place> places,
      Judgement verdict,
      List<Fact> attributes,
      List<Fact> resource,
      String problem) {}

  Told tell(Entry entry, Event event) {
    Words.Stamp received = Words.Stamp.of(entry.received());
    if (event instanceof RecordEvent record) {
      return record(record, received);
    }
    List<Fact> facts = new ArrayList<>();
    String headline = "";
    if (event instanceof Birth birth) {
      headline = "The log begins, and names the key that signs for it";
      facts.add(new Fact("Origin", birth.origin(), ""));
      facts.add(new Fact("Format", birth.format(), ""));
      birth.keys().forEach(key -> facts.add(new Fact("Key", key, "")));
    } else if (event instanceof PolicyAdoption adoption) {
      headline =
          Foreign.of(adoption.author()) + " adopted a policy; every later event is judged by it";
      facts.add(
          new Fact("Policy's SHA-256", adoption.sha256().hex(), Links.tenant(log) + "policy"));
      adoption
          .inventory()
          .map(json -> Hash.sha256(json.jcs()).hex())
          .ifPresent(
              hex -> facts.add(new Fact("Inventory's SHA-256", hex, Links.tenant(log) + "policy")));
      facts.add(new Fact("Registry's SHA-256", adoption.registry().hex(), ""));
      adoption
          .previous()
          .ifPresent(
              index ->
                  facts.add(
                      new Fact("Replaces entry", Words.number(index), Links.entry(log, index))));
    } else if (event instanceof AnchorEvent anchor) {
      headline =
          "Anchor of "
              + anchor.date()
              + " over "
              + Words.number(anchor.leaves())
              + " blinded leaves";
      facts.add(new Fact("Root", anchor.root().hex(), ""));
      facts.addAll(special(anchor));
    }
    return new Told(
        Words.kind(event.kindWire()),
        headline,
        received,
        facts,
        List.of(),
        none(),
        List.of(),
        List.of(),
        "");
  }

  private static List<Fact> special(AnchorEvent anchor) {
    List<Fact> facts = new ArrayList<>();
    if (anchor.incomplete()) {
      facts.add(new Fact("Incomplete", "A log is left out, since it is stopped", ""));
    }
    anchor
        .takenBack()
        .ifPresent(tree -> facts.add(new Fact("Logs taken back", tree.root().hex(), "")));
    return facts;
  }

  private Told record(RecordEvent record, Words.Stamp received) {
    return new Told(
        Words.kind(record.kindWire()),
        headline(record),
        received,
        facts(record),
        places(record),
        record.verdict().map(verdict -> judgement(verdict, record)).orElseGet(EntryWords::none),
        attributes(record.attributes()),
        attributes(record.resourceAttributes()),
        record.problem().isEmpty() ? "" : Foreign.whole(record.problem()));
  }

  private static String headline(RecordEvent record) {
    Attributes said = record.attributes();
    Optional<String> key = said.string(Names.KEY_ID);
    Optional<String> target =
        said.string(Names.AUDIT_TARGET_ID).or(() -> said.string(Names.DATA_OBJECT_ID));
    boolean ofKey = record.kindWire().startsWith("key.");
    return new Sentence(
            said.string(Names.AUDIT_ACTOR_ID)
                .or(() -> record.resourceAttributes().string(Names.SERVICE_NAME)),
            said.string(Names.KEY_OPERATION)
                .or(() -> said.string(Names.DATA_OPERATION))
                .or(() -> said.string(Names.AUDIT_ACTION))
                .or(() -> Optional.of(record.name()).filter(name -> !name.isEmpty())),
            said.string(Names.AUDIT_OUTCOME),
            ofKey ? key.or(() -> target) : target.or(() -> key),
            record.categories().stream().findFirst(),
            said.string(Names.DATA_PURPOSE))
        .shown();
  }

  private List<Fact> facts(RecordEvent record) {
    List<Fact> facts = new ArrayList<>();
    if (record.time() != 0) {
      facts.add(new Fact("Happened", Words.Stamp.of(record.time()).utc(), ""));
    }
    facts.add(new Fact("Told by", Words.side(Side.of(record.sender())), ""));
    facts.add(new Fact("Sender", record.sender(), ""));
    add(facts, "Name", record.name(), "");
    add(
        facts,
        "Record id",
        record.id(),
        record.id().isEmpty() ? "" : Links.events(log, EventFilter.RECORD, record.id()));
    record
        .attributes()
        .string(Names.KEY_ID)
        .ifPresent(key -> facts.add(new Fact("Key", key, Links.key(log, key))));
    add(facts, "Person", record.person(), Links.events(log, "actor", record.person()));
    record.custodyWords().stream()
        .findFirst()
        .ifPresent(word -> facts.add(new Fact("Key held as", word, "")));
    record.integrity().ifPresent(found -> facts.add(new Fact("Signature", words(found), "")));
    add(facts, "Trace", record.trace(), "");
    add(facts, "Severity", record.severity().text(), "");
    record.body().ifPresent(body -> facts.add(new Fact("Body", Values.text(body), "")));
    return facts;
  }

  private static String words(Integrity found) {
    return switch (found.status()) {
      case VERIFIED ->
          "verified, "
              + found.algorithm()
              + " by "
              + found.key()
              + "; over "
              + String.join(", ", found.covers())
              + ", not over the resource";
      case INVALID, UNTRUSTED -> found.status().wire() + ": " + found.reason();
    };
  }

  private static void add(List<Fact> facts, String name, String value, String href) {
    if (!value.isEmpty()) {
      facts.add(new Fact(name, value, href));
    }
  }

  private List<Place> places(RecordEvent record) {
    List<Place> places = new ArrayList<>();
    for (Map.Entry<Hop, Location> at : record.locations().entrySet()) {
      Optional<Finding> finding = heaviest(record.verdict(), at.getKey());
      Location location = at.getValue();
      places.add(
          new Place(
              at.getKey().wire(),
              Foreign.of(location.place()),
              names.of(location.place()),
              location.assurance().wire(),
              finding.map(found -> found.outcome().wire()).orElse(""),
              finding.map(found -> Foreign.of(found.rule())).orElse("")));
    }
    return places;
  }

  private static Optional<Finding> heaviest(Optional<Verdict> verdict, Hop hop) {
    return verdict.stream()
        .flatMap(judged -> judged.findings().stream())
        .filter(finding -> finding.hop() == hop)
        .reduce((a, b) -> a.outcome().compareTo(b.outcome()) >= 0 ? a : b);
  }

  private Judgement judgement(Verdict verdict, RecordEvent record) {
    List<Found> findings =
        verdict.findings().stream()
            .map(
                finding ->
                    new Found(
                        finding.hop().wire(),
                        finding.outcome().wire(),
                        Foreign.of(finding.rule()),
                        about(finding, record)))
            .toList();
    return new Judgement(
        verdict.outcome().wire(),
        meaning(verdict),
        findings,
        Words.number(verdict.policy()),
        Links.entry(log, verdict.policy()));
  }

  /** A broken contract is told by the rule that was broken first. */
  private static String meaning(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding.outcome() == Outcome.VIOLATION)
        .findFirst()
        .map(finding -> ContractWords.broken(finding.rule()))
        .orElseGet(() -> Words.meaning(verdict.outcome()));
  }

  /** What the rule is about, what it allows and what was seen. */
  private String about(Finding finding, RecordEvent record) {
    String about = ContractWords.about(finding.rule());
    return policy
        .flatMap(contract -> comparison(contract, finding, record))
        .map(allowedAndSeen -> about + " " + allowedAndSeen)
        .orElse(about);
  }

  private Optional<String> comparison(Policy contract, Finding finding, RecordEvent record) {
    return switch (finding.rule()) {
      case "keys.max-cache" -> cacheTime(contract, record);
      case "keys.custody" -> custody(contract, record);
      default -> place(contract, finding, record);
    };
  }

  private static Optional<String> cacheTime(Policy contract, RecordEvent record) {
    OptionalLong allowedS = contract.keys().map(KeyRules::maxCacheS).orElseGet(OptionalLong::empty);
    OptionalLong toldS = record.attributes().integer(Names.KEY_TTL_S);
    if (allowedS.isEmpty() || toldS.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "The contract allows "
            + Words.seconds(allowedS.getAsLong())
            + "; this key was to be kept for "
            + Words.seconds(toldS.getAsLong())
            + ".");
  }

  private static Optional<String> custody(Policy contract, RecordEvent record) {
    String allowed = contract.keys().map(keys -> ContractWords.custody(keys.custody())).orElse("");
    return record.custodyWords().stream()
        .findFirst()
        .filter(told -> !allowed.isEmpty())
        .map(told -> "The contract allows " + allowed + "; this key is " + Foreign.of(told) + ".");
  }

  private Optional<String> place(Policy contract, Finding finding, RecordEvent record) {
    Location at = record.locations().get(finding.hop());
    if (at == null || !ContractWords.ofPlace(finding.rule(), finding.hop())) {
      return Optional.empty();
    }
    String category = finding.rule().substring(0, finding.rule().lastIndexOf('.'));
    String allowed = ContractWords.allowed(contract, category, finding.hop(), names);
    return Optional.of(
        "The contract allows "
            + Foreign.whole(allowed)
            + "; this was at "
            + Foreign.of(names.withName(at.place()))
            + ".");
  }

  private static Judgement none() {
    return new Judgement("", "", List.of(), "", "");
  }

  private static List<Fact> attributes(Attributes attributes) {
    List<Fact> facts = new ArrayList<>();
    attributes
        .asMap()
        .forEach((name, value) -> facts.add(new Fact(Foreign.of(name), Values.text(value), "")));
    return facts;
  }
}
