package dev.cadastre.ingest.location;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * A PKCS #7 message with one signature (CMS SignedData, RFC 5652 section 5), its content inside or
 * beside it. BouncyCastle reads it; the signature is checked here, for Azure names the signature's
 * algorithm where the digest's should stand.
 */
final class SignedMessage {
  private static final int RSA_BITS_MIN = 2048;

  /** Digests by the object identifiers of themselves and of signatures made with them. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512",
          "1.2.840.113549.1.1.11", "SHA-256",
          "1.2.840.113549.1.1.12", "SHA-384",
          "1.2.840.113549.1.1.13", "SHA-512",
          "1.2.840.10045.4.3.2", "SHA-256",
          "1.2.840.10045.4.3.3", "SHA-384",
          "1.2.840.10045.4.3.4", "SHA-512");

  private final CMSSignedData data;
  private final SignerInformation signer;

  private SignedMessage(CMSSignedData data, SignerInformation signer) {
    this.data = data;
    this.signer = signer;
  }

  static SignedMessage parse(byte[] der) throws Unproven {
    try {
      CMSSignedData data = new CMSSignedData(der);
      List<SignerInformation> signers = List.copyOf(data.getSignerInfos().getSigners());
      if (signers.size() != 1) {
        throw new Unproven("the PKCS #7 message has " + signers.size() + " signatures, not one");
      }
      return new SignedMessage(data, signers.get(0));
    } catch (CMSException | RuntimeException e) {
      // BouncyCastle throws many a RuntimeException on malformed structures.
      throw new Unproven("not a PKCS #7 signed message");
    }
  }

  /** The content that the message carries, if it carries any. */
  Optional<byte[]> content() {
    CMSProcessable content = data.getSignedContent();
    return content != null && content.getContent() instanceof byte[] bytes
        ? Optional.of(bytes)
        : Optional.empty();
  }

  /** Whether the signer says to be this certificate's subject; the signature alone tells. */
  boolean names(X509Certificate certificate) {
    return signer.getSID().getSerialNumber() != null
        && signer.getSID().getSerialNumber().equals(certificate.getSerialNumber())
        && issuer().equals(Optional.of(certificate.getIssuerX500Principal()));
  }

  private Optional<X500Principal> issuer() {
    try {
      return Optional.of(new X500Principal(signer.getSID().getIssuer().getEncoded()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The certificates that the message brings along, which prove nothing by being there. */
  List<X509Certificate> certificates() throws Unproven {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
        certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new Unproven("a certificate in the PKCS #7 message cannot be read");
    }
    return certificates;
  }

  /**
   * Whether {@code key} signed {@code content}.
   *
   * @throws Unproven if the signature is of a kind that proves nothing today
   */
  boolean signed(PublicKey key, byte[] content) throws Unproven {
    String digest = DIGESTS.get(signer.getDigestAlgOID());
    if (digest == null) {
      throw new Unproven("the signature uses a digest other than SHA-256, SHA-384 and SHA-512");
    }
    try {
      byte[] attributes = signer.getEncodedSignedAttributes();
      if (attributes != null && !vouchFor(content, digest)) {
        return false;
      }
      Signature signature = Signature.getInstance(algorithm(key, digest));
      signature.initVerify(key);
      signature.update(attributes == null ? content : attributes);
      return signature.verify(signer.getSignature());
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return false;
    }
  }

  /** RFC 5652 section 5.4: the attributes are what is signed, and the content's digest in them. */
  private boolean vouchFor(byte[] content, String digest) throws GeneralSecurityException {
    Attribute stated = signer.getSignedAttributes().get(CMSAttributes.messageDigest);
    if (stated == null || stated.getAttributeValues().length != 1) {
      return false;
    }
    byte[] expected = ASN1OctetString.getInstance(stated.getAttributeValues()[0]).getOctets();
    byte[] computed = java.security.MessageDigest.getInstance(digest).digest(content);
    return Arrays.equals(expected, computed);
  }

  private static String algorithm(PublicKey key, String digest) throws Unproven {
    String hash = digest.replace("-", "");
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS_MIN) {
      return hash + "withRSA";
    }
    if (key instanceof ECPublicKey) {
      return hash + "withECDSA";
    }
    throw new Unproven("the signing key is neither RSA of at least 2048 bits nor ECDSA");
  }
}
