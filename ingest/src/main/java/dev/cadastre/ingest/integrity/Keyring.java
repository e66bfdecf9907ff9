package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The keys that an operator trusts to sign one tenant's records. */
public final class Keyring {
  /** Trusts nobody. */
  public static final Keyring EMPTY = new Keyring(List.of());

  /** A certificate of RSA-4096 in base64 has half of that. */
  private static final int REFERENCE_CHARS_MAX = 8_192;

  private static final int REMEMBERED_MAX = 64;

  private final List<TrustedKey> keys;

  /** Records of a request share their reference, and finding out what it means takes long. */
  private final Map<String, Optional<TrustedKey>> meant = new ConcurrentHashMap<>();

  Keyring(List<TrustedKey> keys) {
    this.keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  int size() {
    return keys.size();
  }

  /** Keys of an algorithm that may sign. */
  List<TrustedKey> of(Algorithm algorithm) {
    return keys.stream().filter(key -> key.algorithm() == algorithm).toList();
  }

  /**
   * The key that a reference means: one of the ring, or the one in a whole certificate if that is
   * of the ring or was issued by an authority of it. Whether it is valid when it signs is not asked
   * here.
   *
   * @param reference the draft's {@code audit.integrity.certificate}
   */
  Optional<TrustedKey> meantBy(String reference) {
    if (reference.length() > REFERENCE_CHARS_MAX) {
      return Optional.empty();
    }
    Optional<TrustedKey> known = meant.get(reference);
    if (known == null) {
      known = find(reference);
      if (meant.size() >= REMEMBERED_MAX) {
        meant.clear();
      }
      meant.put(reference, known);
    }
    return known;
  }

  private Optional<TrustedKey> find(String reference) {
    Optional<TrustedKey> known = keys.stream().filter(key -> key.isMeantBy(reference)).findFirst();
    return known.isPresent() ? known : certificate(reference).flatMap(this::trusted);
  }

  private static Optional<X509Certificate> certificate(String base64) {
    try {
      byte[] der = Encodings.base64(base64);
      return Optional.of(
          (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der)));
    } catch (Refused | GeneralSecurityException e) {
      return Optional.empty(); // It is none of the draft's forms; then it means no key.
    }
  }

  private Optional<TrustedKey> trusted(X509Certificate carried) {
    for (TrustedKey key : keys) {
      if (key instanceof TrustedKey.Certified one && one.certificate().equals(carried)
          || key instanceof TrustedKey.Bare bare && bare.key().equals(carried.getPublicKey())) {
        return Optional.of(key);
      }
    }
    try {
      return issuedByAuthority(carried)
          ? Optional.of(TrustedKey.Certified.of("", carried))
          : Optional.empty();
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private boolean issuedByAuthority(X509Certificate carried) {
    Set<TrustAnchor> authorities =
        keys.stream()
            .filter(key -> key instanceof TrustedKey.Certified one && one.isAuthority())
            .map(key -> new TrustAnchor(((TrustedKey.Certified) key).certificate(), null))
            .collect(Collectors.toSet());
    if (authorities.isEmpty()) {
      return false;
    }
    try {
      PKIXParameters parameters = new PKIXParameters(authorities);
      parameters.setRevocationEnabled(false); // Offline: revoking is taking out of the directory.
      parameters.setDate(carried.getNotBefore()); // Its time is asked for each record.
      CertPath path = factory().generateCertPath(List.of(carried));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509");
  }
}
