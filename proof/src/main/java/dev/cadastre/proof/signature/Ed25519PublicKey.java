package dev.cadastre.proof.signature;

import dev.cadastre.formats.Refused;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key of prime order. A signature holds exactly if the equation of RFC 8032 section
 * 5.1.7 holds without the cofactor, R and S in their canonical encodings: what OpenSSL and Go
 * accept of such keys, so that evidence verifies everywhere or nowhere.
 */
public final class Ed25519PublicKey implements PublicKey {
  /** Bytes of a key; of the point R, with which a signature begins, too. */
  public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

  private static final byte[] NEUTRAL = neutral();

  private final byte[] encoded;
  private final Ed25519.PublicPoint point;

  private Ed25519PublicKey(byte[] encoded, Ed25519.PublicPoint point) {
    this.encoded = encoded;
    this.point = point;
  }

  /**
   * Reads the 32 bytes of RFC 8032. A point that is not canonical or not of prime order is refused:
   * it verifies signatures that its owner never made, and not everywhere the same.
   */
  public static Ed25519PublicKey of(byte[] encoded) throws Refused {
    if (encoded.length != LENGTH) {
      throw new Refused(
          "expected an Ed25519 public key of " + LENGTH + " bytes, found " + encoded.length);
    }
    byte[] copy = encoded.clone();
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
    if (point == null) {
      throw new Refused("expected an Ed25519 public key of prime order, found another value");
    }
    return new Ed25519PublicKey(copy, point);
  }

  private static byte[] neutral() {
    byte[] encoded = new byte[LENGTH];
    encoded[0] = 1;
    return encoded;
  }

  @Override
  public byte[] bytes() {
    return encoded.clone();
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, point, message, 0, message.length)
        && hasNoTorsion(signature);
  }

  /**
   * The library multiplies the equation, which can cancel a part of R of small order. The key has
   * no such part, and so the equation as it stands holds too exactly if R has none.
   */
  private static boolean hasNoTorsion(byte[] signature) {
    return Ed25519.validatePublicKeyFull(signature, 0)
        || Arrays.equals(signature, 0, LENGTH, NEUTRAL, 0, LENGTH);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ed25519PublicKey that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
