package dev.cadastre.bench;

import dev.cadastre.anchors.keys.KeyStoreDamaged;
import dev.cadastre.bench.load.HttpConnection;
import dev.cadastre.bench.load.InProcess;
import dev.cadastre.bench.load.LoadMain;
import dev.cadastre.bench.load.Measurements;
import dev.cadastre.bench.load.PreparedRequest;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How fast events get in: within one process beside the floor and the naive way, then over
 * OTLP/HTTP from another process until they are found, then one at a time.
 */
public final class IngestBench {
  private static final String TENANT = "acme";
  private static final int CONNECTIONS = 16;
  private static final int PACED_CONNECTIONS = 32;
  private static final int PACED_PER_SECOND = 1_000;
  private static final int PACED_EVENTS = 10_000;
  private static final int LOGS = 10_000;
  private static final int OK = 200;

  /**
   * @param events sent over HTTP in all
   * @param burst sent in one measured run
   * @param runs measured runs, after one that warms up
   * @param heapMiB the server's heap
   */
  public record Plan(long events, long burst, int runs, int heapMiB) {}

  private final Plan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final BenchResults figures = new BenchResults();
  private long nextId = 1;

  private IngestBench(Plan plan, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs all of it.
   *
   * @param parent where the files are written for the time being: a real disk
   */
  public static BenchResults run(
      Plan plan, Path parent, InstantSource clock, Consumer<String> progress)
      throws IOException, InterruptedException, SQLException, Refused {
    try (Scratch scratch = Scratch.in(parent)) {
      IngestBench bench = new IngestBench(plan, clock, progress);
      Served served = bench.served(scratch);
      bench.inProcess(scratch, served);
      return bench.figures;
    } catch (KeyStoreDamaged e) {
      throw new IOException("keys just made cannot be read", e);
    }
  }

  private record Served(Measurements acked, double searchable) {}

  private Served served(Scratch scratch) throws IOException, InterruptedException, Refused {
    Path data = scratch.resolve("served");
    Files.createDirectories(data);
    ServedCell.provision(data, TENANT);
    String token = ServedCell.token(data, TENANT, "ingest");
    Served served;
    try (ServedCell cell = ServedCell.start(data, plan.heapMiB)) {
      IndexLag lag = new IndexLag(cell.portal());
      progress.accept("over OTLP/HTTP: warming up");
      flood(scratch, cell, token, plan.burst);
      lag.awaitNone();
      double[] acked = new double[plan.runs];
      for (int run = 0; run < plan.runs; run++) {
        acked[run] = perSecond(flood(scratch, cell, token, plan.burst));
        lag.awaitNone();
        progress.accept(
            String.format(Locale.ROOT, "over OTLP/HTTP: %,.0f acked a second", acked[run]));
      }
      served = new Served(new Measurements(acked), searchable(scratch, cell, token, lag));
      paced(scratch, cell, token);
      cell.stop();
    }
    figures.add(
        "bytes_per_event",
        (double) Scratch.bytes(data) / (nextId - 1),
        "all files of the cell, log and index, after an orderly end");
    started(data, token);
    scratch.delete(data);
    return served;
  }

  /** What is left of the events, without a pause, until the last one is found by its words. */
  private double searchable(Scratch scratch, ServedCell cell, String token, IndexLag lag)
      throws IOException, InterruptedException, Refused {
    long rest = Math.max(plan.burst, plan.events - (nextId - 1));
    progress.accept(String.format(Locale.ROOT, "%,d events until all are searchable", rest));
    long begin = System.nanoTime();
    flood(scratch, cell, token, rest);
    lag.awaitNone();
    return rest / ((System.nanoTime() - begin) / 1e9);
  }

  /** From the start of its process until it says that it is ready, with all these events. */
  private void started(Path data, String token) throws IOException, Refused {
    progress.accept("starting again");
    long begin = System.nanoTime();
    try (ServedCell cell = ServedCell.start(data, plan.heapMiB)) {
      double readyMs = (System.nanoTime() - begin) / 1e6;
      try (HttpConnection http = new HttpConnection(cell.otlpHttp(), token)) {
        int status = http.post(new PreparedRequest(1, 1).numbered(nextId++));
        if (status != OK) {
          throw new IOException("the first request after a start was answered " + status);
        }
      }
      double firstMs = (System.nanoTime() - begin) / 1e6;
      figures.add(
          "start_ms",
          readyMs,
          String.format(
              Locale.ROOT,
              "to ready, on %,d events; first record on disk at %,.0f",
              nextId,
              firstMs));
      cell.stop();
    }
  }

  private Json.Obj flood(Scratch scratch, ServedCell cell, String token, long events)
      throws IOException, Refused {
    return load(scratch, cell, token, "flood", events, CONNECTIONS, InProcess.PER_REQUEST);
  }

  private Json.Obj load(
      Scratch scratch,
      ServedCell cell,
      String token,
      String how,
      long events,
      int connections,
      int number)
      throws IOException, Refused {
    long firstId = nextId;
    nextId += events;
    List<String> arguments =
        List.of(
            how,
            cell.otlpHttp().toString(),
            token,
            Long.toString(firstId),
            Long.toString(events),
            Integer.toString(connections),
            Integer.toString(number));
    try (JavaProcess load =
        JavaProcess.start(
            scratch.resolve("load.log"),
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            LoadMain.class.getName(),
            arguments)) {
      Json.Obj answer = Json.parseObject(load.line().getBytes(StandardCharsets.UTF_8));
      load.end();
      return answer;
    }
  }

  private static double perSecond(Json.Obj flood) throws Refused {
    return flood.integer("acked") / (flood.integer("ns") / 1e9);
  }

  private void paced(Scratch scratch, ServedCell cell, String token) throws IOException, Refused {
    progress.accept("requests of one record, " + PACED_PER_SECOND + " a second");
    load(scratch, cell, token, "paced", PACED_EVENTS / 5, PACED_CONNECTIONS, PACED_PER_SECOND);
    Json.Obj paced =
        load(scratch, cell, token, "paced", PACED_EVENTS, PACED_CONNECTIONS, PACED_PER_SECOND);
    double fsync = FsyncBench.p99Ms(scratch.resolve("fsync"), PACED_PER_SECOND, PACED_EVENTS / 2);
    double p99 = paced.integer("p99_ns") / 1e6;
    figures
        .add("small_p50_ms", paced.integer("p50_ns") / 1e6, "from when a request was due")
        .add("small_p99_ms", p99, ratio(p99, fsync) + " x fsync_p99_ms")
        .add("fsync_p99_ms", fsync, "4 KiB appended to a file and synced, as often");
  }

  private void inProcess(Scratch scratch, Served served)
      throws IOException, InterruptedException, SQLException, Refused, KeyStoreDamaged {
    double[] floor = new double[plan.runs];
    double[] naive = new double[plan.runs];
    double[] append = new double[plan.runs];
    double[] manyLogs = new double[plan.runs];
    try (LedgerSink one = new LedgerSink(scratch.resolve("one"), clock, 1);
        LedgerSink many = new LedgerSink(scratch.resolve("many"), clock, LOGS);
        RowSink requests = new RowSink(scratch.resolve("floor"), RowSink.Form.FLOOR);
        RowSink rows = new RowSink(scratch.resolve("naive"), RowSink.Form.NAIVE)) {
      for (int run = -1; run < plan.runs; run++) {
        int slot = Math.max(0, run); // the first run warms up and is overwritten
        progress.accept(run < 0 ? "in process: warming up" : "in process: run " + (run + 1));
        floor[slot] = perSecond(scratch, requests);
        append[slot] = perSecond(scratch, one);
        manyLogs[slot] = perSecond(scratch, many);
        naive[slot] = perSecond(scratch, rows);
      }
    }
    report(
        served,
        new Measurements(floor),
        new Measurements(naive),
        new Measurements(append),
        new Measurements(manyLogs));
  }

  /** One run; what it writes stays, so that all grow alike from run to run. */
  private double perSecond(Scratch scratch, InProcess.Sink sink)
      throws IOException, InterruptedException {
    scratch.settle();
    double rate = InProcess.perSecond(sink, nextId, plan.burst);
    nextId += plan.burst;
    return rate;
  }

  private void report(
      Served served,
      Measurements floor,
      Measurements naive,
      Measurements append,
      Measurements manyLogs) {
    double acked = served.acked.median();
    figures
        .add("acked_per_s", served.acked, ratio(acked, naive.median()) + " x naive_per_s")
        .add("append_per_s", append, ratio(append.median(), floor.median()) + " x floor_per_s")
        .add("searchable_per_s", served.searchable, "at " + plan.events + " events")
        .add("floor_per_s", floor, "decode, one row a request")
        .add(
            "naive_per_s",
            naive,
            "decode, one row an event, two text indexes, as many as our entries")
        .add("heap_mb", plan.heapMiB, "the server's -Xmx in this run")
        .add(
            "many_logs_cost",
            append.median() / manyLogs.median(),
            "an event among " + LOGS + " logs, against one log");
  }

  private static String ratio(double value, double floor) {
    return String.format(Locale.ROOT, "%.2f", value / floor);
  }
}
