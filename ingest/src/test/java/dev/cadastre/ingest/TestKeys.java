package dev.cadastre.ingest;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.vault.KeyWrap;
import dev.cadastre.proof.note.Ed25519NoteSigner;
import dev.cadastre.proof.note.NoteSigner;
import java.nio.charset.StandardCharsets;

/** Keys that follow from names; wrapping is an exclusive or, enough to see keys come back. */
final class TestKeys implements CheckpointSigner, KeyWrap {
  @Override
  public NoteSigner signerFor(String origin) {
    return new Ed25519NoteSigner(origin, digest("signs " + origin));
  }

  @Override
  public byte[] wrap(byte[] key, byte[] context) {
    byte[] pad = digest("wraps");
    byte[] wrapped = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      wrapped[i] = (byte) (key[i] ^ pad[i]);
    }
    return wrapped;
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return wrap(wrapped, context);
  }

  private static byte[] digest(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes();
  }
}
