package dev.cadastre.proof.pack;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.chain.ChainChecker;
import dev.cadastre.proof.chain.ChainRefused;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.pack.format.EventsCsv;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Goes once over the entries of a pack: chain and tree, then each event, its verdict, the
 * attestation and the table. Each of them goes on as far as its own input holds, so that one wrong
 * verdict does not hide a second fault.
 */
final class EntriesPass {
  private final PackReader pack;
  private final ChainChecker chain;
  private final long from;
  private final long to;
  private final Optional<PackPolicies> policies;
  private final LongFunction<AttestationFold> startFold;
  private Optional<StateFold> states;
  private Optional<PolicyAdoption> adopted;
  private Optional<AttestationFold> fold = Optional.empty();
  private Optional<WrongEntry> broken = Optional.empty();
  private Optional<WrongEntry> undecodable = Optional.empty();
  private Optional<WrongEntry> wrongPolicy = Optional.empty();
  private Optional<WrongEntry> wrongVerdict = Optional.empty();
  private Optional<WrongEntry> wrongState = Optional.empty();
  private Optional<String> tableDifference = Optional.empty();
  private long judged;
  private boolean endsWithState;
  private long lastReceivedNs;

  /**
   * @param to index after the last entry
   * @param policies the policy in force at the start; empty if that could not be verified
   * @param state what was known of keys before the first entry
   * @param startFold makes the fold from the time of the first entry in nanoseconds, 0 if there is
   *     none
   */
  EntriesPass(
      PackReader pack,
      PackFrontier start,
      long to,
      Optional<PackPolicies> policies,
      PackState state,
      LongFunction<AttestationFold> startFold) {
    this.pack = pack;
    this.chain = ChainChecker.from(start.frontier(), start.lastLeaf(), state.receivedNs());
    this.from = start.from();
    this.endsWithState = state.state().isPresent();
    this.to = to;
    this.policies = policies;
    this.startFold = startFold;
    this.adopted = policies.flatMap(PackPolicies::firstAdoption);
    this.states = state.known() ? Optional.of(state.fold(adopted)) : Optional.empty();
  }

  /** Goes over all entries; returns itself. */
  EntriesPass run() throws Refused {
    try (LineReader lines = new LineReader(pack, PackLayout.ENTRIES);
        TableComparison table = new TableComparison(pack)) {
      table.expect(EventsCsv.header(), "the column names");
      boolean more = true;
      while (more) {
        more = takeNext(lines, table);
      }
      table.expectEnd();
      tableDifference = table.difference();
    }
    return this;
  }

  /** Takes one line; false at the end. */
  private boolean takeNext(LineReader lines, TableComparison table) throws PackRefused {
    long index = chain.size();
    try {
      Optional<byte[]> line = lines.next();
      if (line.isEmpty()) {
        if (index < to) {
          broken = Optional.of(new WrongEntry(index, "is missing: the file ends before it"));
        }
        return false;
      }
      if (index == to) {
        broken = Optional.of(new WrongEntry(index, "was added: the anchored log ends before it"));
        return false;
      }
      Entry entry = Entry.parse(line.get());
      chain.add(entry);
      lastReceivedNs = entry.received();
      if (undecodable.isEmpty()) {
        content(entry, table);
      }
      return true;
    } catch (ChainRefused e) {
      broken = Optional.of(inWords(e));
      return false;
    } catch (Refused e) {
      broken = Optional.of(new WrongEntry(index, "is no entry: " + e.getMessage()));
      return false;
    }
  }

  private WrongEntry inWords(ChainRefused e) {
    long index = e.index();
    return switch (e.fault()) {
      case INDEX -> new WrongEntry(index, "is not in its place: " + e.getMessage());
      case TIME -> new WrongEntry(index, "claims to be older than the entry before it");
      case PREV ->
          index > from
              ? new WrongEntry(
                  index - 1, "was changed: entry " + index + " names another hash for it")
              : new WrongEntry(index, "does not follow the last entry before the period");
    };
  }

  private void content(Entry entry, TableComparison table) {
    Event event;
    try {
      event = decode(entry);
    } catch (Refused e) {
      undecodable =
          Optional.of(
              new WrongEntry(
                  entry.index(), "holds no event that reads in one way: " + e.getMessage()));
      return;
    }
    judge(entry, event);
    state(entry, event);
    if (fold.isEmpty()) {
      fold = Optional.of(startFold.apply(entry.received()));
    }
    fold.get().add(entry.index(), entry.received(), event);
    table.expect(EventsCsv.row(entry, event), "entry " + entry.index());
  }

  private static Event decode(Entry entry) throws Refused {
    Event event = EventCodec.decode(entry.eventBytes());
    if (event instanceof Birth != (entry.index() == 0)) {
      throw new PackRefused("expected the log's birth in entry 0 and nowhere else");
    }
    if (event instanceof AnchorEvent) {
      throw new PackRefused("expected no anchor outside the anchors log");
    }
    return event;
  }

  /** A log that carried nothing into the period is followed from the first state it has. */
  private void state(Entry entry, Event event) {
    if (event instanceof PolicyAdoption adoption) {
      adopted = Optional.of(adoption);
    }
    if (!policiesHold() || wrongState.isPresent()) {
      return;
    }
    try {
      endsWithState = DetectorsState.in(event).isPresent();
      if (states.isPresent()) {
        states.get().add(entry.index(), entry.received(), event);
      } else {
        states = PackState.from(entry.index(), event, adopted);
      }
    } catch (Refused e) {
      wrongState = Optional.of(new WrongEntry(entry.index(), e.getMessage()));
    }
  }

  private void judge(Entry entry, Event event) {
    if (!policiesHold()) {
      return;
    }
    if (event instanceof PolicyAdoption adoption) {
      try {
        policies.orElseThrow().adopt(entry.index(), adoption);
      } catch (Refused e) {
        wrongPolicy = Optional.of(new WrongEntry(entry.index(), e.getMessage()));
      }
    } else if (event instanceof RecordEvent one && wrongVerdict.isEmpty()) {
      try {
        policies.orElseThrow().judge(one, entry.received());
        judged += one.verdict().isPresent() ? 1 : 0;
      } catch (Refused e) {
        wrongVerdict = Optional.of(new WrongEntry(entry.index(), e.getMessage()));
      }
    }
  }

  /** Whether the last entry carries what is known of keys. */
  boolean endsWithState() {
    return endsWithState;
  }

  /** The chain and the tree as far as they go. */
  ChainChecker chain() {
    return chain;
  }

  /** Where the chain breaks. */
  Optional<WrongEntry> broken() {
    return broken;
  }

  /** The first event that does not decode. */
  Optional<WrongEntry> undecodable() {
    return undecodable;
  }

  /** The first adoption that does not hold. */
  Optional<WrongEntry> wrongPolicy() {
    return wrongPolicy;
  }

  /** Whether the policies, as far as entries were reached, are those of the log. */
  boolean policiesHold() {
    return wrongPolicy.isEmpty() && policies.filter(one -> one.wrongFile().isEmpty()).isPresent();
  }

  /** The first verdict that the judge does not repeat. */
  Optional<WrongEntry> wrongVerdict() {
    return wrongVerdict;
  }

  /** The first state of keys that the entries before it do not give. */
  Optional<WrongEntry> wrongState() {
    return wrongState;
  }

  /** What the table shows otherwise. */
  Optional<String> tableDifference() {
    return tableDifference;
  }

  /** When the last entry was received, 0 if there is none. */
  long lastReceivedNs() {
    return lastReceivedNs;
  }

  /** Number of verdicts that the judge repeated. */
  long judged() {
    return judged;
  }

  /** The fold over all entries. */
  AttestationFold fold() {
    return fold.orElseGet(() -> startFold.apply(0));
  }

  /** Whether every entry was reached and decoded. */
  boolean whole() {
    return broken.isEmpty() && undecodable.isEmpty();
  }
}
