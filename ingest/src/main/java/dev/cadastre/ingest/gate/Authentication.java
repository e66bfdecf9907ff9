package dev.cadastre.ingest.gate;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import dev.cadastre.ingest.request.InternalErrors;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.SenderDirectory;
import dev.cadastre.ingest.tls.Peers;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Makes out who sends: from a bearer token, a client certificate, or both, which must agree. */
public record Authentication(SenderDirectory senders, Optional<Peers> peers) {

  /**
   * The sender.
   *
   * @throws Rejected if that is nobody, or nobody who may send
   */
  public Sender of(Optional<String> authorization, Optional<SSLSession> session) throws Rejected {
    Optional<Peer> peer = peer(session);
    Optional<Sender> shown = peer.flatMap(senders::byCertificate);
    if (authorization.isEmpty() && peer.isPresent()) {
      return shown.orElseThrow(
          () -> Rejected.of(Reason.FORBIDDEN, "the client certificate's SPIFFE id is no sender's"));
    }
    Sender sender = byToken(Bearer.token(authorization));
    if (shown.isPresent()) {
      return agreed(sender, shown.get());
    }
    return peer.flatMap(Peer::place).map(sender::at).orElse(sender);
  }

  private static Sender agreed(Sender byToken, Sender byCertificate) throws Rejected {
    if (!byToken.tenant().equals(byCertificate.tenant())) {
      throw Rejected.of(
          Reason.FORBIDDEN, "the token and the client certificate belong to different tenants");
    }
    if (byToken.side() != byCertificate.side()) {
      throw Rejected.of(
          Reason.FORBIDDEN,
          "of the token and the client certificate, one is the vendor's and one its customer's");
    }
    return byCertificate;
  }

  private Optional<Peer> peer(Optional<SSLSession> session) throws Rejected {
    if (peers.isEmpty() || session.isEmpty()) {
      return Optional.empty();
    }
    try {
      return peers.get().of(session.get());
    } catch (Refused e) {
      throw Rejected.of(Reason.UNAUTHENTICATED, "client certificate: " + e.getMessage());
    }
  }

  private Sender byToken(String token) throws Rejected {
    Sender sender;
    try {
      sender =
          senders
              .byToken(token)
              .orElseThrow(() -> Rejected.of(Reason.UNAUTHENTICATED, "the token is not known"));
    } catch (StorageFailure e) {
      throw new Rejected(InternalErrors.refusal(e));
    }
    if (!sender.mayIngest()) {
      throw Rejected.of(Reason.FORBIDDEN, "the token's role does not allow to send");
    }
    return sender;
  }
}
