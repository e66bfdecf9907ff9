package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Refused;

/** Where tiles come from: a store, an HTTP client, a test. */
@FunctionalInterface
public interface TileReader {
  /**
   * A tile's hashes one after another, {@code 32 × width} bytes.
   *
   * @throws Refused if there is no such tile
   */
  byte[] tile(TileAddress address) throws Refused;
}
