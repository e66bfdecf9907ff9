package dev.cadastre.portal.web.evidence;

import dev.cadastre.anchors.Period;
import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.pack.PackBuilder;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds packs one after the other in the background and keeps each file for {@link #KEPT}. Jobs do
 * not outlive the process: a pack can be built again at any time and has the same payload.
 */
public final class PackJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PackJobs.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST_PER_LOG = 5;

  private final PackBuilder packs;
  private final Path directory;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, PackJob> jobs = new ConcurrentHashMap<>();
  private final ExecutorService builder =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "pack-builder");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param directory holds the files; files of an earlier process are removed from it
   */
  public PackJobs(PackBuilder packs, Path directory, InstantSource clock) {
    this.packs = packs;
    this.directory = directory;
    this.clock = clock;
    empty(directory);
  }

  private static void empty(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".zip")).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts building a pack; empty while the log has as many under way as it may have. */
  public synchronized Optional<PackJob> start(Period period) {
    forgetOld();
    if (of(period.log()).stream().filter(job -> job.state() instanceof PackJob.Building).count()
        >= MOST_PER_LOG) {
      return Optional.empty();
    }
    byte[] id = new byte[8];
    random.nextBytes(id);
    PackJob job =
        new PackJob(HexFormat.of().formatHex(id), period, clock.instant(), new PackJob.Building(0));
    jobs.put(job.id(), job);
    Future<?> unused = builder.submit(() -> build(job));
    return Optional.of(job);
  }

  /** The log's job of that id. */
  public Optional<PackJob> find(LogName log, String id) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> job.log().equals(log));
  }

  /** The log's jobs, newest first. */
  public List<PackJob> of(LogName log) {
    return jobs.values().stream()
        .filter(job -> job.log().equals(log))
        .sorted(Comparator.comparing(PackJob::asked).reversed())
        .toList();
  }

  private void build(PackJob job) {
    Path file = directory.resolve(job.id() + ".zip");
    MessageDigest digest = Hash.newSha256();
    long entries = Math.max(1, job.period().to() - job.period().from());
    try (OutputStream out =
        new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), digest))) {
      packs.write(
          job.period(), out, done -> note(job, new PackJob.Building((double) done / entries)));
    } catch (Refused refused) {
      note(job, new PackJob.Failed(String.valueOf(refused.getMessage())));
      return;
    } catch (IOException | RuntimeException e) {
      LOG.error("pack {} of {} was not built", job.id(), job.log(), e);
      note(
          job,
          new PackJob.Failed("The pack could not be built. This is our fault and was logged."));
      return;
    }
    note(job, new PackJob.Ready(file, file.toFile().length(), Hash.of(digest.digest())));
  }

  private void note(PackJob job, PackJob.State state) {
    jobs.computeIfPresent(job.id(), (id, known) -> known.with(state));
  }

  private void forgetOld() {
    for (PackJob job : jobs.values()) {
      boolean old = job.asked().plus(KEPT).isBefore(clock.instant());
      if (old && !(job.state() instanceof PackJob.Building) && jobs.remove(job.id()) != null) {
        delete(job);
      }
    }
  }

  private void delete(PackJob job) {
    try {
      Files.deleteIfExists(directory.resolve(job.id() + ".zip"));
    } catch (IOException e) {
      LOG.warn("pack file {} stays behind", job.id(), e);
    }
  }

  @Override
  public void close() {
    builder.shutdownNow();
  }
}
