package dev.cadastre.bench;

import dev.cadastre.bench.load.Measurements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** What the disk alone takes: append a page, sync. */
final class FsyncBench {
  private static final int PAGE = 4_096;

  private FsyncBench() {}

  /** The 99th percentile in milliseconds of so many syncs, at so many a second at most. */
  static double p99Ms(Path file, int perSecond, int syncs) throws IOException {
    long[] took = new long[syncs];
    long interval = 1_000_000_000L / perSecond;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long due = System.nanoTime();
      for (int i = 0; i < syncs; i++) {
        long begin = System.nanoTime();
        channel.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
        channel.force(false);
        took[i] = System.nanoTime() - begin;
        due += interval;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    Arrays.sort(took);
    return Measurements.quantile(took, 0.99) / 1e6;
  }
}
