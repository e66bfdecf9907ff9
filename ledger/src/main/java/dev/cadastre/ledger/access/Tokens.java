package dev.cadastre.ledger.access;

import static dev.cadastre.ledger.jooq.vault.Tables.TOKEN;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.jooq.vault.tables.records.TokenRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Bearer tokens: {@code cad_<role>_<43 characters of base64url>}. The vault holds a keyed digest
 * alone, which also covers what its row says; comparing takes no secret-dependent time. Every
 * verification reads the vault: a revocation holds from the next request on, in every process of
 * the cell.
 */
public final class Tokens implements AutoCloseable {
  private static final String PREFIX = "cad_";

  private final AccessStore vault;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SealedRows rows;

  public Tokens(Database vault, InstantSource clock, SecureRandom random, RowSeal seal) {
    this.vault = new AccessStore(vault);
    this.clock = clock;
    this.random = random;
    this.rows = new SealedRows(seal);
  }

  /**
   * Makes a token.
   *
   * @param tenant the one log it is good for; empty for every tenant's
   * @param label for people, to know it again in a list
   * @param validFor empty for no end
   * @return the token, which cannot be had again
   */
  public String issue(
      Role role, Optional<LogName> tenant, String label, Optional<Duration> validFor) {
    String token = PREFIX + role.wire() + "_" + Secrets.next(random);
    Instant now = clock.instant();
    TokenRecord row = new TokenRecord();
    row.setId(id(token));
    row.setRole(role.wire());
    row.setTenant(tenant.map(LogName::value).orElse(null));
    row.setLabel(label);
    row.setCreated(UnixNanos.nanos(now));
    row.setExpires(validFor.map(now::plus).map(UnixNanos::nanos).orElse(null));
    rows.seal(row, token);
    vault.write(context -> context.executeInsert(row));
    return token;
  }

  /**
   * Who presents this text; empty if it is no token, or one that is unknown, expired or revoked.
   */
  public Optional<Principal> verify(String text) {
    if (!wellFormed(text)) {
      return Optional.empty();
    }
    return vault
        .read(context -> row(context, id(text)))
        .filter(row -> rows.names(row, text) && rows.genuine(row))
        .map(Tokens::token)
        .filter(token -> token.validAt(clock.instant()))
        .map(Token::principal);
  }

  /**
   * Ends a token, and with it every session that began with it. A token revoked before stays as it
   * is.
   */
  public void revoke(String tokenId) throws Refused {
    long now = UnixNanos.nanos(clock.instant());
    int known =
        vault.write(
            context -> {
              context
                  .update(TOKEN)
                  .set(TOKEN.REVOKED, now)
                  .where(TOKEN.ID.eq(tokenId), TOKEN.REVOKED.isNull())
                  .execute();
              return context.fetchCount(TOKEN, TOKEN.ID.eq(tokenId));
            });
    if (known == 0) {
      throw new Refused("there is no token " + tokenId);
    }
  }

  /** All tokens, oldest first, those that ended included. */
  public List<Token> list() {
    return vault.read(
        context -> context.selectFrom(TOKEN).orderBy(TOKEN.CREATED, TOKEN.ID).fetch(Tokens::token));
  }

  /** The token of that id if it lets anyone in now. */
  static Optional<Token> valid(DSLContext context, SealedRows rows, String tokenId, Instant now) {
    return row(context, tokenId)
        .filter(rows::genuine)
        .map(Tokens::token)
        .filter(token -> token.validAt(now));
  }

  private static Optional<TokenRecord> row(DSLContext context, String tokenId) {
    return context.selectFrom(TOKEN).where(TOKEN.ID.eq(tokenId)).fetchOptional();
  }

  private static String id(String token) {
    return HexFormat.of().formatHex(Secrets.digest(token), 0, 4);
  }

  private static boolean wellFormed(String text) {
    int secret = text.length() - Secrets.LENGTH;
    return text.startsWith(PREFIX)
        && secret > PREFIX.length()
        && text.charAt(secret - 1) == '_'
        && Secrets.wellFormed(text.substring(secret));
  }

  static Token token(TokenRecord row) {
    Role role = Role.valueOf(row.getRole().toUpperCase(java.util.Locale.ROOT));
    Principal principal =
        new Principal(row.getId(), role, Optional.ofNullable(row.getTenant()).map(LogName::new));
    return new Token(
        principal,
        row.getLabel(),
        UnixNanos.instant(row.getCreated()),
        Optional.ofNullable(row.getExpires()).map(UnixNanos::instant),
        Optional.ofNullable(row.getRevoked()).map(UnixNanos::instant));
  }

  @Override
  public void close() {
    vault.close();
  }
}
