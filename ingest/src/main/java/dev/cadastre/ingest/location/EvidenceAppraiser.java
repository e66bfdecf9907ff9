package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.LocationEvidence;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import dev.cadastre.ingest.location.Appraisal.Rejected;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appraises evidence of senders' locations. Evidence that stands on a Resource comes with every
 * request, so its appraisal is remembered by its hash; what depends on the time and on who sends is
 * asked anew each time. The trust directory is read again once a minute. Safe for concurrent use.
 */
public final class EvidenceAppraiser {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceAppraiser.class);
  private static final int VALUE_BYTES_MAX = 64 << 10;
  private static final Duration REREAD = Duration.ofMinutes(1);

  private final EvidenceSettings settings;
  private final InstantSource clock;
  private final TrustAnchorDirectory directory;
  private final FirstSenders firstSenders;
  private RememberedAppraisals trusted;
  private Instant read;

  private EvidenceAppraiser(
      EvidenceSettings settings,
      InstantSource clock,
      TrustAnchorDirectory directory,
      FirstSenders first)
      throws IOException, Refused {
    this.settings = settings;
    this.clock = clock;
    this.directory = directory;
    this.firstSenders = first;
    this.trusted = new RememberedAppraisals(directory.read());
    this.read = clock.instant();
  }

  /**
   * Opens an appraiser.
   *
   * @throws Refused if something in the trust directory is not what it should be
   */
  public static EvidenceAppraiser open(EvidenceSettings settings, InstantSource clock)
      throws IOException, Refused {
    return new EvidenceAppraiser(
        settings,
        clock,
        new TrustAnchorDirectory(settings.trust()),
        FirstSenders.open(settings.memory()));
  }

  /**
   * Appraises what a sender attached to what it writes to a log. Empty for types that are not known
   * and for those of which the operator trusts nobody: then nothing is said of it.
   */
  public Optional<Appraisal> appraise(String log, String sender, Evidence evidence) {
    Optional<EvidenceType> type = EvidenceType.of(evidence.type());
    RememberedAppraisals trust = trusted();
    if (type.isEmpty() || !trust.anchors().knows(type.get())) {
      return Optional.empty();
    }
    Appraisal appraisal = appraisal(trust, type.get(), evidence);
    if (appraisal instanceof Genuine genuine) {
      appraisal = genuine.at(clock.instant());
    }
    return Optional.of(
        appraisal instanceof Genuine genuine ? ofSender(log, sender, genuine) : appraisal);
  }

  /** Genuine evidence that was appraised before, unless its time is over. */
  public Optional<Genuine> still(Genuine genuine) {
    return genuine.at(clock.instant()) instanceof Genuine one ? Optional.of(one) : Optional.empty();
  }

  private Appraisal ofSender(String log, String sender, Genuine genuine) {
    String first = firstSenders.of(log, genuine.statement(), sender);
    return first.equals(sender)
        ? genuine
        : new Rejected("another sender, " + first + ", sent the same evidence first");
  }

  private Appraisal appraisal(RememberedAppraisals trust, EvidenceType type, Evidence evidence) {
    if (evidence.value().length > VALUE_BYTES_MAX
        || evidence.document().filter(it -> it.length > VALUE_BYTES_MAX).isPresent()) {
      return new Rejected("larger than " + VALUE_BYTES_MAX + " bytes");
    }
    return trust.of(type, evidence, anchors -> anew(anchors, type, evidence));
  }

  private Appraisal anew(TrustAnchors anchors, EvidenceType type, Evidence evidence) {
    try {
      return switch (type) {
        case AWS -> new AwsIdentityDocuments(anchors).appraise(evidence);
        case GCE -> new GceIdentityTokens(anchors, settings.audiences()).appraise(evidence);
        case AZURE -> new AzureAttestedDocuments(anchors, settings.nonce()).appraise(evidence);
        case SPIFFE ->
            throw new Unproven("a SPIFFE id counts as the certificate of the connection alone");
      };
    } catch (Unproven e) {
      return new Rejected(e.why());
    }
  }

  /** A workload that a client certificate names. */
  public record Peer(SpiffeId id, Optional<Genuine> place) {}

  /**
   * Who holds the key of a client certificate.
   *
   * @param chain the certificate and those between it and a bundle
   * @throws Refused if no configured bundle vouches for it; the message is for the client
   */
  public Peer peer(List<X509Certificate> chain) throws Refused {
    try {
      SpiffeId id = new SpiffePeers(trusted().anchors()).verify(chain, clock.instant());
      return new Peer(id, place(id, chain.get(0)));
    } catch (Unproven e) {
      throw new Refused(e.why(), e);
    }
  }

  private Optional<Genuine> place(SpiffeId id, X509Certificate leaf) {
    return settings
        .regions()
        .flatMap(pattern -> pattern.find(id))
        .map(found -> genuine(id, leaf, found));
  }

  private static Genuine genuine(SpiffeId id, X509Certificate leaf, SpiffePattern.Found found) {
    Hash certificate = CertificatePaths.hash(leaf);
    Instant from = leaf.getNotBefore().toInstant();
    return new Genuine(
        found.provider(),
        found.region(),
        certificate,
        from,
        leaf.getNotAfter().toInstant(),
        new LocationEvidence(
            EvidenceTimes.nanos(from),
            CertificatePaths.fingerprint(leaf.getPublicKey()),
            certificate,
            id.toString(),
            EvidenceType.SPIFFE.wire()));
  }

  /** Every bundle's certificates, for the handshake; {@link #peer} asks more than it can. */
  public List<X509Certificate> bundles() {
    return trusted().anchors().spiffe().values().stream().flatMap(List::stream).toList();
  }

  /** Google's keys change weekly: who renews the files must not have to restart the cell. */
  private synchronized RememberedAppraisals trusted() {
    Instant now = clock.instant();
    if (now.isBefore(read.plus(REREAD))) {
      return trusted;
    }
    read = now;
    try {
      TrustAnchors fresh = directory.read();
      if (!fresh.equals(trusted.anchors())) {
        trusted = new RememberedAppraisals(fresh);
      }
    } catch (IOException | Refused e) {
      LOG.warn("the trust directory cannot be read; what was trusted before still is", e);
    }
    return trusted;
  }
}
