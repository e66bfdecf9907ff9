package dev.cadastre.ledger.access;

import static dev.cadastre.ledger.jooq.vault.Tables.TOKEN;

import dev.cadastre.ledger.jooq.vault.tables.records.TokenRecord;
import dev.cadastre.ledger.store.Reads;
import java.util.List;

/** The vault's tokens as they stand there, for whoever only looks at them. */
public final class TokenRows {
  private final Reads vault;
  private final SealedRows rows;

  public TokenRows(Reads vault, RowSeal seal) {
    this.vault = vault;
    this.rows = new SealedRows(seal);
  }

  /** All tokens, oldest first, those that ended included. */
  public List<Token> list() {
    return records().stream().map(Tokens::token).toList();
  }

  /** The ids of those that this cell did not issue, or not as they stand there. */
  public List<String> foreign() {
    return records().stream().filter(row -> !rows.genuine(row)).map(TokenRecord::getId).toList();
  }

  private List<TokenRecord> records() {
    return vault.read(
        context -> context.selectFrom(TOKEN).orderBy(TOKEN.CREATED, TOKEN.ID).fetch());
  }
}
