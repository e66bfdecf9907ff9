package dev.cadastre.proof.note;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The two signature algorithms, over bare messages. */
final class Signatures {
  private Signatures() {}

  static boolean verify(SignatureType type, byte[] publicKey, byte[] message, byte[] signature) {
    if (signature.length != type.signatureLength()) {
      return false;
    }
    return switch (type) {
      case ED25519, ED25519_COSIGNATURE ->
          Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
      case ML_DSA_44_COSIGNATURE -> verifyMlDsa(publicKey, message, signature);
    };
  }

  private static boolean verifyMlDsa(byte[] publicKey, byte[] message, byte[] signature) {
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  /**
   * Deterministic ML-DSA-44 (FIPS 204 section 3.4), so that the same statement has the same bytes.
   */
  static byte[] signMlDsa(MLDSAPrivateKeyParameters key, byte[] message) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("ML-DSA signing has no failing input", e);
    }
  }
}
