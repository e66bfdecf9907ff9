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
 * The keys of logs, wrapped by the cell's. A destroyed key's row stays, empty, so that its version
 * is never used again.
 */
final class LogKeys {
  /** A log's key and the version under which it is kept. */
  record Versioned(int version, LogCipher cipher) {}

  private final Reads reads;
  private final KeyWrap keyWrap;
  private final SecureRandom random;

  LogKeys(Reads reads, KeyWrap keyWrap, SecureRandom random) {
    this.reads = reads;
    this.keyWrap = keyWrap;
    this.random = random;
  }

  /** The newest key row, destroyed or not. */
  Optional<DisclosureKeyRecord> newest(LogName log) {
    return reads.read(
        context ->
            context
                .selectFrom(DISCLOSURE_KEY)
                .where(DISCLOSURE_KEY.LOG.eq(log.value()))
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

  /** A new key and the row that keeps it. */
  DisclosureKeyRecord create(LogName log, int version) {
    byte[] key = new byte[LogCipher.KEY_BYTES];
    random.nextBytes(key);
    return new DisclosureKeyRecord(log.value(), version, keyWrap.wrap(key, context(log, version)));
  }

  LogCipher unwrap(LogName log, int version, byte[] wrapped) {
    try {
      return new LogCipher(keyWrap.unwrap(wrapped, context(log, version)));
    } catch (Refused refused) {
      throw new StorageFailure(
          "the disclosure key "
              + version
              + " of log "
              + log
              + " does not open: "
              + refused.getMessage(),
          refused);
    }
  }

  private static byte[] context(LogName log, int version) {
    return ("cadastre disclosure key/v1\n" + log + "\n" + version)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
