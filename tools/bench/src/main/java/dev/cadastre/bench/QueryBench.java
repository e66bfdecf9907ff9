package dev.cadastre.bench;

import dev.cadastre.anchors.keys.KeyStoreDamaged;
import dev.cadastre.bench.load.LoadMain;
import dev.cadastre.bench.load.MixedTraffic;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.feed.LedgerEntries;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * How long the first page of a filtered event list takes in a large log against a small one: two
 * tenants of one served cell, asked in turn, over the API.
 */
public final class QueryBench {
  private static final String SMALL = "small";
  private static final String LARGE = "large";
  private static final int PER_REQUEST = 512;
  private static final int SENDERS = 2;
  private static final int IN_FLIGHT = 24;

  /**
   * @param small events in the small log
   * @param large events in the large log
   * @param queries measured queries of each class and log, after as many that warm up
   * @param heapMiB the server's heap
   */
  public record Plan(long small, long large, int queries, int heapMiB) {}

  private final Plan plan;
  private final Path data;
  private final InstantSource clock;
  private final Consumer<String> progress;

  private QueryBench(Plan plan, Path data, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.data = data;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Fills both logs and asks.
   *
   * @param parent where the files are written for the time being: a real disk
   */
  public static BenchResults run(
      Plan plan, Path parent, InstantSource clock, Consumer<String> progress)
      throws IOException, InterruptedException, Refused {
    try (Scratch scratch = Scratch.in(parent)) {
      Path data = scratch.resolve("cell");
      Files.createDirectories(data);
      QueryBench bench = new QueryBench(plan, data, clock, progress);
      ServedCell.provision(data, SMALL);
      ServedCell.provision(data, LARGE);
      bench.fill(SMALL, plan.small);
      bench.fill(LARGE, plan.large);
      return bench.ask();
    } catch (KeyStoreDamaged e) {
      throw new IOException("keys just made cannot be read", e);
    }
  }

  private void fill(String tenant, long events)
      throws IOException, InterruptedException, Refused, KeyStoreDamaged {
    progress.accept(String.format(Locale.ROOT, "filling log %s: %,d events", tenant, events));
    try (LedgerSink sink = LedgerSink.of(data, new LogName(tenant), clock)) {
      MixedTraffic traffic = new MixedTraffic(events);
      AtomicLong next = new AtomicLong();
      LoadMain.onEach(SENDERS, sender -> send(sink, traffic, next));
      progress.accept("indexing log " + tenant);
      try (Indexer indexer =
          new Indexer(
              data, SqliteDatabase.open(data, Schema.INDEX), new LedgerEntries(sink.ledger()))) {
        indexer.catchUp();
      }
    }
  }

  private static void send(LedgerSink sink, MixedTraffic traffic, AtomicLong next)
      throws IOException {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (long from = next.getAndAdd(PER_REQUEST);
        from < traffic.events();
        from = next.getAndAdd(PER_REQUEST)) {
      byte[] request = traffic.request(from, Math.min(traffic.events(), from + PER_REQUEST));
      inFlight.acquireUninterruptibly();
      CompletableFuture<?> unused =
          sink.take(request)
              .whenComplete(
                  (done, failure) -> {
                    failed.compareAndSet(null, failure);
                    inFlight.release();
                  });
    }
    inFlight.acquireUninterruptibly(IN_FLIGHT);
    if (failed.get() != null) {
      throw new IOException("the log could not be filled", failed.get());
    }
  }

  private BenchResults ask() throws IOException, InterruptedException, Refused {
    String token = ServedCell.token(data, "viewer");
    try (ServedCell cell = ServedCell.start(data, plan.heapMiB)) {
      new IndexLag(cell.portal()).awaitNone();
      EventListTimes small = new EventListTimes(cell.portal(), SMALL, token, plan.small);
      EventListTimes large = new EventListTimes(cell.portal(), LARGE, token, plan.large);
      progress.accept("asking");
      for (int i = 0; i < plan.queries; i++) {
        for (FilterClass filter : FilterClass.values()) {
          small.warmUp(filter);
          large.warmUp(filter);
        }
      }
      for (int i = 0; i < plan.queries; i++) {
        for (FilterClass filter : FilterClass.values()) {
          small.ask(filter);
          large.ask(filter);
        }
      }
      cell.stop();
      return figures(small, large);
    }
  }

  private BenchResults figures(EventListTimes small, EventListTimes large) throws IOException {
    double ratio = large.ms(0.5) / small.ms(0.5);
    BenchResults figures =
        new BenchResults()
            .add("events_small", (double) plan.small, "")
            .add("events_large", (double) plan.large, "")
            .add("p50_ms_small", small.ms(0.5), "first page, all filters")
            .add("p50_ms_large", large.ms(0.5), ratio(ratio) + " x p50_ms_small")
            .add("p99_ms_large", large.ms(0.99), "");
    for (FilterClass filter : FilterClass.values()) {
      if (filter.matches() && large.found(filter) == 0) {
        throw new IOException("no query by " + filter.words() + " found anything");
      }
      figures.detail(line(filter, small, large));
    }
    return figures;
  }

  private String line(FilterClass filter, EventListTimes small, EventListTimes large) {
    return String.format(
        Locale.ROOT,
        "%-24s p50 %.2f ms, %s x small; p99 %.2f ms; %d of %d found something",
        filter.words(),
        large.ms(filter, 0.5),
        ratio(large.ms(filter, 0.5) / small.ms(filter, 0.5)),
        large.ms(filter, 0.99),
        large.found(filter),
        plan.queries);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
