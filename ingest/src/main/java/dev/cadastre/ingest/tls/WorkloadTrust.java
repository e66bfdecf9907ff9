package dev.cadastre.ingest.tls;

import dev.cadastre.formats.Refused;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** Lets in whom a configured bundle vouches for, as the appraiser sees it at that moment. */
final class WorkloadTrust implements X509TrustManager {
  private final EvidenceAppraiser appraiser;

  WorkloadTrust(EvidenceAppraiser appraiser) {
    this.appraiser = appraiser;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    try {
      appraiser.peer(List.of(chain));
    } catch (Refused e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw new CertificateException("a cell calls nobody");
  }

  /** What clients are told to choose their certificate by. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return appraiser.bundles().toArray(X509Certificate[]::new);
  }
}
