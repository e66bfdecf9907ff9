package dev.cadastre.ingest.net;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cadastre.formats.Refused;
import java.lang.management.ManagementFactory;

/**
 * How many files and connections this process may have open. A server that is let run out of them
 * answers nobody, not even who asks after its health.
 */
public final class OpenFiles {
  /** What a cell has open besides connections: databases, jars, selectors, packs. */
  private static final int OWN = 256;

  /** The portal and OTLP over HTTP have their part of the rest, and leave one to gRPC. */
  private static final int SERVERS = 3;

  private static final int MIN = 512;

  private final long max;

  OpenFiles(long max) {
    this.max = max;
  }

  /** Of this process; without a bound where the platform does not say. */
  public static OpenFiles ofProcess() {
    return new OpenFiles(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE);
  }

  /** Refuses to serve with too few. */
  public void requireEnough() throws Refused {
    if (max < MIN) {
      throw new Refused(
          "this process may open "
              + max
              + " files, and a server needs "
              + MIN
              + " at least; raise the limit (ulimit -n)");
    }
  }

  /** How many connections one server may have, of those it would like to. */
  public int connections(int wanted) {
    return (int) Math.max(1, Math.min(wanted, (max - OWN) / SERVERS));
  }
}
