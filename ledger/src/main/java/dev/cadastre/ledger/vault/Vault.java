package dev.cadastre.ledger.vault;

import static dev.cadastre.ledger.jooq.vault.Tables.DISCLOSURE;
import static dev.cadastre.ledger.jooq.vault.Tables.DISCLOSURE_KEY;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.jooq.vault.tables.records.DisclosureKeyRecord;
import dev.cadastre.ledger.jooq.vault.tables.records.DisclosureRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.ReadPool;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.store.SegmentCodec;
import dev.cadastre.ledger.store.Writer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The disclosures of a cell's logs. Reading is safe for use by several threads; {@link VaultWriter}
 * writes.
 */
public final class Vault {
  /**
   * A batch belongs to one segment, so whatever holds an entry starts at most this far before it.
   */
  private static final int MAX_RUN = SegmentCodec.MAX_ENTRIES;

  private static final int BATCH_ID_BYTES = 16;

  private final Database database;
  private final ReadPool pool;
  private final LogKeys keys;
  private final SecureRandom random;
  private final Map<LogName, LogKeys.Versioned> opened = new ConcurrentHashMap<>();

  public Vault(Database database, ReadPool pool, KeyWrap keyWrap) {
    this.database = database;
    this.pool = pool;
    this.random = new SecureRandom();
    this.keys = new LogKeys(pool, keyWrap, random);
  }

  /**
   * The disclosures that belong to an entry.
   *
   * @param digests the digests that the entry holds
   * @return those that are kept and whose key was not destroyed
   */
  public List<Disclosure> disclosures(LogName log, long index, Set<String> digests) {
    if (digests.isEmpty()) {
      return List.of();
    }
    List<Disclosure> found = new ArrayList<>();
    for (DisclosureRecord row : batchesAround(log, index)) {
      for (Disclosure disclosure : open(log, row)) {
        if (digests.contains(disclosure.digest()) && !found.contains(disclosure)) {
          found.add(disclosure);
        }
      }
    }
    return found;
  }

  /**
   * The salts of records that the log takes now. A log that has no disclosure key gets one.
   *
   * @throws StorageFailure if the vault can be neither read nor written
   */
  public RecordSalts salts(LogName log) {
    Optional<DisclosureKeyRecord> newest = keys.newest(log);
    while (newest.isEmpty() || newest.get().getWrapped() == null) {
      createKey(log.value(), newest.map(DisclosureKeyRecord::getVersion).orElse(0) + 1);
      newest = keys.newest(log);
    }
    // Read each time: another process may have destroyed the key that is open here.
    int version = newest.get().getVersion();
    LogKeys.Versioned known = opened.get(log);
    if (known == null || known.version() != version) {
      known = new LogKeys.Versioned(version, keys.unwrap(log, version, newest.get().getWrapped()));
      opened.put(log, known);
    }
    return known.cipher().salts();
  }

  /**
   * The pseudonyms that the log takes now, or that it took in another period. A period that has no
   * key gets one.
   *
   * @throws StorageFailure if the vault can be neither read nor written
   */
  public Pseudonyms pseudonyms(LogName log, String period) {
    String whose = LogKeys.ofPersons(log, period);
    Optional<DisclosureKeyRecord> newest = keys.newest(whose);
    while (newest.isEmpty() || newest.get().getWrapped() == null) {
      createKey(whose, newest.map(DisclosureKeyRecord::getVersion).orElse(0) + 1);
      newest = keys.newest(whose);
    }
    return pseudonyms(newest.get());
  }

  private Pseudonyms pseudonyms(DisclosureKeyRecord row) {
    String period = period(row);
    byte[] key = keys.open(row.getLog(), row.getVersion(), row.getWrapped());
    return new Pseudonyms(period + "." + row.getVersion() + ".", key);
  }

  private static String period(DisclosureKeyRecord row) {
    return row.getLog().substring(row.getLog().indexOf(LogKeys.PERSONS) + 1);
  }

  /** The pseudonyms of every period of a log whose key was not destroyed. */
  public List<Pseudonyms> pseudonyms(LogName log) {
    return keys.ofPersons(log).stream()
        .filter(row -> row.getWrapped() != null)
        .map(this::pseudonyms)
        .toList();
  }

  /** The keys of a log's pseudonyms, destroyed or not. */
  public List<PersonKey> personKeys(LogName log) {
    return keys.ofPersons(log).stream()
        .map(row -> new PersonKey(period(row), row.getVersion(), row.getWrapped() == null))
        .toList();
  }

  /**
   * Destroys the keys of a log's pseudonyms in a period: no one links them to persons again, nor a
   * person's name to them. What comes in that period afterwards gets another key.
   */
  public void destroyPersons(LogName log, String period) {
    database.destroy(
        context ->
            context
                .update(DISCLOSURE_KEY)
                .setNull(DISCLOSURE_KEY.WRAPPED)
                .where(DISCLOSURE_KEY.LOG.eq(LogKeys.ofPersons(log, period)))
                .execute());
  }

  private void createKey(String whose, int version) {
    try (Writer writer = new Writer(database)) {
      Rows rows = new Rows().lock(keys.create(whose, version));
      Writer.Outcome outcome = writer.commit(rows);
      if (outcome == Writer.Outcome.BUSY || outcome == Writer.Outcome.FULL) {
        throw new StorageFailure("the vault takes no key at the moment: " + outcome);
      }
    }
  }

  /**
   * Destroys the key of all disclosures that the log has so far: no one reads them again, and every
   * proof made of the log still holds. So are the keys of its pseudonyms: whom they are of could be
   * tried out. Disclosures that come later get a new key.
   */
  public void destroyKey(LogName log) {
    opened.remove(log);
    database.destroy(
        context ->
            context
                .update(DISCLOSURE_KEY)
                .setNull(DISCLOSURE_KEY.WRAPPED)
                .where(
                    DISCLOSURE_KEY
                        .LOG
                        .eq(log.value())
                        .or(DISCLOSURE_KEY.LOG.startsWith(log.value() + LogKeys.PERSONS)))
                .execute());
  }

  private List<DisclosureRecord> batchesAround(LogName log, long index) {
    return pool.read(
        context ->
            context
                .selectFrom(DISCLOSURE)
                .where(
                    DISCLOSURE.LOG.eq(log.value()),
                    DISCLOSURE.FIRST_INDEX.between(index - MAX_RUN, index),
                    DISCLOSURE.FIRST_INDEX.plus(DISCLOSURE.COUNT).gt(index))
                .fetch());
  }

  private List<Disclosure> open(LogName log, DisclosureRecord row) {
    Optional<LogCipher> cipher = keys.cipher(log, row.getKeyVersion());
    if (cipher.isEmpty()) {
      return List.of();
    }
    try {
      byte[] context = context(log, row.getFirstIndex(), row.getBatch(), row.getKeyVersion());
      return DisclosureBatch.parse(cipher.get().decrypt(row.getBytes(), context));
    } catch (Refused damage) {
      throw new StorageFailure(
          "log "
              + log
              + ", disclosures from entry "
              + row.getFirstIndex()
              + ": "
              + damage.getMessage(),
          damage);
    }
  }

  LogKeys keys() {
    return keys;
  }

  DisclosureRecord seal(DisclosureBatch batch, LogKeys.Versioned key) {
    byte[] id = new byte[BATCH_ID_BYTES];
    random.nextBytes(id);
    byte[] context = context(batch.log(), batch.firstIndex(), id, key.version());
    byte[] bytes = key.cipher().encrypt(batch.plaintext(), context, random);
    return new DisclosureRecord(
        batch.log().value(), batch.firstIndex(), id, batch.count(), key.version(), bytes);
  }

  private static byte[] context(LogName log, long firstIndex, byte[] batch, int keyVersion) {
    String text =
        String.join(
            "\n",
            "cadastre disclosures/v1",
            log.value(),
            Long.toString(firstIndex),
            HexFormat.of().formatHex(batch),
            Integer.toString(keyVersion));
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
