package dev.cadastre.ledger.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key's trail, from its creation through a revocation that took a while to be felt. */
final class KeyTrailTest {
  private static final LogName BANK = new LogName("bank");
  private static final String KEY = "hsm:frankfurt/cmk-7";

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();

  private void happens(Kind kind, String operation, String result, long second) {
    long time = SampleEvents.START_NS + second * SampleEvents.SECOND_NS;
    logs.append(BANK, SampleEvents.key(kind, KEY, operation, result, time), time);
  }

  private KeyTrail trail() {
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    new Indexer(directory, index, logs).catchUp();
    try (Search search = new Search(index, logs)) {
      assertEquals(Optional.empty(), search.keyTrail(BANK, "another", TimeRange.ALL));
      return search.keyTrail(BANK, KEY, TimeRange.ALL).orElseThrow();
    }
  }

  @Test
  void timeToRevokeRunsFromTheDisablingToTheFirstRefusedUse() {
    happens(Kind.KEY_LIFECYCLE, "create", "success", 0);
    happens(Kind.KEY_USE, "unwrap", "success", 10);
    happens(Kind.KEY_LIFECYCLE, "disable", "denied", 15);
    happens(Kind.KEY_LIFECYCLE, "disable", "success", 20);
    happens(Kind.KEY_USE, "unwrap", "success", 22);
    happens(Kind.KEY_USE, "unwrap", "denied", 25);
    happens(Kind.KEY_USE, "unwrap", "denied", 30);
    happens(Kind.KEY_LIFECYCLE, "enable", "success", 40);
    happens(Kind.KEY_USE, "unwrap", "success", 41);
    KeyTrail trail = trail();
    KeyTrail.Revocation revocation = trail.revocations().get(0);
    assertEquals(1, trail.revocations().size());
    assertEquals(3, revocation.disabled().index());
    assertEquals(1, revocation.lastUse().orElseThrow().index());
    assertEquals(5, revocation.firstRefusal().orElseThrow().index());
    assertEquals(5 * SampleEvents.SECOND_NS, revocation.timeToRevokeNs().orElseThrow());
    assertEquals(1, revocation.usesAfter());
    assertEquals(7, revocation.enabled().orElseThrow().index());
    assertEquals(List.of(0L, 2L, 3L, 7L), trail.lifecycle().stream().map(EventRow::index).toList());
    assertEquals(3, trail.key().uses());
    assertEquals(2, trail.key().refusals());
    assertEquals(Optional.empty(), trail.key().disabledNs());
    assertEquals(
        SampleEvents.START_NS + 40 * SampleEvents.SECOND_NS, trail.key().enabledNs().orElseThrow());
    assertEquals(3, trail.uses().stream().mapToLong(KeyTrail.Uses::uses).sum());
  }

  @Test
  void aKeyThatNoEventDisabledOrEnabledIsNeither() {
    happens(Kind.KEY_LIFECYCLE, "disable", "denied", 0);
    happens(Kind.KEY_USE, "unwrap", "success", 1);
    KeyTrail trail = trail();
    assertEquals(Optional.empty(), trail.key().disabledNs());
    assertEquals(Optional.empty(), trail.key().enabledNs());
  }

  @Test
  void aKeyLeftDisabledSaysSinceWhen() {
    happens(Kind.KEY_LIFECYCLE, "enable", "success", 0);
    happens(Kind.KEY_LIFECYCLE, "rotate", "success", 1);
    happens(Kind.KEY_LIFECYCLE, "disable", "success", 2);
    KeyTrail trail = trail();
    assertEquals(
        SampleEvents.START_NS + 2 * SampleEvents.SECOND_NS, trail.key().disabledNs().orElseThrow());
    assertEquals(
        SampleEvents.START_NS + SampleEvents.SECOND_NS, trail.key().lastRotatedNs().orElseThrow());
    assertEquals(Optional.empty(), trail.key().enabledNs());
    assertEquals("hyok", trail.key().custody().orElseThrow());
    assertTrue(trail.revocations().get(0).firstRefusal().isEmpty());
    assertEquals(Optional.empty(), trail.revocations().get(0).timeToRevokeNs());
  }
}
