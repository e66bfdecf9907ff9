package dev.cadastre.ledger;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys that follow from names, so that every process of a test has the same. */
final class TestKeys implements CheckpointSigner, KeyWrap {
  @Override
  public NoteSigner signerFor(String origin) {
    return new Ed25519NoteSigner(origin, Hash.sha256(ascii("test key of "), ascii(origin)).bytes());
  }

  /** A one-time pad with a check value: enough to see that context and key come back. */
  @Override
  public byte[] wrap(byte[] key, byte[] context) {
    byte[] wrapped = Arrays.copyOf(pad(key, context), 64);
    Hash.sha256(key, context).copyTo(wrapped, 32);
    return wrapped;
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) throws Refused {
    byte[] key = pad(Arrays.copyOf(wrapped, 32), context);
    if (!Hash.sha256(key, context).equals(Hash.of(wrapped, 32))) {
      throw new Refused("not wrapped for this context");
    }
    return key;
  }

  private static byte[] pad(byte[] key, byte[] context) {
    byte[] pad = Hash.sha256(ascii("test kek"), context).bytes();
    for (int i = 0; i < pad.length; i++) {
      pad[i] ^= key[i];
    }
    return pad;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
