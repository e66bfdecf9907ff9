package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every log and keeps the index up with it, on a thread of its own that no append waits
 * for. Of all processes on a directory one indexes; the others stand by and take over when it ends.
 */
public final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  /** How long the first append after a while, or a rebuild asked for, may go unnoticed. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);

  /**
   * How long what is appended then gathers before it is indexed. A transaction writes the same
   * pages for one entry as for a hundred, and appends wait while they reach the disk.
   */
  private static final Duration GATHER = Duration.ofMillis(100);

  /** How long it rests at most after it failed as a whole. */
  private static final Duration REST_MAX = Duration.ofMinutes(1);

  private final Path directory;
  private final Database index;
  private final EntrySource logs;
  private final Thread thread = new Thread(this::follow, "indexer");
  private Duration pause = LOOK_EVERY;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable String problem;
  private volatile boolean rebuilt;

  /**
   * @param directory the cell's directory, which holds the lock
   */
  public Indexer(Path directory, Database index, EntrySource logs) {
    this.directory = directory;
    this.index = index;
    this.logs = logs;
  }

  /** The same over the cell's own index, of which nothing is left that its logs do not say. */
  public static Indexer open(Path directory, Stores stores, EntrySource logs) {
    List<String> dropped = new ArrayList<>();
    Indexer indexer =
        new Indexer(directory, IndexFile.open(directory, stores, logs, dropped::add), logs);
    dropped.forEach(indexer::dropped);
    return indexer;
  }

  /** What it writes, for searches. */
  public Database database() {
    return index;
  }

  /** Begins to follow the logs. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Whether anything in the index was found not to be as it has to be, and dropped, since the
   * start.
   */
  public boolean rebuilt() {
    return rebuilt;
  }

  private void dropped(String why) {
    LOG.warn("the index is dropped and built again from the logs: {}", why);
    rebuilt = true;
  }

  /** Why the index does not keep up, if it does not. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Indexes all there is now, on this thread; for processes that do not follow the logs.
   *
   * @return false if another process indexes
   */
  public boolean catchUp() {
    Optional<IndexLock> lock = IndexLock.tryTake(directory);
    lock.ifPresent(
        held -> {
          try (held;
              IndexRun run = new IndexRun(index, logs, this::dropped)) {
            run.all((log, position) -> true);
          }
        });
    return lock.isPresent();
  }

  private void follow() {
    do {
      try (IndexLock held = IndexLock.tryTake(directory).orElse(null)) {
        if (held != null) {
          index();
        }
      } catch (RuntimeException failure) {
        // Even a defect must not end the thread: lists would fall behind without a word.
        report(failure);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(REST_MAX) < 0 ? twice : REST_MAX;
      }
    } while (!closesWithin(pause));
  }

  private void index() {
    try (IndexRun run = new IndexRun(index, logs, this::dropped)) {
      boolean grown;
      do {
        grown = run.catchUp((log, position) -> closing.getCount() > 0);
        pause = LOOK_EVERY;
        run.problem().ifPresentOrElse(this::report, () -> problem = null);
      } while (!closesWithin(grown ? GATHER : LOOK_EVERY));
    }
  }

  private void report(RuntimeException failure) {
    String message = failure.toString();
    if (!message.equals(problem)) {
      if (failure instanceof StorageFailure) {
        LOG.error("the index does not keep up: {}", failure.getMessage());
        LOG.debug("where it stopped", failure);
      } else {
        LOG.error("the index does not keep up: {}", message, failure);
      }
    }
    problem = message;
  }

  private boolean closesWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
      return true;
    }
  }

  /** Ends the thread after the batch it is at. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
