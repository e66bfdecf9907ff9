package dev.cadastre.ingest.tls;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who is at the other end of a connection. Connections live long, certificates may not: what the
 * handshake found is asked again after a minute.
 */
public final class Peers {
  private static final String KNOWN = "dev.cadastre.peer";
  private static final long FRESH_NS = Duration.ofMinutes(1).toNanos();

  private final EvidenceAppraiser appraiser;

  public Peers(EvidenceAppraiser appraiser) {
    this.appraiser = appraiser;
  }

  private record Known(Peer peer, long asked) {}

  /**
   * The workload whose certificate the client showed; empty if it showed none.
   *
   * @throws Refused if nobody vouches for it any more
   */
  public Optional<Peer> of(SSLSession session) throws Refused {
    long now = System.nanoTime();
    if (session.getValue(KNOWN) instanceof Known known && now - known.asked < FRESH_NS) {
      return Optional.of(known.peer);
    }
    List<X509Certificate> chain = chain(session);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    Peer peer = appraiser.peer(chain);
    session.putValue(KNOWN, new Known(peer, now));
    return Optional.of(peer);
  }

  private static List<X509Certificate> chain(SSLSession session) {
    try {
      Certificate[] shown = session.getPeerCertificates();
      return Stream.of(shown).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
