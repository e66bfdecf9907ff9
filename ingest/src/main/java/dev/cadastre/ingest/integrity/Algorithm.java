package dev.cadastre.ingest.integrity;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.signature.Ed25519PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** Signature algorithms, by their JWA names (RFC 7518 section 3.1, RFC 8037 section 3.1). */
enum Algorithm {
  /** Ed25519, 64 bytes. */
  EDDSA("EdDSA"),
  /** ECDSA on P-256 with SHA-256: DER as the Collector's processors write it, or r||s as JWA. */
  ES256("ES256"),
  /** RSASSA-PKCS1-v1_5 with SHA-256, 2,048 bits or more. */
  RS256("RS256"),
  /** HMAC with SHA-256, by its IANA name. */
  HMAC_SHA256("HMAC-SHA256");

  private static final ECParameterSpec P256 = p256();
  private static final int P256_RAW_BYTES = 64;
  private static final int RSA_BITS_MIN = 2_048;

  private final String wire;

  Algorithm(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }

  static Optional<Algorithm> of(String wire) {
    return Arrays.stream(values()).filter(one -> one.wire.equalsIgnoreCase(wire)).findFirst();
  }

  /** The algorithm that a public key is for. */
  static Algorithm of(PublicKey key) throws Refused {
    if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
      ed25519(ed);
      return EDDSA;
    }
    if (key instanceof ECPublicKey ec && ec.getParams().getCurve().equals(P256.getCurve())) {
      return ES256;
    }
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS_MIN) {
      return RS256;
    }
    throw new Refused(
        "expected a key of Ed25519, P-256 or RSA of "
            + RSA_BITS_MIN
            + " bits or more, found another "
            + key.getAlgorithm()
            + " key");
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** Whether the key signed the message; not for {@link #HMAC_SHA256}. */
  boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      return this == EDDSA
          ? ed25519(key).verifies(message, signature)
          : verifiesByJca(key, message, signature);
    } catch (GeneralSecurityException | Refused e) {
      return false; // What is no signature at all is none of this message.
    }
  }

  private boolean verifiesByJca(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(jca());
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(this == ES256 ? raw(signature) : signature);
  }

  /** The key's 32 bytes end its SubjectPublicKeyInfo (RFC 8410 section 4). */
  private static Ed25519PublicKey ed25519(PublicKey key) throws Refused {
    byte[] der = key.getEncoded();
    return Ed25519PublicKey.of(
        Arrays.copyOfRange(der, der.length - Ed25519PublicKey.LENGTH, der.length));
  }

  /** r||s; DER only in its one encoding, where the JDK takes negative numbers, too. */
  private static byte[] raw(byte[] signature) throws GeneralSecurityException {
    if (signature.length == P256_RAW_BYTES) {
      return signature;
    }
    try {
      BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(P256.getOrder(), signature);
      return PlainDSAEncoding.INSTANCE.encode(P256.getOrder(), rs[0], rs[1]);
    } catch (IOException | RuntimeException e) {
      throw new SignatureException("expected an ECDSA signature in DER", e);
    }
  }

  private String jca() {
    return switch (this) {
      case ES256 -> "SHA256withECDSAinP1363Format";
      case RS256 -> "SHA256withRSA";
      case EDDSA -> throw new IllegalStateException("verified without a provider");
      case HMAC_SHA256 -> throw new IllegalArgumentException("a shared secret has no public key");
    };
  }
}
