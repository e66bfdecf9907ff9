package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Side;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.search.Repeat;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.KeyStep;
import dev.cadastre.ledger.search.stored.TermType;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.KeyAct;
import dev.cadastre.proof.detect.OrderViolations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the index keeps of one entry: its row (see {@link Column}) and every term it uses. Only what
 * stands in the entry is looked at, so no private attribute can get here.
 */
final class Facts {
  /** The columns that are filled from the first of these attributes that the record has. */
  enum Source {
    ACTION(Column.ACTION, TermType.ACTION, Names.AUDIT_ACTION),
    RESULT(Column.RESULT, TermType.RESULT, Names.AUDIT_OUTCOME),
    ACTOR(Column.ACTOR, TermType.ACTOR, Names.AUDIT_ACTOR_ID),
    TARGET(Column.TARGET, TermType.TARGET, Names.AUDIT_TARGET_ID, Names.DATA_OBJECT_ID),
    PURPOSE(Column.PURPOSE, TermType.PURPOSE, Names.DATA_PURPOSE),
    KEY(Column.KEY, TermType.KEY, Names.KEY_ID),
    OPERATION(Column.OPERATION, TermType.OPERATION, Names.KEY_OPERATION, Names.DATA_OPERATION);

    final Column column;
    final TermType type;
    final String[] attributes;

    Source(Column column, TermType type, String... attributes) {
      this.column = column;
      this.type = type;
      this.attributes = attributes;
    }
  }

  private static final byte[] NO_ID = new byte[0];
  private static final Source[] SOURCES = Source.values();

  final long[] row = new long[Column.COUNT];
  final Map<Hop, Outcome> foundByHop = new EnumMap<>(Hop.class);
  KeyStep keyStep = KeyStep.MENTION;

  /** What was done with the key, if the record is about one. */
  Optional<KeyAct> keyAct = Optional.empty();

  /** UTF-8; empty if the event has none. */
  byte[] recordId = NO_ID;

  /** An alert with the terms for its kind and subject. */
  record Noticed(Alert alert, int kind, int subject) {}

  /** What detectors notice at an entry; they see every event that says anything to them. */
  interface Watch {
    List<Alert> see(EntryFrame.Parts entry, Event event);

    /** What else tells them something, as long as no other policy comes. */
    default ReadNames read() {
      return ReadNames.NONE;
    }
  }

  List<Noticed> noticed = List.of();

  /** The terms of what broke the contract, each once. */
  final Set<Integer> breaches = new LinkedHashSet<>();

  int custody;
  int provider;
  private final Terms terms;
  private int[] used = new int[16];
  private int usedCount;

  private Facts(Terms terms) {
    this.terms = terms;
  }

  /** Gathers the facts of an entry; new terms are entered in {@code terms} on the way. */
  static Facts of(EntryFrame.Parts entry, Terms terms, Watch watch) throws Refused {
    Optional<Facts> scanned = scanned(entry, terms, watch.read());
    return scanned.isPresent() ? scanned.get() : decoded(entry, terms, watch);
  }

  /**
   * Those of an ordinary record, from its bytes; empty for others. An ordinary record says nothing
   * to a detector.
   */
  static Optional<Facts> scanned(EntryFrame.Parts entry, Terms terms, ReadNames read) {
    Facts facts = new Facts(terms);
    facts.set(Column.RECEIVED, entry.received());
    return new FactsScan(entry, facts, read).scan() ? Optional.of(facts) : Optional.empty();
  }

  /** Those of any event. */
  static Facts decoded(EntryFrame.Parts entry, Terms terms, Watch watch) throws Refused {
    Facts facts = new Facts(terms);
    facts.set(Column.RECEIVED, entry.received());
    Event event = EventCodec.read(entry.eventBytes());
    facts.gather(event, watch.see(entry, event));
    return facts;
  }

  private void gather(Event event, List<Alert> alerts) {
    set(Column.TIME, get(Column.RECEIVED));
    set(Column.KIND, use(TermType.KIND, event.kindWire()));
    set(Column.SIDE, use(TermType.SIDE, Side.of(event).wire()));
    if (event instanceof RecordEvent record) {
      gather(record);
      List<Finding> shown =
          alerts.stream().flatMap(alert -> OrderViolations.finding(alert).stream()).toList();
      record.verdict().ifPresent(said -> judge(OrderViolations.with(said, shown)));
      noticed = alerts.stream().map(this::noticed).toList();
    }
  }

  long get(Column column) {
    return row[column.ordinal()];
  }

  /** Notes that the entry carries an earlier one's record id, if it does. */
  void repeats(Repeat repeat) {
    if (repeat.given()) {
      set(Column.REPEAT, repeat.code());
      use(TermType.REPEAT, repeat.wire());
    }
  }

  /** The numbers of all terms the entry uses, some perhaps twice. */
  int[] terms() {
    return Arrays.copyOf(used, usedCount);
  }

  private void gather(RecordEvent record) {
    recordId = record.id().getBytes(StandardCharsets.UTF_8);
    if (record.claimedTime() != 0) {
      set(Column.TIME, heldToLong(record.claimedTime()));
    }
    if (!record.name().isEmpty()) {
      set(Column.NAME, use(TermType.NAME, record.name()));
    }
    gather(record.attributes());
    custody =
        record.custodyWords().stream()
            .findFirst()
            .map(text -> use(TermType.CUSTODY, text))
            .orElse(0);
    if (!record.person().isEmpty()) {
      setIfFree(Column.ACTOR, use(TermType.ACTOR, record.person()));
    }
    for (String category : record.categories()) {
      setIfFree(Column.CATEGORY, use(TermType.CATEGORY, category));
    }
    keyAct = KeyAct.of(record);
    keyStep = keyAct.map(KeyStep::of).orElse(KeyStep.MENTION);
    set(Column.KEY_STEP, keyStep.code());
    keyAct.filter(KeyAct::isUse).ifPresent(use -> gatherUse(use, record.attributes()));
    record
        .resourceAttributes()
        .string(Names.SERVICE_NAME)
        .ifPresent(service -> set(Column.SERVICE, use(TermType.SERVICE, service)));
    record.locations().forEach(this::locate);
  }

  private void gatherUse(KeyAct act, Attributes attributes) {
    use(TermType.ATTEMPT, act.attempt().wire());
    attributes.string(Names.KEY_VERSION).ifPresent(version -> use(TermType.VERSION, version));
    attributes.string(Names.ACTOR_ROLE).ifPresent(role -> use(TermType.ROLE, role));
  }

  /**
   * Event times are unsigned; what a long cannot say lies after the year 2262 and is shown as its
   * last instant.
   */
  private static long heldToLong(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  private void gather(Attributes attributes) {
    for (Source source : SOURCES) {
      for (String name : source.attributes) {
        Optional<String> text = attributes.string(name);
        if (text.isPresent()) {
          setIfFree(source.column, use(source.type, text.get()));
        }
      }
    }
    provider =
        attributes.string(Names.KEY_PROVIDER).map(text -> use(TermType.PROVIDER, text)).orElse(0);
  }

  private void locate(Hop hop, Location location) {
    set(Column.of(hop), placed(use(TermType.PLACE, location.place()), location));
    List<String> each = location.places();
    if (each.size() > 1) {
      each.forEach(place -> use(TermType.PLACE, place));
    }
  }

  private static long placed(int place, Location location) {
    return placed(place, location.assurance());
  }

  static long placed(int place, Assurance assurance) {
    return (long) place * Column.ASSURANCES + assurance.ordinal();
  }

  private Noticed noticed(Alert alert) {
    return new Noticed(
        alert, use(TermType.ALERT, alert.kind().wire()), use(TermType.SUBJECT, alert.subject()));
  }

  private void judge(Verdict verdict) {
    set(Column.OUTCOME, use(TermType.OUTCOME, verdict.outcome().wire()));
    for (Finding finding : verdict.findings()) {
      int rule = use(TermType.RULE, finding.rule());
      foundByHop.merge(finding.hop(), finding.outcome(), Outcome::or);
      if (finding.outcome() == verdict.outcome()) {
        setIfFree(Column.RULE, rule);
      }
      if (finding.outcome() == Outcome.VIOLATION) {
        breaks(rule, finding.hop());
      }
    }
  }

  /** Notes that a rule was broken at a hop, once place and key are known. */
  void breaks(int rule, Hop hop) {
    int place = (int) (get(Column.of(hop)) / Column.ASSURANCES);
    int breach = terms.breach(rule, hop, place, (int) get(Column.KEY));
    if (breaches.add(breach)) {
      used(breach);
    }
  }

  int use(TermType type, String text) {
    return used(terms.number(type, text));
  }

  /** The term that is these bytes of UTF-8. */
  int use(TermType type, byte[] utf8, int from, int to) {
    return used(terms.number(type, utf8, from, to));
  }

  private int used(int term) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, 2 * usedCount);
    }
    used[usedCount++] = term;
    return term;
  }

  void set(Column column, long value) {
    row[column.ordinal()] = value;
  }

  void setIfFree(Column column, long value) {
    if (row[column.ordinal()] == 0) {
      set(column, value);
    }
  }
}
