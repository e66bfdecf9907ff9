package dev.cadastre.bench;

import dev.cadastre.bench.load.Flooder;
import dev.cadastre.bench.load.HttpConnection;
import dev.cadastre.bench.load.InProcess;
import dev.cadastre.bench.load.Measurements;
import dev.cadastre.bench.load.PreparedRequest;
import dev.cadastre.bench.load.Sent;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * One tenant sends far more than the server can take, and sends again at once what was refused; a
 * neighbour goes on sending a little. Memory must stay bounded, every refusal must ask to retry,
 * every acknowledged record must be there, and the neighbour must be served.
 */
public final class OverloadBench {
  private static final String TENANT = "acme";
  private static final String NEIGHBOUR = "globex";
  private static final long IDS_PER_SENDER = 1_000_000_000_000L;
  private static final int FEW = 16;
  private static final int HEAP_MIB = 512;
  private static final int NEIGHBOUR_PER_SECOND = 100;
  private static final int PATIENCE_S = 180;
  private static final long LOOK_EVERY_NS = 50_000_000;
  private static final int OK = 200;

  /**
   * What came of it.
   *
   * @param firstFault the first thing that was wrong; empty if nothing was
   */
  public record Result(BenchResults figures, Optional<String> firstFault) {}

  /**
   * @param seconds how long the overload lasts; a fifth of that goes before, to see what the server
   *     sustains
   * @param connections of the tenant that sends too much
   * @param slow whether the server runs interpreted: it sustains a fraction then, and senders on
   *     the same processors can offer it many times that
   */
  public record Plan(int seconds, int connections, boolean slow) {}

  private final Plan plan;
  private final Consumer<String> progress;
  private final CrashFindings faults = new CrashFindings();
  private final BenchResults figures = new BenchResults();
  private final List<Sent> flooded = new ArrayList<>();
  private final List<Sent> modest = new ArrayList<>();

  private OverloadBench(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param parent where the files are written for the time being: a real disk
   */
  public static Result run(Plan plan, Path parent, Consumer<String> progress)
      throws IOException, InterruptedException, Refused {
    try (Scratch scratch = Scratch.in(parent)) {
      Path data = scratch.resolve("cell");
      Files.createDirectories(data);
      OverloadBench bench = new OverloadBench(plan, progress);
      bench.run(data);
      return new Result(bench.figures, bench.faults.first());
    }
  }

  private void run(Path data) throws IOException, InterruptedException, Refused {
    ServedCell.provision(data, TENANT);
    ServedCell.provision(data, NEIGHBOUR);
    String viewer = ServedCell.token(data, "viewer");
    String token = ServedCell.token(data, TENANT, "ingest");
    String neighbours = ServedCell.token(data, NEIGHBOUR, "ingest");
    try (ServedCell cell =
        plan.slow ? ServedCell.startSlow(data, HEAP_MIB) : ServedCell.start(data, HEAP_MIB)) {
      progress.accept("what it sustains, from " + FEW + " connections");
      flood(cell, token, FEW, Math.max(1, plan.seconds / 5));
      double sustained = flood(cell, token, FEW, Math.max(1, plan.seconds / 5)).acked;
      progress.accept(
          String.format(
              Locale.ROOT,
              "%,.0f a second; now %,d connections for %,d s, without a pause after refusals",
              sustained,
              plan.connections,
              plan.seconds));
      Neighbour neighbour = new Neighbour();
      neighbour.start(cell, neighbours);
      Flood flood = flood(cell, token, plan.connections, plan.seconds);
      neighbour.end();
      report(sustained, flood, neighbour, cell.memoryMaxMiB());
      progress.accept("comparing the logs with the answers");
      compare(cell, TENANT, viewer, flooded);
      compare(cell, NEIGHBOUR, viewer, modest);
      cell.stop();
    }
    ServedCell.Ran fsck = ServedCell.ranOnAll(data, "fsck");
    if (fsck.exitCode() != 0) {
      faults.fsck("fsck exited with " + fsck.exitCode());
    }
    faults.report(figures);
  }

  /** Records a second that were offered and acknowledged, requests refused, connections broken. */
  private record Flood(double offered, double acked, long refused, long broken) {}

  private Flood flood(ServedCell cell, String token, int connections, int seconds)
      throws IOException, InterruptedException, Refused {
    Flooder.Signal signal = new Flooder.Signal();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Flooder> flooders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Sent sent = new Sent(IDS_PER_SENDER * (flooded.size() + 1));
        flooded.add(sent);
        PreparedRequest request = new PreparedRequest(InProcess.PER_REQUEST, i);
        flooders.add(new Flooder(cell.otlpHttp(), token, sent, request, signal));
      }
      long before = flooded.stream().mapToLong(Sent::acked).sum();
      long begin = System.nanoTime();
      List<Future<Flooder>> running = flooders.stream().map(threads::submit).toList();
      long end = begin + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end && running.stream().noneMatch(Future::isDone)) {
        LockSupport.parkNanos(LOOK_EVERY_NS);
      }
      signal.stop();
      for (Future<Flooder> one : running) {
        await(one);
      }
      double took = (System.nanoTime() - begin) / 1e9;
      long acked = flooded.stream().mapToLong(Sent::acked).sum() - before;
      return new Flood(
          (double) sum(flooders, Flooder::attempts) * InProcess.PER_REQUEST / took,
          acked / took,
          sum(flooders, Flooder::refused),
          sum(flooders, Flooder::broken));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<Flooder> flooder) throws IOException, InterruptedException {
    try {
      Flooder unused = flooder.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("a sender gave up: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("a sender had no answer within " + PATIENCE_S + " s", e);
    }
  }

  private static long sum(List<Flooder> flooders, ToLongFunction<Flooder> of) {
    return flooders.stream().mapToLong(of).sum();
  }

  /**
   * Another tenant's senders: single records, at an even pace whether or not others are answered.
   */
  private final class Neighbour {
    private final long interval = TimeUnit.SECONDS.toNanos(1) / NEIGHBOUR_PER_SECOND;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Collection<Long> latencies = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    void start(ServedCell cell, String token) {
      long begin = System.nanoTime();
      for (int i = 0; i < FEW; i++) {
        Sent sent = new Sent(IDS_PER_SENDER * (i + 1));
        modest.add(sent);
        threads.add(new Thread(() -> send(cell, token, sent, begin), "neighbour-" + i));
      }
      threads.forEach(Thread::start);
    }

    private void send(ServedCell cell, String token, Sent sent, long begin) {
      PreparedRequest request = new PreparedRequest(1, 1);
      try (HttpConnection connection = new HttpConnection(cell.otlpHttp(), token)) {
        while (!stop) {
          long due = begin + next.getAndIncrement() * interval;
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
          byte[] bytes = sent.next(request);
          while (connection.post(bytes) != OK) {
            refused.incrementAndGet();
          }
          sent.acknowledge();
          latencies.add(System.nanoTime() - due);
        }
      } catch (IOException | Refused e) {
        faults.missing("the neighbour was cut off: " + e);
      }
    }

    void end() throws InterruptedException {
      stop = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }

    double p99Ms() {
      long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted.length == 0 ? 0 : Measurements.quantile(sorted, 0.99) / 1e6;
    }
  }

  private void report(double sustained, Flood flood, Neighbour neighbour, long memoryMiB) {
    figures
        .add("sustained_per_s", sustained, "records acknowledged, from " + FEW + " connections")
        .add(
            "offered_per_s",
            flood.offered,
            String.format(
                Locale.ROOT,
                "%.1f x sustained, from %,d connections for %d s",
                flood.offered / sustained,
                plan.connections,
                plan.seconds))
        .add("acked_per_s", flood.acked, "meanwhile")
        .add("refused", (double) flood.refused, "requests, each asked to retry")
        .add("broken", (double) flood.broken, "connections that ended without an answer")
        .add(
            "neighbour_acked",
            (double) modest.stream().mapToLong(Sent::acked).sum(),
            "single records of another tenant, " + NEIGHBOUR_PER_SECOND + " due a second")
        .add("neighbour_refused", (double) neighbour.refused.get(), "of its requests")
        .add("neighbour_p99_ms", neighbour.p99Ms(), "from when its request was due")
        .add("memory_max_mb", (double) memoryMiB, "of the server's process, heap " + HEAP_MIB);
  }

  private void compare(ServedCell cell, String tenant, String viewer, List<Sent> sent)
      throws IOException, InterruptedException, Refused {
    Oracle oracle = new Oracle(tenant, sent, faults);
    long[] acked = oracle.acked();
    new LogTail(tenant, viewer).follow(cell.portal(), oracle::take);
    oracle.require(acked);
  }
}
