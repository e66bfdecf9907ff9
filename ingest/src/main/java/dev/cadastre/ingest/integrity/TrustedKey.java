package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Something that the operator trusts to sign a tenant's records. */
sealed interface TrustedKey {
  /** What the file is called, without its ending: a key id in the draft's sense. */
  String name();

  Algorithm algorithm();

  /** What entries call it. */
  String fingerprint();

  /** Whether the draft's reference {@code audit.integrity.certificate} means this key. */
  boolean isMeantBy(String reference);

  /** Whether it may sign at that time. */
  boolean isValidAt(Instant time);

  boolean verifies(byte[] message, byte[] signature);

  /** A public key alone; it does not expire. */
  record Bare(String name, Algorithm algorithm, PublicKey key) implements TrustedKey {
    static Bare of(String name, PublicKey key) throws Refused {
      return new Bare(name, Algorithm.of(key), key);
    }

    @Override
    public String fingerprint() {
      return "sha256:" + Hash.sha256(key.getEncoded()).hex();
    }

    @Override
    public boolean isMeantBy(String reference) {
      return reference.equals(name) || reference.equalsIgnoreCase(fingerprint());
    }

    @Override
    public boolean isValidAt(Instant time) {
      return true;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return algorithm.verifies(key, message, signature);
    }
  }

  /** A certificate: a signer's own, or one that a trusted authority issued. */
  record Certified(String name, Algorithm algorithm, X509Certificate certificate)
      implements TrustedKey {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final int TWO_DER_HEADERS = 4;

    static Certified of(String name, X509Certificate certificate) throws Refused {
      return new Certified(name, Algorithm.of(certificate.getPublicKey()), certificate);
    }

    /** Whether it may issue others (RFC 5280 section 4.2.1.9). */
    boolean isAuthority() {
      return certificate.getBasicConstraints() >= 0;
    }

    @Override
    public String fingerprint() {
      return "sha256:" + Hash.sha256(der()).hex();
    }

    @Override
    public boolean isMeantBy(String reference) {
      return reference.equals(name)
          || reference.equalsIgnoreCase(fingerprint())
          || reference.equalsIgnoreCase("sha1:" + sha1())
          || subjectKeyId().filter(reference.toLowerCase(Locale.ROOT)::equals).isPresent()
          || reference.equals(issuerAndSerial());
    }

    private String issuerAndSerial() {
      return certificate.getIssuerX500Principal().getName() + "/" + certificate.getSerialNumber();
    }

    private Optional<String> subjectKeyId() {
      byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
      // An OCTET STRING in an OCTET STRING, both short.
      return extension == null || extension.length <= TWO_DER_HEADERS
          ? Optional.empty()
          : Optional.of(
              HexFormat.of()
                  .formatHex(Arrays.copyOfRange(extension, TWO_DER_HEADERS, extension.length)));
    }

    private String sha1() {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(der()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has SHA-1", e);
      }
    }

    private byte[] der() {
      try {
        return certificate.getEncoded();
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a certificate that was read cannot be written", e);
      }
    }

    @Override
    public boolean isValidAt(Instant time) {
      Date date = Date.from(time);
      return !date.before(certificate.getNotBefore()) && !date.after(certificate.getNotAfter());
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return algorithm.verifies(certificate.getPublicKey(), message, signature);
    }
  }

  /** A secret shared with the sender. Entries say its name, since a hash of it could be guessed. */
  record Shared(String name, SecretKeySpec secret) implements TrustedKey {
    @Override
    public Algorithm algorithm() {
      return Algorithm.HMAC_SHA256;
    }

    @Override
    public String fingerprint() {
      return "hmac:" + name;
    }

    @Override
    public boolean isMeantBy(String reference) {
      return reference.equals(name);
    }

    @Override
    public boolean isValidAt(Instant time) {
      return true;
    }

    @Override
    public boolean verifies(byte[] message, byte[] tag) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return MessageDigest.isEqual(mac.doFinal(message), tag);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has HmacSHA256", e);
      }
    }
  }
}
