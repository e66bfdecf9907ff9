package dev.cadastre.ledger;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.event.Assurance;
import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.residency.Judge;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How fast events get onto disk within one process: judge, encode, link, hash, commit, sync.
 * Processor time as well, for busy machines.
 */
final class AppendBench {
  private static final LogName LOG = new LogName("acme");
  private static final int PER_APPEND = 512;
  private static final int IN_FLIGHT = 24;

  private final Ledger ledger;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder senderNs = new LongAdder();

  private AppendBench(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Arguments: events a run, runs. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path directory = Files.createTempDirectory("cadastre-bench").resolve("cell");
    TestKeys keys = new TestKeys();
    LedgerSettings settings = new LedgerSettings("bench", "here");
    try (Ledger ledger = Ledger.open(directory, settings, InstantSource.system(), keys, keys)) {
      ledger.create(LOG);
      Policies.adopt(ledger, LOG, TestPolicies.allowing("EU"), "source", "bench");
      for (int run = 0; run < Integer.parseInt(args[1]); run++) {
        out.println(new AppendBench(ledger).run(Integer.parseInt(args[0])));
      }
      out.println(size(directory) / ledger.reader(LOG).size() + " bytes on disk per event");
      long begin = System.nanoTime();
      ledger.reader(LOG).checkpoint();
      out.printf(
          Locale.ROOT,
          "checkpoint of %d entries: %.0f ms%n",
          ledger.reader(LOG).size(),
          (System.nanoTime() - begin) / 1e6);
    }
    long begin = System.nanoTime();
    try (Ledger ledger = Ledger.open(directory, settings, InstantSource.system(), keys, keys)) {
      ledger.append(List.of(Drafts.plain(LOG, "again"))).join();
      out.printf(
          Locale.ROOT, "open and first append: %.0f ms%n", (System.nanoTime() - begin) / 1e6);
    }
  }

  private String run(int events) throws Exception {
    Thread sequencer =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("cadastre-sequencer"))
            .findFirst()
            .orElseThrow();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sequencerBefore = threads.getThreadCpuTime(sequencer.getId());
    long begin = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int sender = i;
      Thread thread = new Thread(() -> send(sender, events / 2));
      senders.add(thread);
      thread.start();
    }
    for (Thread sender : senders) {
      sender.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long sequencerNs = threads.getThreadCpuTime(sequencer.getId()) - sequencerBefore;
    long count = acknowledged.sum();
    return String.format(
        Locale.ROOT,
        "%d events: %.0f k/s; processor time an event: senders %.2f us, sequencer %.2f us",
        count,
        count / seconds / 1e3,
        senderNs.sum() / 1e3 / count,
        sequencerNs / 1e3 / count);
  }

  private void send(int sender, int events) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    AdoptedPolicy policy = ledger.policy(LOG).orElseThrow();
    for (int sent = 0; sent < events; sent += PER_APPEND) {
      List<Draft> drafts = new ArrayList<>(PER_APPEND);
      for (int i = 0; i < PER_APPEND; i++) {
        drafts.add(draft(sender, sent + i, policy));
      }
      inFlight.acquireUninterruptibly();
      ledger.append(drafts).whenComplete((result, failure) -> done(inFlight, result));
    }
    inFlight.acquireUninterruptibly(IN_FLIGHT);
    senderNs.add(threads.getCurrentThreadCpuTime() - before);
  }

  private void done(Semaphore inFlight, AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      acknowledged.add(appended.receipts().size());
    }
    inFlight.release();
  }

  private static Draft draft(int sender, int i, AdoptedPolicy policy) {
    try {
      Attributes attributes =
          Attributes.builder()
              .put("audit.actor.id", "service-" + i % 50)
              .put("audit.action", "read")
              .put("audit.outcome", "success")
              .put("ledger.data.category", "customer")
              .put("ledger.data.object.id", "customer/" + i % 10_000)
              .put("ledger.location.processing", "aws:eu-central-1")
              .build();
      RecordEvent event =
          RecordEvent.builder(Kind.DATA_ACCESS, "token/01020304")
              .id("bench-" + sender + "-" + i)
              .time(1_772_366_400_000_000_000L + i)
              .attributes(attributes)
              .locations(
                  Map.of(Hop.PROCESSING, new Location("aws:eu-central-1", Assurance.CLAIMED)))
              .build();
      return Draft.record(
          LOG,
          event.withVerdict(Judge.judge(event, policy.policy(), policy.registry(), policy.index())),
          List.of());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private static long size(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
