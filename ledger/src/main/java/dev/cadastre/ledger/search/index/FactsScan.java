package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.value.MemberScanner;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.TermType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gathers the facts of an ordinary record from its canonical bytes, without building anything of
 * what is not kept: the indexer follows logs that grow by a hundred thousand entries a second.
 * Whatever is out of the ordinary (keys' acts, several categories, escaped texts) it leaves to the
 * decoder; both give the same facts.
 */
final class FactsScan {
  private static final byte[] ASSURANCE = ascii("assurance");
  private static final byte[] PLACE = ascii("place");
  private static final byte[] FINDINGS = ascii("findings");
  private static final byte[] HOP = ascii("hop");
  private static final byte[] OUTCOME = ascii("outcome");
  private static final byte[] RULE = ascii("rule");
  private static final byte[] KEY_PREFIX = ascii("ledger.key.");
  private static final byte[] SEQUENCE_PREFIX = ascii("audit.sequence.");

  /** Attributes that detectors look at. */
  private static final byte[][] TELLING =
      all(
          new String[] {
            Names.APPROVAL_ID, Names.AUDIT_PREV_HASH, Names.EVIDENCE_TYPE, Names.SERVER_ADDRESS
          },
          Function.identity());

  private static final byte[] CATEGORY = ascii(Names.DATA_CATEGORY);
  private static final byte[] SERVICE = ascii(Names.SERVICE_NAME);

  private static final Kind[] KIND_VALUES = Kind.values();
  private static final byte[][] KINDS = all(Kind.values(), FactsScan::ordinary);
  private static final Set<Hop> OF_DATA =
      EnumSet.complementOf(EnumSet.of(Hop.KEY, Hop.OPERATOR, Hop.USER));
  private static final byte[][] HOPS = all(Hop.values(), Hop::wire);
  private static final byte[][] ASSURANCES = all(Assurance.values(), Assurance::wire);
  private static final byte[][] OUTCOMES = all(Outcome.values(), Outcome::wire);
  private static final Assurance[] ASSURANCE_VALUES = Assurance.values();
  private static final Outcome[] OUTCOME_VALUES = Outcome.values();

  private static final Facts.Source[] SOURCES = Facts.Source.values();
  private static final byte[][][] SOURCE_NAMES =
      Stream.of(SOURCES)
          .map(source -> all(source.attributes, Function.identity()))
          .toArray(byte[][][]::new);

  private final byte[] bytes;
  private final int from;
  private final Facts facts;
  private final ReadNames read;

  private final Span[] sources = new Span[SOURCES.length];
  private Span attributes = Span.NONE;
  private Span category = Span.NONE;
  private Span id = Span.NONE;
  private Span kind = Span.NONE;
  private Span locations = Span.NONE;
  private Span name = Span.NONE;
  private Span person = Span.NONE;
  private Span service = Span.NONE;
  private Span resource = Span.NONE;
  private Span sender = Span.NONE;
  private Span verdict = Span.NONE;
  private long time;
  private long observed;
  private boolean ordinary = true;

  /** Where a value lies, a text's quotation marks included. */
  private record Span(int from, int to) {
    static final Span NONE = new Span(0, 0);

    static Span of(MemberScanner member) {
      return new Span(member.valueFrom(), member.valueTo());
    }

    boolean given() {
      return to > from;
    }
  }

  FactsScan(EntryFrame.Parts entry, Facts facts, ReadNames read) {
    this.read = read;
    this.bytes = entry.bytes();
    this.from = entry.eventStart();
    this.facts = facts;
    Arrays.fill(sources, Span.NONE);
  }

  /** Fills the facts, or leaves them alone and returns false: then the event must be decoded. */
  boolean scan() {
    survey();
    if (ordinary && sender.given() && isOrdinary(kind)) {
      surveyAttributes();
      surveyResource();
      surveyLocations();
    } else {
      ordinary = false;
    }
    if (ordinary) {
      gather();
    }
    return ordinary;
  }

  private boolean isOrdinary(Span kind) {
    int known = kind.given() ? indexOf(KINDS, kind) : -1;
    return known >= 0 && !read.isOf(KIND_VALUES[known]);
  }

  private void survey() {
    MemberScanner members = new MemberScanner(bytes, from);
    while (members.next()) {
      Span value = Span.of(members);
      switch (bytes[members.nameFrom()]) {
        case 'a' -> attributes = members.named(Member.ATTRIBUTES) ? value : attributes;
        case 'i' -> {
          ordinary &= !members.named(Member.INTEGRITY);
          id = members.named(Member.ID) ? text(value) : id;
        }
        case 'k' -> kind = members.named(Member.KIND) ? text(value) : kind;
        case 'l' -> locations = members.named(Member.LOCATIONS) ? plain(value) : locations;
        case 'n' -> name = members.named(Member.NAME) ? text(value) : name;
        case 'o' -> observed = members.named(Member.OBSERVED) ? decimal(value) : observed;
        case 'p' -> person = members.named(Member.PERSON) ? text(value) : person;
        case 's' -> sender = members.named(Member.SENDER) ? text(value) : sender;
        case 'r' -> resource = members.named(Member.RESOURCE) ? value : resource;
        case 't' -> time = members.named(Member.TIME) ? decimal(value) : time;
        case 'v' -> verdict = members.named(Member.VERDICT) ? plain(value) : verdict;
        default -> {}
      }
    }
  }

  /** The event's members that the index keeps something of. */
  private static final class Member {
    private static final byte[] ATTRIBUTES = ascii("attributes");
    private static final byte[] ID = ascii("id");
    private static final byte[] INTEGRITY = ascii("integrity");
    private static final byte[] KIND = ascii("kind");
    private static final byte[] LOCATIONS = ascii("locations");
    private static final byte[] NAME = ascii("name");
    private static final byte[] OBSERVED = ascii("observed");
    private static final byte[] PERSON = ascii("person");
    private static final byte[] RESOURCE = ascii("resource");
    private static final byte[] SENDER = ascii("sender");
    private static final byte[] TIME = ascii("time");
    private static final byte[] VERDICT = ascii("verdict");
  }

  private void surveyAttributes() {
    if (!attributes.given()) {
      ordinary = false;
      return;
    }
    MemberScanner members = new MemberScanner(bytes, attributes.from);
    while (members.next()) {
      ordinary &= !members.nameBegins(KEY_PREFIX) && !members.nameBegins(SEQUENCE_PREFIX);
      for (byte[] name : TELLING) {
        ordinary &= !members.named(name);
      }
      for (byte[] name : read.names()) {
        ordinary &= !members.named(name);
      }
      if (members.named(CATEGORY)) {
        category = onlyText(Span.of(members));
      }
      for (int source = 0; source < SOURCES.length; source++) {
        source(source, members);
      }
    }
  }

  /** Of several attributes that a column is filled from, the first listed counts. */
  private void source(int source, MemberScanner members) {
    byte[][] names = SOURCE_NAMES[source];
    for (int rank = 0; rank < names.length; rank++) {
      if (members.named(names[rank]) && bytes[members.valueFrom()] == '"') {
        Span value = text(Span.of(members));
        ordinary &= !sources[source].given(); // both: each is a term, in the order they are listed
        sources[source] = value;
      }
    }
  }

  private void surveyResource() {
    if (!resource.given()) {
      return;
    }
    MemberScanner members = new MemberScanner(bytes, resource.from);
    while (members.next()) {
      if (members.named(Member.ATTRIBUTES)) {
        MemberScanner inner = new MemberScanner(bytes, members.valueFrom());
        while (inner.next()) {
          if (inner.named(SERVICE) && bytes[inner.valueFrom()] == '"') {
            service = text(Span.of(inner));
          }
          ordinary &= category.given() || !inner.named(CATEGORY);
        }
      }
    }
  }

  /** Data that is in two places may have crossed a border, which a detector must tell. */
  private void surveyLocations() {
    if (!locations.given()) {
      return;
    }
    Span first = Span.NONE;
    MemberScanner hops = new MemberScanner(bytes, locations.from);
    while (hops.next()) {
      int hop = indexOf(HOPS, hops.nameFrom(), hops.nameTo());
      boolean ofData = OF_DATA.contains(IndexTables.HOPS[hop]);
      MemberScanner location = new MemberScanner(bytes, hops.valueFrom());
      while (location.next()) {
        if (location.named(PLACE)) {
          ordinary &= !isSeveral(location);
        }
        if (ofData && location.named(PLACE)) {
          ordinary &= !first.given() || same(first, location);
          first = Span.of(location);
        }
      }
    }
  }

  /** Whether it may name several places. */
  private boolean isSeveral(MemberScanner place) {
    for (int i = place.valueFrom(); i < place.valueTo(); i++) {
      if (bytes[i] == '+') {
        return true;
      }
    }
    return false;
  }

  private boolean same(Span text, MemberScanner other) {
    return Arrays.equals(bytes, text.from, text.to, bytes, other.valueFrom(), other.valueTo());
  }

  private void gather() {
    long claimed = time != 0 ? time : observed;
    facts.set(Column.TIME, claimed != 0 ? claimed : facts.get(Column.RECEIVED));
    facts.set(Column.KIND, use(TermType.KIND, kind));
    facts.set(Column.SIDE, facts.use(TermType.SIDE, side().wire()));
    if (id.given()) {
      facts.recordId = Arrays.copyOfRange(bytes, id.from + 1, id.to - 1);
    }
    if (name.given()) {
      facts.set(Column.NAME, use(TermType.NAME, name));
    }
    for (int source = 0; source < SOURCES.length; source++) {
      if (sources[source].given()) {
        facts.set(SOURCES[source].column, use(SOURCES[source].type, sources[source]));
      }
    }
    if (person.given()) {
      facts.setIfFree(Column.ACTOR, use(TermType.ACTOR, person));
    }
    if (category.given()) {
      facts.set(Column.CATEGORY, use(TermType.CATEGORY, category));
    }
    if (service.given()) {
      facts.set(Column.SERVICE, use(TermType.SERVICE, service));
    }
    if (locations.given()) {
      gatherLocations();
    }
    if (verdict.given()) {
      gatherVerdict();
    }
  }

  private Side side() {
    return Side.of(
        new String(bytes, sender.from + 1, sender.to - sender.from - 2, StandardCharsets.UTF_8));
  }

  private void gatherLocations() {
    MemberScanner hops = new MemberScanner(bytes, locations.from);
    while (hops.next()) {
      Span assurance = Span.NONE;
      Span place = Span.NONE;
      MemberScanner location = new MemberScanner(bytes, hops.valueFrom());
      while (location.next()) {
        assurance = location.named(ASSURANCE) ? Span.of(location) : assurance;
        place = location.named(PLACE) ? Span.of(location) : place;
      }
      Hop hop = IndexTables.HOPS[indexOf(HOPS, hops.nameFrom(), hops.nameTo())];
      facts.set(
          Column.of(hop),
          Facts.placed(
              use(TermType.PLACE, place), ASSURANCE_VALUES[indexOf(ASSURANCES, assurance)]));
    }
  }

  private void gatherVerdict() {
    Span findings = Span.NONE;
    Span outcome = Span.NONE;
    MemberScanner members = new MemberScanner(bytes, verdict.from);
    while (members.next()) {
      findings = members.named(FINDINGS) ? Span.of(members) : findings;
      outcome = members.named(OUTCOME) ? Span.of(members) : outcome;
    }
    facts.set(Column.OUTCOME, use(TermType.OUTCOME, outcome));
    int heaviest = indexOf(OUTCOMES, outcome);
    for (int at = findings.from + 1; bytes[at] != ']'; ) {
      at = gatherFinding(bytes[at] == ',' ? at + 1 : at, heaviest);
    }
  }

  private int gatherFinding(int at, int heaviest) {
    Hop hop = Hop.PROCESSING;
    int outcome = 0;
    int rule = 0;
    MemberScanner members = new MemberScanner(bytes, at);
    while (members.next()) {
      Span value = Span.of(members);
      if (members.named(HOP)) {
        hop = IndexTables.HOPS[indexOf(HOPS, value)];
      } else if (members.named(OUTCOME)) {
        outcome = indexOf(OUTCOMES, value);
      } else if (members.named(RULE)) {
        rule = use(TermType.RULE, value);
      }
    }
    facts.foundByHop.merge(hop, OUTCOME_VALUES[outcome], Outcome::or);
    if (outcome == heaviest) {
      facts.setIfFree(Column.RULE, rule);
    }
    if (OUTCOME_VALUES[outcome] == Outcome.VIOLATION) {
      facts.breaks(rule, hop);
    }
    return members.end();
  }

  private int use(TermType type, Span text) {
    return facts.use(type, bytes, text.from + 1, text.to - 1);
  }

  /** A value that is either a text or something else that is not kept in one term. */
  private Span onlyText(Span value) {
    ordinary &= bytes[value.from] == '"';
    return text(value);
  }

  /** A text; none if it is empty. One with escapes, or that may be blank, is not ordinary. */
  private Span text(Span value) {
    if (value.to - value.from <= 2) {
      return Span.NONE;
    }
    ordinary &= bytes[value.from + 1] > ' ';
    return plain(value);
  }

  /** A value in which nothing is escaped. */
  private Span plain(Span value) {
    for (int i = value.from; i < value.to; i++) {
      ordinary &= bytes[i] != '\\';
    }
    return value;
  }

  /** A time in quotation marks. */
  private long decimal(Span value) {
    long number = 0;
    for (int i = value.from + 1; i < value.to - 1; i++) {
      number = 10 * number + (bytes[i] - '0');
    }
    // Nineteen digits stay below 2^64, so what is beyond 2^63 shows as a negative value.
    ordinary &= value.to - value.from <= 21 && number >= 0;
    return number;
  }

  private int indexOf(byte[][] words, Span text) {
    return indexOf(words, text.from + 1, text.to - 1);
  }

  private int indexOf(byte[][] words, int start, int end) {
    for (int i = 0; i < words.length; i++) {
      if (Arrays.equals(words[i], 0, words[i].length, bytes, start, end)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Of kinds whose facts rest on single members, and that carry nothing over to detectors; the
   * others' name matches nothing.
   */
  private static String ordinary(Kind kind) {
    return switch (kind) {
      case APPROVAL, KEY_USE, KEY_LIFECYCLE, DETECTORS_STATE -> "";
      default -> kind.wire();
    };
  }

  private static <T> byte[][] all(T[] values, Function<T, String> wire) {
    return Stream.of(values).map(wire).map(FactsScan::ascii).toArray(byte[][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
