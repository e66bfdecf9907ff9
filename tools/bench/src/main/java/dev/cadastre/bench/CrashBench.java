package dev.cadastre.bench;

import dev.cadastre.bench.load.RetryingSender;
import dev.cadastre.bench.load.Sent;
import dev.cadastre.bench.load.ServerGate;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Nothing that was acknowledged is lost, doubled or made up: a server under load from several
 * connections of several tenants is killed at random moments and started again on the same
 * directory, and its logs are held against the answers that the senders got.
 */
public final class CrashBench {
  private static final List<String> TENANTS = List.of("acme", "globex");
  private static final int SENDERS_PER_TENANT = 4;
  private static final long IDS_PER_SENDER = 1_000_000_000_000L;
  private static final int HEAP_MIB = 512;
  private static final int SHORTEST_MS = 5;
  private static final int LONGEST_MS = 1_500;
  private static final int EARLY_KILLS = 5;
  private static final long LOOK_EVERY_NS = 1_000_000;
  private static final long PATIENCE_S = 120;

  /**
   * What came of it.
   *
   * @param firstFault the first thing that was wrong; empty if nothing was
   */
  public record Result(BenchResults figures, Optional<String> firstFault) {}

  private final Path data;
  private final Random random;
  private final Consumer<String> progress;
  private final ServerGate gate = new ServerGate();
  private final CrashFindings faults = new CrashFindings();
  private final List<Tenant> tenants = new ArrayList<>();
  private final List<RetryingSender> senders = new ArrayList<>();

  private record Tenant(List<Sent> sent, Oracle oracle, LogTail log) {}

  private CrashBench(Path data, long seed, Consumer<String> progress) {
    this.data = data;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /**
   * Kills the server so many times.
   *
   * @param parent where the files are written: a real disk. They are kept if anything was wrong
   * @param seed decides the moments and what is sent
   */
  public static Result run(int rounds, long seed, Path parent, Consumer<String> progress)
      throws IOException, InterruptedException, Refused {
    progress.accept("seed " + seed);
    try (Scratch scratch = Scratch.in(parent)) {
      Path data = scratch.resolve("cell");
      Files.createDirectories(data);
      CrashBench bench = new CrashBench(data, seed, progress);
      bench.provision();
      try {
        bench.run(rounds);
      } catch (IOException | RuntimeException broken) {
        progress.accept("the files are kept in " + scratch.keep());
        throw broken;
      }
      if (bench.faults.first().isPresent()) {
        progress.accept("the files are kept in " + scratch.keep());
      }
      return bench.result(rounds, seed);
    }
  }

  private void provision() throws IOException {
    for (String tenant : TENANTS) {
      ServedCell.provision(data, tenant);
    }
    String viewer = ServedCell.token(data, "viewer");
    for (String tenant : TENANTS) {
      String token = ServedCell.token(data, tenant, "ingest");
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < SENDERS_PER_TENANT; i++) {
        Sent one = new Sent(IDS_PER_SENDER * (senders.size() + 1));
        sent.add(one);
        senders.add(new RetryingSender(gate, one, token, i % 2 == 1, random.nextInt()));
      }
      tenants.add(new Tenant(sent, new Oracle(tenant, sent, faults), new LogTail(tenant, viewer)));
    }
  }

  private void run(int rounds) throws IOException, InterruptedException, Refused {
    ExecutorService threads = Executors.newFixedThreadPool(senders.size());
    try {
      List<Future<RetryingSender>> sending = senders.stream().map(threads::submit).toList();
      for (int round = 1; round <= rounds; round++) {
        long loadedMs = loadAndKill();
        fsck("after kill " + round);
        report(round, rounds, loadedMs);
        for (Future<RetryingSender> one : sending) {
          requireRunning(one);
        }
      }
      finish(sending);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Most kills come after a first answer of the round, for a server just started takes long to give
   * it; the others fall into its first moments.
   */
  private long loadAndKill() throws IOException, InterruptedException, Refused {
    double share = random.nextDouble();
    long loadedMs = SHORTEST_MS + Math.round(share * share * LONGEST_MS);
    try (ServedCell cell = ServedCell.start(data, HEAP_MIB)) {
      compare(cell);
      long ackedBefore = acked();
      gate.open(new ServerGate.Server(cell.otlpHttp(), cell.otlpGrpc()));
      if (random.nextInt(EARLY_KILLS) != 0) {
        awaitAnswer(ackedBefore);
      }
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loadedMs);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      cell.kill();
      gate.shut();
    }
    return loadedMs;
  }

  private void awaitAnswer(long ackedBefore) throws IOException {
    long begin = System.nanoTime();
    while (acked() == ackedBefore) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_S)) {
        throw new IOException("the server acknowledged nothing within " + PATIENCE_S + " s");
      }
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }

  /** Every sender gets the answer it still waits for; then all that was sent must be there. */
  private void finish(List<Future<RetryingSender>> sending)
      throws IOException, InterruptedException, Refused {
    try (ServedCell cell = ServedCell.start(data, HEAP_MIB)) {
      compare(cell);
      gate.finish();
      gate.open(new ServerGate.Server(cell.otlpHttp(), cell.otlpGrpc()));
      for (Future<RetryingSender> one : sending) {
        await(one);
      }
      compare(cell);
      cell.stop();
    }
    fsck("at the end");
  }

  private void compare(ServedCell cell) throws IOException, InterruptedException, Refused {
    for (Tenant tenant : tenants) {
      long[] acked = tenant.oracle.acked();
      if (!tenant.log.follow(cell.portal(), tenant.oracle::take)) {
        tenant.oracle.forget();
        tenant.log.follow(cell.portal(), tenant.oracle::take);
      }
      tenant.oracle.require(acked);
    }
  }

  private void fsck(String when) throws IOException {
    ServedCell.Ran ran = ServedCell.ranOnAll(data, "fsck");
    if (ran.exitCode() != 0) {
      faults.fsck(
          "fsck "
              + when
              + ": "
              + ran.lines().stream()
                  .filter(line -> line.startsWith("FOUND"))
                  .findFirst()
                  .orElse("exit code " + ran.exitCode()));
    }
  }

  private static void requireRunning(Future<RetryingSender> sender)
      throws IOException, InterruptedException {
    if (sender.isDone()) {
      await(sender);
    }
  }

  private static void await(Future<RetryingSender> sender)
      throws IOException, InterruptedException {
    try {
      RetryingSender unused = sender.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("a sender gave up: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("a sender had no answer within " + PATIENCE_S + " s", e);
    }
  }

  private void report(int round, int rounds, long loadedMs) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "round %d of %d: killed after %,d ms; %,d records acknowledged so far, %,d unanswered",
            round,
            rounds,
            loadedMs,
            acked(),
            sent().mapToLong(sent -> sent.sent() - sent.acked()).sum()));
    faults.first().ifPresent(fault -> progress.accept("wrong: " + fault));
  }

  private Stream<Sent> sent() {
    return tenants.stream().flatMap(tenant -> tenant.sent.stream());
  }

  private long acked() {
    return sent().mapToLong(Sent::acked).sum();
  }

  private Result result(int rounds, long seed) {
    BenchResults figures =
        new BenchResults()
            .add("rounds", rounds, "seed " + seed)
            .add(
                "acked",
                (double) acked(),
                senders.size() + " connections, " + TENANTS.size() + " tenants");
    faults.report(figures);
    return new Result(figures, faults.first());
  }
}
