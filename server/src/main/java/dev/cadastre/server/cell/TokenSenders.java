package dev.cadastre.server.cell;

import dev.cadastre.formats.event.Side;
import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.SenderDirectory;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Tokens;
import java.util.Optional;

/** Those may send who hold a token, or whose SPIFFE id the configuration names. */
record TokenSenders(Tokens tokens, SpiffeTenants spiffe) implements SenderDirectory {
  @Override
  public Optional<Sender> byToken(String token) {
    return tokens.verify(token).map(TokenSenders::sender);
  }

  private static Sender sender(Principal principal) {
    return new Sender(
        principal.sender(), principal.tenant(), principal.role().grants(Permission.SEND));
  }

  @Override
  public Optional<Sender> byCertificate(Peer peer) {
    return spiffe
        .rule(peer.id())
        .map(
            rule ->
                new Sender(
                    (rule.counterpart() ? Side.COUNTERPART : "") + peer.id().sender(),
                    Optional.of(rule.tenant()),
                    true,
                    peer.place()));
  }
}
