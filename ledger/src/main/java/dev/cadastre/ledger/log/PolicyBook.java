package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies in force, as last seen. One that another process has replaced is found out at the
 * next append, which then collides and makes this forget it.
 */
public final class PolicyBook {
  private final LedgerStore store;
  private final Segments segments;
  private final StoppedLogs stopped;
  private final Map<LogName, Optional<AdoptedPolicy>> seen = new ConcurrentHashMap<>();
  private long forgotten;

  public PolicyBook(LedgerStore store, Segments segments, StoppedLogs stopped) {
    this.store = store;
    this.segments = segments;
    this.stopped = stopped;
  }

  public Optional<AdoptedPolicy> newest(LogName log) {
    Optional<AdoptedPolicy> known = seen.get(log);
    if (known != null) {
      return known;
    }
    long before = forgotten();
    Optional<AdoptedPolicy> loaded = load(log);
    keep(log, loaded, before);
    return loaded;
  }

  private synchronized long forgotten() {
    return forgotten;
  }

  /** Not kept if a policy changed since: it might be this one. */
  private synchronized void keep(LogName log, Optional<AdoptedPolicy> loaded, long before) {
    if (forgotten == before) {
      seen.put(log, loaded);
    }
  }

  public synchronized void forget(LogName log) {
    forgotten++;
    seen.remove(log);
  }

  private Optional<AdoptedPolicy> load(LogName log) {
    OptionalLong index = store.newestPolicy(log);
    return index.isEmpty() ? Optional.empty() : Optional.of(load(log, index.getAsLong()));
  }

  private AdoptedPolicy load(LogName log, long index) {
    try {
      Entry entry = Entry.parse(segments.entry(log, index));
      if (!(EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption)) {
        throw new Refused("expected a policy's adoption, found another event");
      }
      return new AdoptedPolicy(
          index,
          Policy.fromJson(adoption.policy()),
          Inventory.of(adoption),
          registry(adoption.registry()));
    } catch (Refused | NoSuchElementException damage) {
      throw stopped.stop(
          log, "the policy in entry " + index + " is damaged: " + damage.getMessage(), damage);
    }
  }

  private static Registry registry(Hash sha256) throws Refused {
    return Registry.edition(sha256)
        .orElseThrow(
            () ->
                new Refused(
                    "adopted with registry " + sha256 + ", which this program does not have"));
  }
}
