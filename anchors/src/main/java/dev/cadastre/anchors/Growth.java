package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.pack.format.PackLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a log has grown so far since its newest anchor that what follows might not fit one pack.
 * A long period can be cut at anchors alone, so there must be one in time: at a quarter of a pack,
 * as logs grow on until the next look. A look reads what came since the last one.
 */
public final class Growth implements BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(Growth.class);
  private static final int PARTS = 4;

  private final Ledger ledger;
  private final Anchors anchors;
  private final PackLimits limits;
  private final Map<LogName, Grown> grown = new HashMap<>();

  public Growth(Ledger ledger) {
    this(ledger, PackLimits.STANDARD);
  }

  Growth(Ledger ledger, PackLimits limits) {
    this.ledger = ledger;
    this.anchors = new Anchors(ledger);
    this.limits = limits;
  }

  /** A log's size at its newest anchor and at the last look, and the bytes between them. */
  private record Grown(long anchored, long size, long bytes) {}

  /** Looks at every log; one that cannot be read is passed over. */
  @Override
  public boolean getAsBoolean() {
    boolean full = false;
    for (LogName log : ledger.logs()) {
      try {
        full |= isAnchored(log) && isFull(log);
      } catch (Refused | StorageFailure e) {
        LOG.debug("the growth of {} is not known", log, e);
      }
    }
    return full;
  }

  /** A log that is stopped is left out of anchors, so another one would not cut it. */
  private boolean isAnchored(LogName log) {
    return !log.equals(LogName.ANCHORS) && !ledger.stopped().containsKey(log);
  }

  private boolean isFull(LogName log) throws Refused {
    LogReader reader = ledger.reader(log);
    long anchored = anchors.of(log, 1).stream().mapToLong(Anchors.Anchored::size).sum();
    Grown known = grown.get(log);
    if (known == null || known.anchored() != anchored) {
      known = new Grown(anchored, anchored, 0);
    }
    long size = reader.size();
    long bytes = known.bytes() + reader.storedBytes(known.size(), size);
    grown.put(log, new Grown(anchored, size, bytes));
    return !limits.fit(PARTS * (size - anchored), PARTS * bytes);
  }
}
