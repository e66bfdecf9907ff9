package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.Checkpoints;
import dev.cadastre.ledger.log.LogGate;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyBook;
import dev.cadastre.ledger.log.SignedCheck;
import dev.cadastre.ledger.log.TakenBack;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.Health;
import dev.cadastre.ledger.model.LateDraft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.sequencer.Sequencer;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.ReadPool;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.store.Writer;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.ledger.vault.PersonKey;
import dev.cadastre.ledger.vault.Pseudonyms;
import dev.cadastre.ledger.vault.RecordSalts;
import dev.cadastre.ledger.vault.SdDigests;
import dev.cadastre.ledger.vault.Vault;
import dev.cadastre.ledger.vault.VaultWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of one cell. Any number of processes may have the same stores open and append to the
 * same logs. Safe for use by several threads.
 */
public final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final LedgerSettings settings;
  private final CheckpointSigner signer;
  private final SignedHeads heads;
  private final StoppedLogs stopped = new StoppedLogs();
  private final ReadPool ledgerReads;
  private final ReadPool vaultReads;
  private final LedgerStore store;
  private final Segments segments;
  private final StoredTiles tiles;
  private final Vault vault;
  private final PolicyBook policies;
  private final Sequencer sequencer;
  private final Checkpoints checkpoints;
  private final SignedCheck signedCheck;
  private final LogGate gate;
  private final Map<LogName, LogReader> readers = new ConcurrentHashMap<>();

  private Ledger(
      Database ledger,
      Database vaultDatabase,
      LedgerSettings settings,
      InstantSource clock,
      CheckpointSigner signer,
      KeyWrap keyWrap,
      SignedHeads heads) {
    this.settings = settings;
    this.signer = signer;
    this.heads = heads;
    this.ledgerReads = new ReadPool(ledger);
    this.vaultReads = new ReadPool(vaultDatabase);
    this.store = new LedgerStore(ledgerReads);
    this.segments = new Segments(store, stopped);
    this.tiles = new StoredTiles(store, segments, stopped);
    this.vault = new Vault(vaultDatabase, vaultReads, keyWrap);
    this.policies = new PolicyBook(store, segments, stopped);
    this.sequencer =
        new Sequencer(
            settings,
            clock,
            store,
            segments,
            tiles,
            new Writer(ledger),
            new VaultWriter(vault, vaultDatabase),
            stopped,
            this::passGate,
            policies::forget,
            () -> ledger.hasRoom() && vaultDatabase.hasRoom());
    this.checkpoints = new Checkpoints(store, sequencer, signer, heads, tiles, stopped);
    this.signedCheck =
        new SignedCheck(settings, signer, heads, segments, tiles, stopped, checkpoints::knowFirst);
    this.gate = new LogGate(settings, ledgerReads, store, heads, stopped, signedCheck);
  }

  /**
   * Opens a cell's logs; makes its stores and brings them up to date as needed.
   *
   * @param heads what was signed last, which is kept apart from the stores
   * @throws Refused if the stores hold logs of another ledger or cell
   * @throws StorageFailure if they cannot be opened
   */
  public static Ledger open(
      Stores stores,
      SignedHeads heads,
      LedgerSettings settings,
      InstantSource clock,
      CheckpointSigner signer,
      KeyWrap keyWrap)
      throws Refused {
    Database ledger = stores.open(Schema.LEDGER);
    Database vault = stores.open(Schema.VAULT);
    return open(ledger, vault, settings, clock, signer, keyWrap, heads);
  }

  /** The same on databases that are ready. */
  public static Ledger open(
      Database ledger,
      Database vault,
      LedgerSettings settings,
      InstantSource clock,
      CheckpointSigner signer,
      KeyWrap keyWrap,
      SignedHeads heads)
      throws Refused {
    Ledger opened = new Ledger(ledger, vault, settings, clock, signer, keyWrap, heads);
    opened.newestReceived().ifPresent(newest -> opened.sequencer.received(nanos(newest)));
    opened.sequencer.start();
    try {
      opened.requireOwnLogs();
      opened.gate.requireHeads();
      opened.warnOfClock();
      return opened;
    } catch (Refused | StorageFailure failure) {
      opened.close();
      throw failure;
    }
  }

  private void requireOwnLogs() throws Refused {
    for (Map.Entry<String, String> log : store.origins().entrySet()) {
      String origin = log.getValue();
      if (!origin.equals(settings.origin(new LogName(log.getKey())))) {
        throw new Refused(
            "expected a directory of "
                + settings.name()
                + "/"
                + settings.cell()
                + ", found one that holds "
                + origin);
      }
    }
  }

  private void passGate(LogName log) {
    gate.pass(log);
  }

  private void warnOfClock() {
    Health health = sequencer.health();
    if (health.isAheadOfClock()) {
      LOG.error(
          "the clock is {} s behind the newest entry: set it, or every entry that follows is given"
              + " that entry's time until the clock has caught up",
          health.aheadOfClock().toSeconds());
    }
  }

  /** When the entry that was appended last, to whichever log, was received. */
  public Optional<Instant> newestReceived() {
    for (SegmentRecord row : store.segmentsDownFrom(Long.MAX_VALUE, 8)) {
      Optional<Instant> received = segments.lastReceived(row);
      if (received.isPresent()) {
        return received;
      }
    }
    return Optional.empty();
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  public LedgerSettings settings() {
    return settings;
  }

  /**
   * The logs that take no entries and get no signatures until a restart, and why: what is stored of
   * them is damaged, or is not what was signed. All others go on. A log is checked when it is first
   * used; all of them, by {@link #checkAll()}.
   */
  public Map<LogName, String> stopped() {
    return stopped.all();
  }

  /**
   * Holds all logs against what was signed of them and against the cell's keys, once in this
   * process, and stops those that do not pass. What serves many logs, or anchors them, does this
   * first; otherwise each log is checked before anything is appended to it, read or signed of it.
   *
   * @throws StorageFailure if the store cannot be read
   */
  public void checkAll() {
    gate.passAll();
  }

  /**
   * The stopped logs that can be taken back: each is sound in itself, but shorter than, or other
   * than, what was signed of it, as after an older copy of the store was put in place.
   */
  public List<TakenBack> takenBack() {
    checkAll();
    return signedCheck.takenBack();
  }

  /**
   * Lets logs go on from where they are now, although something else was signed of them. Nothing is
   * signed of a log that was taken back until it is longer than it ever was signed, so that no size
   * is signed with two roots. Whoever calls this says so in public, see {@code
   * dev.cadastre.anchors.Restorer}.
   *
   * @throws StorageFailure if another process signed one of them meanwhile
   */
  public void acceptTakenBack(List<TakenBack> logs) {
    List<SignedHeads.Change> changes = new ArrayList<>();
    for (TakenBack one : logs) {
      SignedHead next = one.signed().takenBackTo(one.size(), one.root());
      changes.add(
          new SignedHeads.Change(settings.origin(one.log()), Optional.of(one.signed()), next));
    }
    if (!heads.compareAndSet(changes).isEmpty()) {
      throw new StorageFailure("another process signs for this directory; end it first");
    }
    for (TakenBack one : logs) {
      checkpoints.know(one.log(), one.signed().takenBackTo(one.size(), one.root()));
      stopped.resume(one.log());
    }
  }

  /**
   * Begins a log with its birth entry.
   *
   * @throws Refused if there is one of that name
   * @throws StorageFailure if the store cannot take it
   */
  public void create(LogName log) throws Refused {
    String origin = settings.origin(log);
    String vkey = signer.signerFor(origin).key().format();
    Draft birth = Draft.birth(log, new Birth(settings.cell(), List.of(vkey), origin));
    AppendResult result = sequencer.append(List.of(birth), OnConflict.KEEP).join();
    if (result instanceof AppendResult.StalePolicy) {
      throw new Refused("there is a log " + log + " already");
    }
    if (!(result instanceof AppendResult.Appended)) {
      throw new StorageFailure("cannot create log " + log + ": " + result);
    }
  }

  /** All logs, the cell's own among them, in the order of their names. */
  public List<LogName> logs() {
    return store.logs();
  }

  /** A number that grows with every append to any log, by this process or another. */
  public long newestSegment() {
    return store.newestSegment();
  }

  /** The logs that grew after {@link #newestSegment()} was that number, and perhaps others. */
  public List<LogName> grownSince(long segment) {
    return store.grownSince(segment);
  }

  public boolean exists(LogName log) {
    return find(log).isPresent();
  }

  /**
   * Reads, in the background, the ids of the records that came last, so that the first append need
   * not. For processes that will append many.
   */
  public void learnRecords() {
    sequencer.learnRecords();
  }

  /**
   * Appends all drafts in one transaction, or none, and keeps what carries an id that stands for
   * another record; see {@link #append(List, OnConflict)}.
   */
  public CompletableFuture<AppendResult> append(List<Draft> drafts) {
    return append(drafts, OnConflict.KEEP);
  }

  /**
   * Appends all drafts in one transaction, or none. A record that the log has already, by id and
   * payload, is not written again: it is answered with its first receipt. That holds within {@link
   * LedgerSettings#records()}, for records of one append too, and whichever process wrote the
   * first. The future is completed once all is on disk, synced. What depends on it runs on a pool
   * shared with others and must not block.
   *
   * @throws IllegalArgumentException if a draft's log does not exist or is not for drafts of its
   *     sort, which is a bug of the caller
   */
  public CompletableFuture<AppendResult> append(List<Draft> drafts, OnConflict onConflict) {
    if (drafts.isEmpty()) {
      return CompletableFuture.completedFuture(new AppendResult.Appended(List.of()));
    }
    drafts.forEach(this::requirePlace);
    return sequencer.append(drafts, onConflict);
  }

  /**
   * Appends one entry that depends on every entry before it; see {@link LateDraft}. {@link
   * AppendResult.StalePolicy} says that too much came in meanwhile.
   */
  public CompletableFuture<AppendResult> append(LogName log, LateDraft draft) {
    requireExists(log);
    return sequencer.append(log, draft);
  }

  private void requirePlace(Draft draft) {
    boolean anchor = draft.role() == Draft.Role.ANCHOR;
    if (draft.log().equals(LogName.ANCHORS) != anchor || draft.role() == Draft.Role.BIRTH) {
      throw new IllegalArgumentException(
          "log " + draft.log() + " takes no " + draft.role() + " draft");
    }
    requireExists(draft.log());
    draft.anchorLeaves().forEach(leaf -> requireExists(leaf.log()));
  }

  private void requireExists(LogName log) {
    if (!exists(log)) {
      throw new IllegalArgumentException("there is no log " + log);
    }
  }

  /**
   * The log of that name, for reading.
   *
   * @throws Refused if there is none
   */
  public LogReader reader(LogName log) throws Refused {
    return find(log).orElseThrow(() -> new Refused("there is no log " + log));
  }

  private Optional<LogReader> find(LogName log) {
    LogReader known = readers.get(log);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> there = store.origin(log);
    there.ifPresent(origin -> gate.pass(log));
    Optional<LogReader> found =
        there.map(
            origin -> new LogReader(log, origin, store, segments, tiles, checkpoints, stopped));
    found.ifPresent(reader -> readers.put(log, reader));
    return found;
  }

  /** What an entry would be received at now, Unix nanoseconds, unless its log is ahead of that. */
  public long nowNs() {
    return sequencer.nowNs();
  }

  /**
   * The policy by which the log's next event is judged, as far as this process knows; see {@link
   * AppendResult.StalePolicy}.
   */
  public Optional<AdoptedPolicy> policy(LogName log) {
    return policies.newest(log);
  }

  /** What the private attributes of an entry were, as far as that is kept and was not destroyed. */
  public List<Disclosure> disclosures(LogName log, long index) throws Refused {
    return vault.disclosures(log, index, SdDigests.in(reader(log).entry(index).eventBytes()));
  }

  /**
   * The salts of private attributes of records with ids, so that a record sent again is the same
   * bytes; for use by one thread and soon, since the key may be destroyed.
   */
  public RecordSalts recordSalts(LogName log) {
    return vault.salts(log);
  }

  /** The pseudonyms of persons in a log now; for use by one thread and soon, like salts. */
  public Pseudonyms pseudonyms(LogName log) {
    return vault.pseudonyms(log, Pseudonyms.period(nowNs()));
  }

  /** What stands in a log for a person, in each period whose key was not destroyed. */
  public List<String> pseudonyms(LogName log, String person) {
    return vault.pseudonyms(log).stream().map(period -> period.of(person)).toList();
  }

  /**
   * Whom a pseudonym is of: the text of a private attribute of an entry that bears it.
   *
   * @param index an entry that bears it
   * @return empty once the period's key, or what the attribute was, is destroyed
   */
  public Optional<String> person(LogName log, String pseudonym, long index) throws Refused {
    Optional<Pseudonyms> period =
        vault.pseudonyms(log).stream().filter(one -> one.begins(pseudonym)).findFirst();
    if (period.isEmpty()) {
      return Optional.empty();
    }
    return disclosures(log, index).stream()
        .flatMap(one -> one.value() instanceof Value.Text text ? Stream.of(text.text()) : null)
        .filter(text -> period.get().of(text).equals(pseudonym))
        .findFirst();
  }

  /** The keys of a log's pseudonyms, destroyed or not. */
  public List<PersonKey> personKeys(LogName log) {
    return vault.personKeys(log);
  }

  /**
   * Unlinks the pseudonyms of a period from their persons for good. No proof depends on them.
   *
   * @param period such as {@code 2026-03}
   */
  public void destroyPersons(LogName log, String period) {
    vault.destroyPersons(log, period);
  }

  /** Makes all disclosures of the log so far unreadable for good. No proof depends on them. */
  public void destroyKey(LogName log) {
    vault.destroyKey(log);
  }

  /**
   * The newest checkpoint of each log of that many entries, signed as needed; without those of logs
   * that are stopped. Costs a few syncs, however many logs.
   *
   * @throws StorageFailure if the store does not take them
   */
  public Map<LogName, SignedCheckpoint> checkpoints(Map<LogName, Long> sizes) {
    List<Checkpoints.Wanted> wanted = new ArrayList<>();
    sizes.forEach(
        (log, size) ->
            find(log).ifPresent(reader -> wanted.add(new Checkpoints.Wanted(reader, size))));
    return checkpoints.at(wanted);
  }

  /** The anchors of this cell and each log's part of them. */
  public AnchorBook anchors() {
    return new AnchorBook(store, stopped);
  }

  public Health health() {
    return sequencer.health();
  }

  /** Takes no more appends, finishes those that were taken, and closes the files. */
  @Override
  public void close() {
    sequencer.close();
    vaultReads.close();
    ledgerReads.close();
  }
}
