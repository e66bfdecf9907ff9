package dev.cadastre.ledger.vault;

import dev.cadastre.formats.Refused;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a log's key. A ciphertext is a random 12-byte nonce, the encrypted bytes and the
 * 16-byte tag.
 */
final class LogCipher {
  static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final byte[] saltSecret;

  LogCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    this.saltSecret = RecordSalts.secret(key);
  }

  /** The salts that are destroyed with this key. */
  RecordSalts salts() {
    return RecordSalts.of(saltSecret);
  }

  byte[] encrypt(byte[] plaintext, byte[] context, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
      byte[] out = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plaintext.length));
      cipher.doFinal(plaintext, 0, plaintext.length, out, NONCE_BYTES);
      return out;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", impossible);
    }
  }

  byte[] decrypt(byte[] ciphertext, byte[] context) throws Refused {
    if (ciphertext.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new Refused("expected a nonce and a tag, found " + ciphertext.length + " bytes");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(ciphertext, NONCE_BYTES), context);
      return cipher.doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
    } catch (AEADBadTagException forged) {
      throw new Refused(
          "the disclosures were not encrypted for this place by this log's key", forged);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", impossible);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
