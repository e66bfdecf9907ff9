package dev.cadastre.proof.anchor;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A log's checkpoint as it stands in an anchor: unrecognisable to everyone who does not know the
 * salt, which only the log's readers do.
 *
 * @param salt 32 random bytes, fresh for each log and anchor
 * @param checkpoint the text of the checkpoint's note, without its signatures
 */
public record BlindedLeaf(Hash salt, String checkpoint) {

  /** SHA-256(0x00 ‖ salt ‖ checkpoint in UTF-8): a leaf of the anchor's tree. */
  public Hash hash() {
    byte[] text = checkpoint.getBytes(StandardCharsets.UTF_8);
    byte[] leaf =
        ByteBuffer.allocate(Hash.LENGTH + text.length).put(salt.bytes()).put(text).array();
    return Merkle.leafHash(leaf);
  }
}
