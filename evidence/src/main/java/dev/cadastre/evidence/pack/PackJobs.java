package dev.cadastre.evidence.pack;

import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.TurnPool;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds packs in the background, logs in turn, and keeps each file for a while. Packs never take
 * the disk that the ledger needs. Jobs do not outlive the process: a pack can be built again at any
 * time and has the same payload, so the same period gives the same job for as long as it is kept.
 */
public final class PackJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PackJobs.class);
  private static final Duration SHORTLY = Duration.ofSeconds(5);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

  private static final long PROGRESS_EVERY = 1024;
  private static final String NO_ROOM =
      "The disk has too little room for a pack. What is left is kept for the ledger.";

  private final Source packs;
  private final PackQuota quota;
  private final DiskSpace disk;
  private final InstantSource clock;
  private final PackShelf shelf;
  private final PackBuilds viewersBuilds;
  private final PackBuilds othersBuilds;
  private final SecureRandom random = new SecureRandom();
  private final TurnPool builders;
  private final ScheduledExecutorService tidier =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pack-tidier");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param directory holds the files; files of an earlier process are removed from it
   */
  public PackJobs(PackBuilder packs, Path directory, InstantSource clock) {
    this(packs::write, directory, clock, PackQuota.DEFAULT, DiskSpace.of(directory));
  }

  /** What writes a pack. */
  interface Source {
    /**
     * Writes the pack of a period.
     *
     * @param progress told how many entries are written
     */
    void write(Period period, OutputStream out, LongConsumer progress) throws Refused, IOException;
  }

  PackJobs(Source packs, Path directory, InstantSource clock, PackQuota quota, DiskSpace disk) {
    this.packs = packs;
    this.quota = quota;
    this.disk = disk;
    this.clock = clock;
    this.viewersBuilds = new PackBuilds(quota.viewersBuilds());
    this.othersBuilds = new PackBuilds(quota.builds());
    this.shelf = new PackShelf(directory, quota);
    empty(directory);
    // Building is reading, packing and hashing: half of the processors are left to appending.
    this.builders =
        new TurnPool("pack-builder", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    Future<?> unused =
        tidier.scheduleWithFixedDelay(
            this::tidy, TIDY_EVERY.toSeconds(), TIDY_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private static void empty(Path directory) {
    try {
      OwnerOnly.makeDirectory(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".zip")).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts building a pack, unless that very period's is there or under way.
   *
   * @param who asks
   */
  public synchronized PackRequestResult start(Period period, Role who) {
    tidy();
    Optional<PackJob> same = shelf.of(period);
    if (same.isPresent()) {
      return new PackRequestResult.Given(same.get(), false);
    }
    LogName log = period.log();
    Instant now = clock.instant();
    if (shelf.of(log).stream().filter(job -> !job.ended()).count() >= quota.unfinished()) {
      return new PackRequestResult.Later(
          "Several packs of this log are being built. Wait for one of them.", SHORTLY);
    }
    PackBuilds builds = who == Role.VIEWER ? viewersBuilds : othersBuilds;
    Optional<Duration> wait = builds.wait(log, now);
    if (wait.isPresent()) {
      return new PackRequestResult.Later(
          "This log's packs for this hour are used up: "
              + builds.most()
              + ". Download one that is there.",
          wait.get().plus(SHORTLY));
    }
    if (!roomOnDisk()) {
      return new PackRequestResult.NoRoom(NO_ROOM, TIDY_EVERY);
    }
    builds.begin(log, now);
    return new PackRequestResult.Given(begin(period, now), true);
  }

  private PackJob begin(Period period, Instant now) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    PackJob job = new PackJob(HexFormat.of().formatHex(id), period, now, new PackJob.Building(0));
    shelf.put(job);
    builders.submit(job.log(), () -> build(job));
    return job;
  }

  /** The log's job of that id. */
  public Optional<PackJob> find(LogName log, String id) {
    return shelf.find(log, id);
  }

  /** The log's jobs, newest first. */
  public List<PackJob> of(LogName log) {
    return shelf.of(log);
  }

  private void build(PackJob job) {
    try {
      shelf.note(job, write(job));
    } catch (Refused | PackOutput.NoRoom refused) {
      failed(job, String.valueOf(refused.getMessage()));
    } catch (LogStopped stopped) {
      LOG.warn("pack {} was not built: {}", job.id(), stopped.getMessage());
      failed(job, stopped.sentence());
    } catch (IOException | StorageFailure failure) {
      LOG.error("pack {} of {} was not built: {}", job.id(), job.log(), failure.toString());
      LOG.debug("where it failed", failure);
      failed(job, "The pack could not be built. This is our fault and was logged.");
    } catch (RuntimeException | Error bug) {
      failed(job, "The pack could not be built. This is our fault and was logged.");
      LOG.error("pack {} of {} was not built", job.id(), job.log(), bug);
    }
  }

  private void failed(PackJob job, String why) {
    shelf.note(job, new PackJob.Failed(why));
    shelf.deleteFile(job);
  }

  private PackJob.Ready write(PackJob job) throws Refused, IOException {
    Path file = shelf.file(job);
    MessageDigest digest = Hash.newSha256();
    long entries = Math.max(1, job.period().to() - job.period().from());
    try (OutputStream out =
        new BufferedOutputStream(
            new PackOutput(
                new DigestOutputStream(OwnerOnly.makeFile(file), digest),
                bytes -> require(job.log(), bytes)))) {
      packs.write(
          job.period(),
          out,
          done -> {
            if (done % PROGRESS_EVERY == 0) {
              shelf.note(job, new PackJob.Building((double) done / entries));
            }
          });
    }
    return new PackJob.Ready(file, Files.size(file), Hash.of(digest.digest()));
  }

  private void require(LogName log, long bytes) throws IOException {
    if (bytes > quota.bytesOfLog()) {
      throw new PackOutput.NoRoom(
          "The pack is larger than a log's packs may be, "
              + quota.bytesOfLog()
              + " bytes. Ask for a shorter period.");
    }
    shelf.makeRoom(log, bytes);
    if (!roomOnDisk()) {
      throw new PackOutput.NoRoom(NO_ROOM);
    }
  }

  /** Removes finished packs while the ledger's reserve is touched; false if that was not enough. */
  private boolean roomOnDisk() {
    try {
      while (disk.free() < disk.reserve()) {
        if (!shelf.removeOne()) {
          return false;
        }
      }
      return true;
    } catch (IOException unknown) {
      LOG.warn("cannot tell how much room the disk has: {}", unknown.toString());
      return false;
    }
  }

  /** Removes what is too old, and what takes the ledger's room. */
  void tidy() {
    shelf.removeOlderThan(clock.instant().minus(quota.kept()));
    boolean unused = roomOnDisk();
  }

  @Override
  public void close() {
    tidier.shutdownNow();
    builders.close();
  }
}
