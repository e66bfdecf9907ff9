package dev.cadastre.ledger.vault;

import static dev.cadastre.ledger.jooq.vault.Tables.DISCLOSURE_KEY;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.jooq.vault.tables.records.DisclosureKeyRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Reads;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The keys of logs, wrapped by the cell's: one for a log's disclosures, and one for the pseudonyms
 * of each of its periods, kept under the log's name with the period behind it. A destroyed key's
 * row stays, empty, so that its version is never used again.
 */
final class LogKeys {
  /** A log's key and the version under which it is kept. */
  record Versioned(int version, LogCipher cipher) {}

  /** Between a log's name and the period of its pseudonyms. */
  static final String PERSONS = "/";

  private final Reads reads;
  private final KeyWrap keyWrap;
  private final SecureRandom random;

  LogKeys(Reads reads, KeyWrap keyWrap, SecureRandom random) {
    this.reads = reads;
    this.keyWrap = keyWrap;
    this.random = random;
  }

  /** The newest key row of a log's disclosures, destroyed or not. */
  Optional<DisclosureKeyRecord> newest(LogName log) {
    return newest(log.value());
  }

  /**
   * The same of whatever has keys of its own.
   *
   * @param whose a log's name, or {@link #ofPersons}
   */
  Optional<DisclosureKeyRecord> newest(String whose) {
    return reads.read(
        context ->
            context
                .selectFrom(DISCLOSURE_KEY)
                .where(DISCLOSURE_KEY.LOG.eq(whose))
                .orderBy(DISCLOSURE_KEY.VERSION.desc())
                .limit(1)
                .fetchOptional());
  }

  /** The cipher of one version; empty once destroyed. */
  Optional<LogCipher> cipher(LogName log, int version) {
    Optional<byte[]> wrapped =
        reads.read(
            context ->
                context
                    .select(DISCLOSURE_KEY.WRAPPED)
                    .from(DISCLOSURE_KEY)
                    .where(DISCLOSURE_KEY.LOG.eq(log.value()), DISCLOSURE_KEY.VERSION.eq(version))
                    .fetchOptional(DISCLOSURE_KEY.WRAPPED));
    return wrapped.map(bytes -> unwrap(log, version, bytes));
  }

  /** Every key row of every log, destroyed or not. */
  List<DisclosureKeyRecord> all() {
    return reads.read(
        context ->
            context
                .selectFrom(DISCLOSURE_KEY)
                .orderBy(DISCLOSURE_KEY.LOG, DISCLOSURE_KEY.VERSION)
                .fetch());
  }

  /** Whose the key of a log's pseudonyms in a period is. No log is called so. */
  static String ofPersons(LogName log, String period) {
    return log.value() + PERSONS + period;
  }

  /** The key rows of a log's pseudonyms, destroyed or not. */
  List<DisclosureKeyRecord> ofPersons(LogName log) {
    return reads.read(
        context ->
            context
                .selectFrom(DISCLOSURE_KEY)
                .where(DISCLOSURE_KEY.LOG.startsWith(log.value() + PERSONS))
                .orderBy(DISCLOSURE_KEY.LOG, DISCLOSURE_KEY.VERSION)
                .fetch());
  }

  /** A new key of a log's disclosures and the row that keeps it. */
  DisclosureKeyRecord create(LogName log, int version) {
    return create(log.value(), version);
  }

  DisclosureKeyRecord create(String whose, int version) {
    byte[] key = new byte[LogCipher.KEY_BYTES];
    random.nextBytes(key);
    return new DisclosureKeyRecord(whose, version, keyWrap.wrap(key, context(whose, version)));
  }

  LogCipher unwrap(LogName log, int version, byte[] wrapped) {
    return new LogCipher(open(log.value(), version, wrapped));
  }

  /** The key itself. */
  byte[] open(String whose, int version, byte[] wrapped) {
    try {
      return keyWrap.unwrap(wrapped, context(whose, version));
    } catch (Refused refused) {
      throw new StorageFailure(
          "the disclosure key "
              + version
              + " of log "
              + whose
              + " does not open: "
              + refused.getMessage(),
          refused);
    }
  }

  private static byte[] context(String whose, int version) {
    return ("cadastre disclosure key/v1\n" + whose + "\n" + version)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
