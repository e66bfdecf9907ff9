package dev.cadastre.proof.signature;

import dev.cadastre.formats.Refused;
import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.jspecify.annotations.Nullable;

/** An ML-DSA-44 key; signatures are those of FIPS 204 section 5.2 with an empty context. */
public final class MlDsa44PublicKey implements PublicKey {
  /** Bytes of a key. */
  public static final int LENGTH = 1_312;

  private static final int SIGNATURE_LENGTH = 2_420;

  private final byte[] encoded;

  private MlDsa44PublicKey(byte[] encoded) {
    this.encoded = encoded;
  }

  /** Reads the encoding of FIPS 204, of which every value of the right length is a key. */
  public static MlDsa44PublicKey of(byte[] encoded) throws Refused {
    if (encoded.length != LENGTH) {
      throw new Refused(
          "expected an ML-DSA-44 public key of " + LENGTH + " bytes, found " + encoded.length);
    }
    return new MlDsa44PublicKey(encoded.clone());
  }

  @Override
  public byte[] bytes() {
    return encoded.clone();
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, encoded));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MlDsa44PublicKey that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
