package dev.cadastre.ingest.request;

import dev.cadastre.formats.event.Side;
import dev.cadastre.ingest.location.Appraisal;
import dev.cadastre.ledger.model.LogName;
import java.util.Optional;

/**
 * Who sends, as its credential tells.
 *
 * @param id what entries say of the credential, such as {@code token/1a2b3c4d}; never the
 *     credential. Behind {@code counterpart/} it is the customer's own
 * @param tenant the one tenant it may write to; empty for one that may write to any
 * @param mayIngest whether its role allows sending at all
 * @param place where its certificate says that it runs, if it does
 */
public record Sender(
    String id, Optional<LogName> tenant, boolean mayIngest, Optional<Appraisal.Genuine> place) {
  /** A sender whose credential says nothing of its place. */
  public Sender(String id, Optional<LogName> tenant, boolean mayIngest) {
    this(id, tenant, mayIngest, Optional.empty());
  }

  /** This sender, who is also known to run there. */
  public Sender at(Appraisal.Genuine where) {
    return new Sender(id, tenant, mayIngest, Optional.of(where));
  }

  /** Who speaks with its credential. */
  public Side side() {
    return Side.of(id);
  }

  /**
   * On whose account its requests go: the tenant's, or its own if it may write to any. The
   * customer's side has one apart, which no flood of the vendor's uses up.
   */
  public String account() {
    String account = tenant.isPresent() ? tenant.get().value() : id;
    return side() == Side.CUSTOMER ? Side.COUNTERPART + account : account;
  }
}
