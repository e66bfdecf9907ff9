package dev.cadastre.evidence.pack;

import dev.cadastre.evidence.Period;
import dev.cadastre.ledger.model.LogName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packs that are there or in the making, their files, and which of them go first. */
final class PackShelf {
  private static final Logger LOG = LoggerFactory.getLogger(PackShelf.class);

  private final Path directory;
  private final PackQuota quota;
  private final Map<String, PackJob> jobs = new HashMap<>();

  PackShelf(Path directory, PackQuota quota) {
    this.directory = directory;
    this.quota = quota;
  }

  Path file(PackJob job) {
    return directory.resolve(job.id() + ".zip");
  }

  synchronized void put(PackJob job) {
    jobs.put(job.id(), job);
  }

  synchronized Optional<PackJob> find(LogName log, String id) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> job.log().equals(log));
  }

  /** The log's jobs, newest first. */
  synchronized List<PackJob> of(LogName log) {
    return jobs.values().stream()
        .filter(job -> job.log().equals(log))
        .sorted(Comparator.comparing(PackJob::asked).reversed())
        .toList();
  }

  /** The pack of that very period that is there or being built: it would be the same again. */
  synchronized Optional<PackJob> of(Period period) {
    return jobs.values().stream()
        .filter(job -> job.isOf(period) && !(job.state() instanceof PackJob.Failed))
        .findFirst();
  }

  /** Notes how far a job is. What has ended counts for the quota, and may put out what is older. */
  synchronized void note(PackJob job, PackJob.State state) {
    if (jobs.computeIfPresent(job.id(), (id, known) -> known.with(state)) != null
        && job.with(state).ended()) {
      trim(job.log());
    }
  }

  private void trim(LogName log) {
    of(log).stream().filter(PackJob::ended).skip(quota.finished()).forEach(this::remove);
    makeRoom(log, 0);
  }

  /** Makes room within the quota for so many bytes more of a log, of its own packs first. */
  synchronized void makeRoom(LogName log, long bytes) {
    long kept = bytes;
    for (PackJob job : of(log)) {
      kept += job.bytes();
      if (job.bytes() > 0 && kept > quota.bytesOfLog()) {
        remove(job);
        kept -= job.bytes();
      }
    }
    while (bytes() + bytes > quota.bytesOfCell() && removeOne()) {}
  }

  private long bytes() {
    return jobs.values().stream().mapToLong(PackJob::bytes).sum();
  }

  synchronized void removeOlderThan(Instant oldest) {
    List<PackJob> old =
        jobs.values().stream().filter(job -> job.ended() && job.asked().isBefore(oldest)).toList();
    old.forEach(this::remove);
  }

  /** Removes the oldest file of the log that keeps most; false if there is none. */
  synchronized boolean removeOne() {
    Map<LogName, Long> kept = new HashMap<>();
    jobs.values().forEach(job -> kept.merge(job.log(), job.bytes(), Long::sum));
    Optional<PackJob> oldest =
        jobs.values().stream()
            .filter(job -> job.bytes() > 0)
            .min(
                Comparator.comparing((PackJob job) -> -kept.getOrDefault(job.log(), 0L))
                    .thenComparing(PackJob::asked));
    oldest.ifPresent(this::remove);
    return oldest.isPresent();
  }

  private void remove(PackJob job) {
    jobs.remove(job.id());
    deleteFile(job);
  }

  /** Whoever is downloading the file gets the rest of it all the same. */
  void deleteFile(PackJob job) {
    try {
      Files.deleteIfExists(file(job));
    } catch (IOException e) {
      LOG.warn("pack file {} stays behind: {}", job.id(), e.toString());
    }
  }
}
