package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.Health;
import dev.cadastre.ledger.model.LateDraft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.ledger.store.Writer;
import dev.cadastre.ledger.vault.DisclosureBatch;
import dev.cadastre.ledger.vault.VaultWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a process that appends. It takes whatever waits, links it to the ends of its
 * logs, writes the vault, then the ledger in one synced transaction, and only then answers. Another
 * process that appends to the same logs collides on a segment's primary key; then this one reads
 * the heads again and links anew.
 *
 * <p>A failed write or sync ends it: nothing is tried again on a connection whose state is unknown.
 * A restart reads what is on disk. A full disk does not end it: what had no room is rolled back and
 * refused, and appending goes on once there is room.
 */
public final class Sequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final String CLOSED = "the ledger is closed";
  private static final String FULL =
      "the disk is full; free some space, and appending goes on by itself";

  private final LedgerSettings settings;
  private final InstantSource clock;
  private final WorkQueue queue;
  private final BatchSize size;
  private final StoppedLogs stoppedLogs;
  private final KnownRecords records;
  private final Heads heads;
  private final Writer writer;
  private final VaultWriter vault;
  private final Consumer<LogName> policyMoved;
  private final BooleanSupplier hasRoom;
  private final Thread thread;
  private volatile Optional<String> stopped = Optional.empty();
  private volatile boolean full;

  /**
   * @param gate checks a log before it is appended to for the first time, and stops it if it does
   *     not pass
   * @param policyMoved told of each log whose newest policy changed, before the append that changed
   *     it or met the change is answered
   * @param hasRoom whether there is room again after the disk was full
   */
  public Sequencer(
      LedgerSettings settings,
      InstantSource clock,
      LedgerStore store,
      Segments segments,
      StoredTiles tiles,
      Writer writer,
      VaultWriter vault,
      StoppedLogs stoppedLogs,
      Consumer<LogName> gate,
      Consumer<LogName> policyMoved,
      BooleanSupplier hasRoom) {
    this.settings = settings;
    this.clock = clock;
    this.queue = new WorkQueue(settings.queueBytes());
    this.size = new BatchSize(settings.batchBytes());
    this.stoppedLogs = stoppedLogs;
    this.records = new KnownRecords(settings, clock, store, segments, stoppedLogs);
    this.heads = new Heads(store, segments, tiles, records, stoppedLogs, gate);
    this.writer = writer;
    this.vault = vault;
    this.policyMoved = policyMoved;
    this.hasRoom = hasRoom;
    this.thread = new Thread(this::run, "cadastre-sequencer");
  }

  public void start() {
    thread.start();
  }

  /**
   * Appends all drafts or none. What depends on the answer runs on a shared pool and must not
   * block.
   */
  public CompletableFuture<AppendResult> append(List<Draft> drafts, OnConflict onConflict) {
    Work.Append work = Work.Append.of(drafts, onConflict);
    if (noRoom()) {
      work.fail(FULL);
      return work.answer();
    }
    switch (queue.offer(work)) {
      case TAKEN -> {}
      case FULL -> work.answer().complete(new AppendResult.Overloaded(RETRY_AFTER));
      case CLOSED -> work.fail(stopped.orElse(CLOSED));
    }
    return work.answer();
  }

  /** Appends an entry that is made once its place is known. */
  public CompletableFuture<AppendResult> append(LogName log, LateDraft draft) {
    Work.Late work = new Work.Late(log, draft, new CompletableFuture<>());
    if (noRoom()) {
      work.fail(FULL);
      return work.answer();
    }
    switch (queue.offer(work)) {
      case TAKEN -> {}
      case FULL -> work.answer().complete(new AppendResult.Overloaded(RETRY_AFTER));
      case CLOSED -> work.fail(stopped.orElse(CLOSED));
    }
    return work.answer();
  }

  /** An entry that was there before this process was received then. Before {@link #start()}. */
  public void received(long receivedNs) {
    heads.received(receivedNs);
  }

  /** Lets the first record with an id find the window of ids filled. */
  public void learnRecords() {
    queue.offer(new Work.LearnRecords());
  }

  /**
   * Keeps a signed checkpoint unless there is one of its size; false if the store cannot take it.
   */
  public CompletableFuture<Boolean> keep(CheckpointRecord checkpoint) {
    Work.KeepCheckpoint work = new Work.KeepCheckpoint(checkpoint, new CompletableFuture<>());
    if (queue.offer(work) != WorkQueue.Offer.TAKEN) {
      work.fail(CLOSED);
    }
    return work.answer();
  }

  /** What an entry would be received at now, Unix nanoseconds, unless its log is ahead of that. */
  public long nowNs() {
    return unixNanos(clock.instant());
  }

  public Health health() {
    Optional<String> why = stopped.isEmpty() && noRoom() ? Optional.of(FULL) : stopped;
    long aheadNs = heads.newestReceivedNs() - unixNanos(clock.instant());
    return new Health(
        why.isEmpty(),
        why,
        queue.queuedBytes(),
        settings.queueBytes(),
        Duration.ofNanos(Math.max(0, aheadNs)));
  }

  /** What was refused for want of room is not even tried again before there is some. */
  private boolean noRoom() {
    return full && !hasRoom.getAsBoolean();
  }

  private void run() {
    for (List<Work> works = take(); !works.isEmpty(); works = take()) {
      try {
        process(works);
      } catch (StorageFailure failure) {
        stop(works, String.valueOf(failure.getMessage()), failure);
      } catch (RuntimeException | Error bug) {
        stop(works, "the sequencer failed: " + bug, bug);
      }
    }
    vault.close();
    writer.close();
  }

  private List<Work> take() {
    return queue.take(size.bytes());
  }

  private void process(List<Work> works) {
    if (works.stream().anyMatch(work -> work instanceof Work.LearnRecords)) {
      learn();
    }
    GroupCommit batch;
    Writer.Outcome outcome;
    do {
      batch =
          new GroupCommit(
              heads, records, stoppedLogs, settings::origin, unixNanos(clock.instant()));
      outcome = commit(works, batch);
      if (outcome != Writer.Outcome.COMMITTED) {
        heads.forget(batch.logs());
        batch.logs().forEach(policyMoved);
      }
      // The second attempt reads the heads under the lock: no one can be first again.
    } while (outcome == Writer.Outcome.COLLIDED && writer.hold());
    if (outcome == Writer.Outcome.COMMITTED) {
      batch.committed();
    }
    writer.release();
    heads.trim();
    noteRoom(outcome);
    batch.policiesMoved().forEach(policyMoved);
    answer(works, batch, outcome);
  }

  private void noteRoom(Writer.Outcome outcome) {
    boolean before = full;
    full = outcome == Writer.Outcome.FULL || (full && outcome != Writer.Outcome.COMMITTED);
    if (full && !before) {
      LOG.error("nothing is appended: {}", FULL);
    } else if (before && !full) {
      LOG.info("there is room on the disk again: appending goes on");
    }
  }

  /** The first record with an id tries it again. */
  private void learn() {
    try {
      records.follow();
    } catch (StorageFailure unreadable) {
      LOG.warn("records that were appended before are not known yet: {}", unreadable.getMessage());
    }
  }

  private Writer.Outcome commit(List<Work> works, GroupCommit batch) {
    long begin = System.nanoTime();
    Rows rows = assemble(works, batch);
    size.took(works.stream().mapToLong(Work::bytes).sum(), System.nanoTime() - begin);
    List<DisclosureBatch> disclosures = batch.disclosures();
    if (!disclosures.isEmpty()) {
      Writer.Outcome kept = vault.commit(disclosures);
      if (kept != Writer.Outcome.COMMITTED) {
        return kept;
      }
    }
    return rows.isEmpty() ? Writer.Outcome.COMMITTED : writer.commit(rows);
  }

  private static Rows assemble(List<Work> works, GroupCommit batch) {
    for (Work work : works) {
      if (work instanceof Work.Late late) {
        batch.add(late);
      }
    }
    for (Work work : works) {
      if (work instanceof Work.Append append) {
        batch.add(append);
      }
    }
    Rows rows = batch.close();
    for (Work work : works) {
      if (work instanceof Work.KeepCheckpoint keep) {
        rows.addIfAbsent(keep.row());
      }
    }
    return rows;
  }

  /** On a pool, so that what hangs on the answers does not hold up the next commit. */
  private static void answer(List<Work> works, GroupCommit batch, Writer.Outcome outcome) {
    ForkJoinPool.commonPool()
        .execute(
            () -> {
              if (outcome != Writer.Outcome.COMMITTED) {
                works.forEach(work -> work.fail(why(outcome)));
                return;
              }
              batch.answer();
              works.forEach(Work::done);
            });
  }

  private static String why(Writer.Outcome outcome) {
    return outcome == Writer.Outcome.FULL ? FULL : "another process holds the store's write lock";
  }

  private void stop(List<Work> works, String why, Throwable cause) {
    if (cause instanceof StorageFailure) {
      LOG.error("appending has stopped until the process is restarted: {}", why);
      LOG.debug("where it stopped", cause);
    } else {
      LOG.error("appending has stopped until the process is restarted: {}", why, cause);
    }
    stopped = Optional.of(why);
    works.forEach(work -> work.fail(why));
    queue.closeAndDrain().forEach(work -> work.fail(why));
  }

  private static long unixNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /** Takes no more, finishes what was taken, and closes the write connections. */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
