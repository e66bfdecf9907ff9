package dev.cadastre.portal.cell;

import dev.cadastre.ingest.Sender;
import dev.cadastre.ingest.Senders;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Tokens;
import java.util.Optional;

/** Those who may send are those who hold a token. */
record TokenSenders(Tokens tokens) implements Senders {
  @Override
  public Optional<Sender> byToken(String token) {
    return tokens.verify(token).map(TokenSenders::sender);
  }

  private static Sender sender(Principal principal) {
    return new Sender(
        principal.sender(), principal.tenant(), principal.role().grants(Permission.SEND));
  }
}
