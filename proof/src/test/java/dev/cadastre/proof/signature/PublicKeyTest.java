package dev.cadastre.proof.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PublicKeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SPKI_HEAD = HEX.parseHex("302a300506032b6570032100");

  @TestFactory
  Stream<DynamicTest> ed25519Vectors() {
    return Vectors.tests(
        "ed25519",
        vector -> {
          Ed25519PublicKey key = Ed25519PublicKey.of(Vectors.hex(vector, "publicKey"));
          if (!key.verifies(Vectors.hex(vector, "message"), Vectors.hex(vector, "signature"))) {
            throw new Refused("expected a signature of the key, found another");
          }
        });
  }

  /** Under keys that are accepted, this check and the JDK's agree on everything of 64 bytes. */
  @Test
  void whatHoldsHoldsForTheJdkToo() throws Exception {
    int compared = 0;
    for (Json.Obj vector : Vectors.all("ed25519")) {
      byte[] signature = Vectors.hex(vector, "signature");
      if (!vector.strings("flags").contains("WeakKey") && signature.length == 64) {
        byte[] key = Vectors.hex(vector, "publicKey");
        byte[] message = Vectors.hex(vector, "message");
        assertEquals(jdk(key, message, signature), verifies(key, message, signature));
        compared++;
      }
    }
    assertTrue(compared > 100);
  }

  /** The library alone accepts some of what is refused: without those, nothing is shown here. */
  @Test
  void theVectorsHoldWhatTheLibraryAcceptsAlone() throws Exception {
    int more = 0;
    for (Json.Obj vector : Vectors.all("ed25519")) {
      byte[] key = Vectors.hex(vector, "publicKey");
      byte[] message = Vectors.hex(vector, "message");
      byte[] signature = Vectors.hex(vector, "signature");
      if (vector.strings("flags").contains("Torsion")) {
        more += Ed25519.verify(signature, 0, key, 0, message, 0, message.length) ? 1 : 0;
      }
    }
    assertTrue(more > 20, more + " of them");
  }

  private static boolean verifies(byte[] key, byte[] message, byte[] signature) throws Refused {
    return Ed25519PublicKey.of(key).verifies(message, signature);
  }

  private static boolean jdk(byte[] key, byte[] message, byte[] signature) {
    try {
      byte[] der = Arrays.copyOf(SPKI_HEAD, SPKI_HEAD.length + key.length);
      System.arraycopy(key, 0, der, SPKI_HEAD.length, key.length);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Test
  void keysAreOfTheirLengthAndCopiedInAndOut() throws Refused {
    for (int length : new int[] {0, 31, 33}) {
      assertThrows(Refused.class, () -> Ed25519PublicKey.of(new byte[length]));
    }
    assertThrows(Refused.class, () -> MlDsa44PublicKey.of(new byte[1_311]));
    byte[] encoded = new byte[Ed25519PublicKey.LENGTH];
    Ed25519.generatePublicKey(new byte[32], 0, encoded, 0);
    Ed25519PublicKey key = Ed25519PublicKey.of(encoded.clone());
    key.bytes()[0] ^= 1;
    assertArrayEquals(encoded, key.bytes());
    assertEquals(Ed25519PublicKey.of(encoded), key);
    assertNotEquals(MlDsa44PublicKey.of(new byte[1_312]), key);
    assertFalse(MlDsa44PublicKey.of(new byte[1_312]).verifies(encoded, new byte[2_419]));
  }
}
