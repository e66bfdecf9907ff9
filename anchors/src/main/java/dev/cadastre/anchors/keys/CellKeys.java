package dev.cadastre.anchors.keys;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.RowSeal;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.NoteSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The two secrets of a cell: one from which the Ed25519 key of every log in the cell is derived,
 * and the AES-256 key that wraps each log's disclosure key.
 *
 * <p>Each log has a key of its own, because a C2SP tlog-policy that trusts two logs may not list
 * one public key twice. Deriving them (HKDF, RFC 5869, with the log's origin as info) leaves the
 * operator one secret to guard however many tenants there are.
 */
public final class CellKeys implements CheckpointSigner, KeyWrap, RowSeal {
  private static final byte[] SIGNING_SALT =
      "cadastre/log-signing-key/v1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ROW_SALT = "cadastre/row-key/v1".getBytes(StandardCharsets.US_ASCII);
  private static final String MAC = "HmacSHA256";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] signingSecret;
  private final SecretKeySpec wrappingKey;
  private final SecretKeySpec rowKey;
  private final SecureRandom random = new SecureRandom();

  private CellKeys(KeyStoreFile.Secrets secrets) {
    this.signingSecret = secrets.signing();
    this.wrappingKey = new SecretKeySpec(secrets.wrapping(), "AES");
    this.rowKey = new SecretKeySpec(derive(secrets.wrapping(), ROW_SALT, new byte[0]), MAC);
  }

  /**
   * Opens {@code dir/cell.p12}, making it first when the directory has none. Several processes may
   * call this at once; they all get the same keys.
   *
   * @throws KeyStoreDamaged when the file exists and cannot be read: new keys are never made in the
   *     place of unreadable ones
   * @throws IOException when the directory cannot be written
   */
  public static CellKeys open(Path dir) throws IOException, KeyStoreDamaged {
    return new CellKeys(new KeyStoreFile(dir).loadOrCreate());
  }

  /**
   * Opens the keys that must be there. Makes and locks nothing, so the directory may lie on a
   * read-only medium.
   *
   * @throws KeyStoreDamaged when any part of them is missing or cannot be read
   */
  public static CellKeys existing(Path dir) throws IOException, KeyStoreDamaged {
    return new CellKeys(new KeyStoreFile(dir).existing());
  }

  @Override
  public NoteSigner signerFor(String origin) {
    byte[] seed = derive(signingSecret, SIGNING_SALT, origin.getBytes(StandardCharsets.UTF_8));
    return new Ed25519NoteSigner(origin, seed);
  }

  private static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, salt, info));
    byte[] derived = new byte[32];
    hkdf.generateBytes(derived, 0, derived.length);
    return derived;
  }

  @Override
  public byte[] mac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(rowKey);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no HMAC-SHA-256", e);
    }
  }

  /** AES-256-GCM: 12-byte random nonce, ciphertext, 16-byte tag. */
  @Override
  public byte[] wrap(byte[] key, byte[] context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, key, context);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES-GCM", e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) throws Refused {
    if (wrapped.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      throw new Refused("expected a wrapped key, found " + wrapped.length + " bytes");
    }
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(wrapped, NONCE_BYTES, wrapped.length);
    try {
      return crypt(Cipher.DECRYPT_MODE, nonce, sealed, context);
    } catch (GeneralSecurityException e) {
      throw new Refused("expected a key wrapped by this cell's key, found another", e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, wrappingKey, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher.doFinal(input);
  }
}
