package dev.cadastre.ledger.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    assertEquals(4, revocation.lastUse().orElseThrow().index());
    assertEquals(5, revocation.firstRefusal().orElseThrow().index());
    assertEquals(5 * SampleEvents.SECOND_NS, revocation.timeToRevokeNs().orElseThrow());
    assertEquals(2 * SampleEvents.SECOND_NS, revocation.timeToRevokeAtLeastNs().orElseThrow());
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
  void aFailureThatIsNoRefusalShowsNothing() {
    happens(Kind.KEY_LIFECYCLE, "disable", "success", 0);
    happens(Kind.KEY_USE, "unwrap", "timeout", 1);
    happens(Kind.KEY_USE, "unwrap", "failure", 2);
    happens(Kind.KEY_USE, "unwrap", "denied", 40);
    KeyTrail trail = trail();
    KeyTrail.Revocation revocation = trail.revocations().get(0);
    assertEquals(40 * SampleEvents.SECOND_NS, revocation.timeToRevokeNs().orElseThrow());
    assertEquals(2, revocation.inconclusiveAfter());
    assertEquals(2, trail.key().inconclusive());
    assertEquals(1, trail.key().refusals());
    assertEquals(2, trail.uses().stream().mapToLong(KeyTrail.Uses::inconclusive).sum());
  }

  private void happens(
      Kind kind, String operation, String result, long second, String name, Value value) {
    long time = SampleEvents.START_NS + second * SampleEvents.SECOND_NS;
    RecordEvent event = SampleEvents.key(kind, KEY, operation, result, time);
    Map<String, Value> more = new TreeMap<>(event.attributes().asMap());
    more.put(name, value);
    RecordEvent whole = event.toBuilder().attributes(Attributes.of(more)).build();
    logs.append(BANK, whole, time);
  }

  /** As an attestation tells them: each by the uses in its scope. */
  @Test
  void aVersionAndAnIdentityAreRevokedForThemselves() {
    happens(Kind.KEY_LIFECYCLE, "put_policy", "success", 0, Names.KEY_WITHDRAWN_FROM, of("a", "b"));
    happens(Kind.KEY_USE, "unwrap", "success", 1, Names.AUDIT_ACTOR_ID, Value.of("c"));
    happens(Kind.KEY_USE, "unwrap", "success", 2, Names.ACTOR_ROLE, Value.of("a"));
    happens(Kind.KEY_USE, "unwrap", "denied", 3, Names.AUDIT_ACTOR_ID, Value.of("a"));
    happens(Kind.KEY_LIFECYCLE, "destroy", "success", 4, Names.KEY_VERSION, Value.of("7"));
    happens(Kind.KEY_USE, "unwrap", "success", 5, Names.KEY_VERSION, Value.of("8"));
    happens(Kind.KEY_USE, "unwrap", "denied", 6, Names.KEY_VERSION, Value.of("7"));
    happens(Kind.KEY_LIFECYCLE, "grant", "success", 7, Names.KEY_GRANTED_TO, Value.of("b"));
    KeyTrail trail = trail();
    assertEquals(Optional.empty(), trail.key().disabledNs());
    assertEquals(
        List.of(
            "identity a: last use 2, refused 3, 1 used, ended -",
            "identity b: last use -, refused -, 0 used, ended 7",
            "version 7: last use -, refused 6, 0 used, ended -"),
        trail.revocations().stream().map(KeyTrailTest::line).toList());
  }

  private static Value of(String... texts) {
    return Value.of(Stream.of(texts).map(Value::of).toList());
  }

  private static String line(KeyTrail.Revocation one) {
    return one.scope().of().name().toLowerCase(Locale.ROOT)
        + " "
        + one.scope().name()
        + ": last use "
        + index(one.lastUse())
        + ", refused "
        + index(one.firstRefusal())
        + ", "
        + one.usesAfter()
        + " used, ended "
        + index(one.enabled());
  }

  private static String index(Optional<EventRow> row) {
    return row.map(found -> Long.toString(found.index())).orElse("-");
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
