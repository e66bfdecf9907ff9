package dev.cadastre.ledger.access;

import static dev.cadastre.ledger.jooq.vault.Tables.SESSION;

import dev.cadastre.ledger.jooq.vault.tables.records.SessionRecord;
import dev.cadastre.ledger.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * The browser's sessions. The id is 256 random bits of which the vault holds a keyed digest alone.
 * A session ends {@link #LIFE} after it began, {@link #IDLE} after it was last used, on {@link
 * #end}, or with the token it began with.
 */
public final class Sessions implements AutoCloseable {
  public static final Duration LIFE = Duration.ofHours(12);
  public static final Duration IDLE = Duration.ofHours(1);

  /** Uses are noted no more often than this: reading a page must not cost a synced write. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final AccessStore vault;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SealedRows rows;

  public Sessions(Database vault, InstantSource clock, SecureRandom random, RowSeal seal) {
    this.vault = new AccessStore(vault);
    this.rows = new SealedRows(seal);
    this.clock = clock;
    this.random = random;
  }

  /** Begins a session for someone whose token was just verified. */
  public Session.Begun begin(Principal principal) {
    String id = Secrets.next(random);
    Instant now = clock.instant();
    SessionRecord row = new SessionRecord();
    row.setTokenId(principal.tokenId());
    row.setCreated(UnixNanos.nanos(now));
    row.setUsed(UnixNanos.nanos(now));
    row.setExpires(UnixNanos.nanos(now.plus(LIFE)));
    rows.seal(row, id);
    vault.write(
        context -> {
          forgetEnded(context, now);
          return context.executeInsert(row);
        });
    return new Session.Begun(id, new Session(principal, csrf(id), now.plus(LIFE)));
  }

  /** The session of that id; empty if there is none, or it ended. */
  public Optional<Session> find(String id) {
    if (!Secrets.wellFormed(id)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<SessionRecord> row =
        vault
            .read(context -> context.selectFrom(SESSION).where(named(id)).limit(1).fetchOptional())
            .filter(found -> rows.genuine(found) && liveAt(found, now));
    Optional<Session> session = row.flatMap(found -> session(id, found, now));
    if (session.isPresent()) {
      row.ifPresent(found -> noteUse(found, now));
    }
    return session;
  }

  /** Ends a session: sign-out. */
  public void end(String id) {
    vault.write(context -> context.deleteFrom(SESSION).where(named(id)).execute());
  }

  private Condition named(String id) {
    List<byte[]> digests = rows.sessions(id);
    return SESSION.DIGEST.between(digests.get(0), digests.get(1));
  }

  private Optional<Session> session(String id, SessionRecord row, Instant now) {
    return vault
        .read(context -> Tokens.valid(context, rows, row.getTokenId(), now))
        .map(
            token -> new Session(token.principal(), csrf(id), UnixNanos.instant(row.getExpires())));
  }

  private static boolean liveAt(SessionRecord row, Instant now) {
    return now.isBefore(UnixNanos.instant(row.getExpires()))
        && now.isBefore(UnixNanos.instant(row.getUsed()).plus(IDLE));
  }

  private void noteUse(SessionRecord row, Instant now) {
    if (now.isBefore(UnixNanos.instant(row.getUsed()).plus(NOTED_EVERY))) {
      return;
    }
    vault.write(
        context ->
            context
                .update(SESSION)
                .set(SESSION.USED, UnixNanos.nanos(now))
                .where(SESSION.DIGEST.eq(row.getDigest()))
                .execute());
  }

  private static void forgetEnded(DSLContext context, Instant now) {
    context
        .deleteFrom(SESSION)
        .where(
            SESSION
                .EXPIRES
                .le(UnixNanos.nanos(now))
                .or(SESSION.USED.le(UnixNanos.nanos(now.minus(IDLE)))))
        .execute();
  }

  /**
   * Derived from the id, which the vault does not hold, so that reading the vault does not give it
   * away.
   */
  private static String csrf(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest("csrf " + id));
  }

  @Override
  public void close() {
    vault.close();
  }
}
