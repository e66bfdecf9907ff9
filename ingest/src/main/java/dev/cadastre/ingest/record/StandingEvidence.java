package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import dev.cadastre.ledger.model.LogName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence that an instance of a service sent as an event of its own, which then stands for what it
 * sends until it expires: an SDK's Resource never changes, and tokens live for an hour. In memory
 * alone; after a restart an instance's next evidence sets it again. Safe for concurrent use.
 */
final class StandingEvidence {
  private static final int INSTANCES_MAX = 10_000;

  private final Map<Key, Genuine> byInstance = new LinkedHashMap<>();
  private volatile boolean empty = true;

  private record Key(LogName log, String sender, String instance) {}

  /** What tells instances of a sender apart; empty when a Resource does not say. */
  static Optional<String> instance(Attributes resource) {
    return resource
        .string(Names.SERVICE_INSTANCE_ID)
        .map(id -> resource.string(Names.SERVICE_NAME).orElse("") + '\n' + id);
  }

  void put(LogName log, String sender, String instance, Genuine genuine) {
    synchronized (byInstance) {
      byInstance.put(new Key(log, sender, instance), genuine);
      if (byInstance.size() > INSTANCES_MAX) {
        byInstance.remove(byInstance.keySet().iterator().next());
      }
    }
    empty = false;
  }

  Optional<Genuine> get(LogName log, String sender, String instance) {
    if (empty) {
      return Optional.empty();
    }
    synchronized (byInstance) {
      return Optional.ofNullable(byInstance.get(new Key(log, sender, instance)));
    }
  }
}
