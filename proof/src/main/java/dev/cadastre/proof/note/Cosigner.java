package dev.cadastre.proof.note;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.time.InstantSource;
import java.util.function.Function;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * Cosigns checkpoints with a key held in memory (types 0x04 and 0x06), as a log or a witness does.
 */
public final class Cosigner implements NoteSigner {
  private final VerifierKey key;
  private final InstantSource clock;
  private final Function<byte[], byte[]> algorithm;

  private Cosigner(VerifierKey key, InstantSource clock, Function<byte[], byte[]> algorithm) {
    this.key = key;
    this.clock = clock;
    this.algorithm = algorithm;
  }

  /** A cosigner of type 0x04 from the 32-byte private key of RFC 8032. */
  public static Cosigner ed25519(String name, byte[] seed, InstantSource clock) {
    byte[] secret = seed.clone();
    byte[] publicKey = Ed25519NoteSigner.publicKey(secret);
    VerifierKey key = VerifierKey.of(name, SignatureType.ED25519_COSIGNATURE, publicKey);
    return new Cosigner(key, clock, message -> Ed25519NoteSigner.sign(secret, message));
  }

  /** A cosigner of type 0x06 from the 32-byte seed of FIPS 204. */
  public static Cosigner mlDsa44(String name, byte[] seed, InstantSource clock) {
    MLDSAPrivateKeyParameters secret =
        new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed.clone());
    byte[] publicKey = secret.getPublicKeyParameters().getEncoded();
    VerifierKey key = VerifierKey.of(name, SignatureType.ML_DSA_44_COSIGNATURE, publicKey);
    return new Cosigner(key, clock, message -> signMlDsa(secret, message));
  }

  /**
   * Deterministic ML-DSA-44 (FIPS 204 section 3.4), so that the same statement has the same bytes.
   */
  private static byte[] signMlDsa(MLDSAPrivateKeyParameters key, byte[] message) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("ML-DSA signing has no failing input", e);
    }
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  /**
   * Cosigns a checkpoint's text at the clock's time.
   *
   * @throws IllegalArgumentException if the text is no checkpoint
   */
  @Override
  public NoteSignature sign(String text) {
    long timeS = clock.instant().getEpochSecond();
    try {
      byte[] message = Cosignature.message(key.type(), key.name(), timeS, text);
      Cosignature cosignature = new Cosignature(timeS, algorithm.apply(message));
      return new NoteSignature(key.name(), key.id(), cosignature.blob());
    } catch (Refused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Cosigns the subtree [start, end) of a log without stating a time; only ML-DSA-44 can. */
  public Cosignature signSubtree(String origin, long start, long end, Hash root)
      throws NoteRefused {
    if (key.type() != SignatureType.ML_DSA_44_COSIGNATURE) {
      throw new NoteRefused("expected an ML-DSA-44 key for a subtree, found " + key.type());
    }
    Cosignature.requireSubtree(start, end);
    byte[] message = Cosignature.cosignedMessage(key.name(), 0, origin, start, end, root);
    return new Cosignature(0, algorithm.apply(message));
  }
}
