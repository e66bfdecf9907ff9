package dev.cadastre.ingest.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmTest {
  private static final byte[] MESSAGE = "a record".getBytes(StandardCharsets.UTF_8);

  private static PublicKey ed25519(String hex) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex("302a300506032b6570032100" + hex);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
  }

  @Test
  void aSignatureWithBytesBehindItDoesNotHold() throws Exception {
    KeyPair pair = TestSigner.pair("Ed25519", NamedParameterSpec.ED25519);
    byte[] signature = TestSigner.sign("Ed25519", pair.getPrivate(), MESSAGE);
    assertEquals(Algorithm.EDDSA, Algorithm.of(pair.getPublic()));
    assertTrue(Algorithm.EDDSA.verifies(pair.getPublic(), MESSAGE, signature));
    for (int length : new int[] {0, 63, 65, 128}) {
      byte[] other = Arrays.copyOf(signature, length);
      assertFalse(Algorithm.EDDSA.verifies(pair.getPublic(), MESSAGE, other), length + " bytes");
    }
  }

  /** C2SP CCTV, ed25519vectors.json, number 267: holds with the cofactor alone. */
  @Test
  void aSignatureThatHoldsWithTheCofactorAloneDoesNotHold() throws Exception {
    PublicKey key = ed25519("ef75b20e7540e3dff77404193652ba2bd13df99c1508eee1515e27ae25f28076");
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "36684ea91032ba5b1dbab2d02f4debc74c3327f2b3802e2e4d371aa42b12b56b"
                    + "2d471882773a677af1e3824e757a33f8ddf7bbeaf3d28a09595eb8daa0d74a03");
    byte[] message = "ed25519vectors 3".getBytes(StandardCharsets.US_ASCII);
    assertFalse(Algorithm.EDDSA.verifies(key, message, signature));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f"
      })
  void aKeyThatIsNotOfPrimeOrderIsNoKeyToTrust(String hex) throws Exception {
    PublicKey weak = ed25519(hex);
    assertThrows(Refused.class, () -> Algorithm.of(weak));
    assertFalse(Algorithm.EDDSA.verifies(weak, MESSAGE, new byte[64]));
  }

  /** Some libraries read a number without its leading zero as negative, the JDK as positive. */
  @Test
  void derHasOneEncoding() throws Exception {
    KeyPair pair = TestSigner.p256();
    int longer = 0;
    for (int i = 0; i < 64; i++) {
      byte[] signature = TestSigner.sign("SHA256withECDSA", pair.getPrivate(), MESSAGE);
      assertTrue(Algorithm.ES256.verifies(pair.getPublic(), MESSAGE, signature));
      int length = signature[3];
      if (length == 33) {
        byte[] negative = new byte[signature.length - 1];
        System.arraycopy(signature, 0, negative, 0, 4);
        System.arraycopy(signature, 5, negative, 4, negative.length - 4);
        negative[1]--;
        negative[3]--;
        assertFalse(Algorithm.ES256.verifies(pair.getPublic(), MESSAGE, negative));
        longer++;
      }
      byte[] more = Arrays.copyOf(signature, signature.length + 1);
      assertFalse(Algorithm.ES256.verifies(pair.getPublic(), MESSAGE, more));
    }
    assertTrue(longer > 0);
  }
}
