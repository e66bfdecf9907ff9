package dev.cadastre.proof.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What our own keys sign verifies, and says only what it should. */
class SignersTest {
  private static final String ORIGIN = "example.com/eu-de/bank";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600));
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(ORIGIN, 9, Hash.sha256(new byte[] {9}));

  private static byte[] seed(int n) {
    byte[] seed = new byte[32];
    seed[0] = (byte) n;
    return seed;
  }

  private static final Ed25519NoteSigner LOG = new Ed25519NoteSigner(ORIGIN, seed(1));
  private static final Cosigner W4 = Cosigner.ed25519("witness.example/4", seed(2), CLOCK);
  private static final Cosigner W6 = Cosigner.mlDsa44("witness.example/6", seed(3), CLOCK);

  @Test
  void allTypesVerifyOnOneCheckpoint() throws Refused {
    SignedNote note = SignedNote.sign(CHECKPOINT.text(), LOG, W4).with(W6.sign(CHECKPOINT.text()));
    List<VerifierKey> keys = List.of(W6.key(), LOG.key(), W4.key());
    assertEquals(
        List.of(LOG.key(), W4.key(), W6.key()), SignedNote.parse(note.bytes()).verify(keys));
    assertEquals(CHECKPOINT, Checkpoint.of(note));
    assertEquals(note, SignedNote.parse(note.bytes()));
    for (VerifierKey key : keys) {
      assertEquals(key, VerifierKey.parse(key.format()));
    }
  }

  @Test
  void theSameStatementHasTheSameSignature() {
    assertEquals(W4.sign(CHECKPOINT.text()), W4.sign(CHECKPOINT.text()));
    assertEquals(W6.sign(CHECKPOINT.text()), W6.sign(CHECKPOINT.text()));
    assertEquals(W6.sign(CHECKPOINT.text()).hashCode(), W6.sign(CHECKPOINT.text()).hashCode());
    Cosigner later =
        Cosigner.ed25519("witness.example/4", seed(2), () -> Instant.ofEpochSecond(1_767_225_601));
    assertNotEquals(W4.sign(CHECKPOINT.text()), later.sign(CHECKPOINT.text()));
  }

  @Test
  void cosignaturesCarryTheirTime() throws Refused {
    Cosignature cosignature = Cosignature.parse(W4.sign(CHECKPOINT.text()).signature());
    assertEquals(1_767_225_600, cosignature.timeS());
    assertEquals(64, cosignature.signature().length);
    assertEquals(cosignature, Cosignature.parse(cosignature.blob()));
    assertThrows(NoteRefused.class, () -> Cosignature.parse(new byte[8]));
    assertThrows(IllegalArgumentException.class, () -> new Cosignature(-1, new byte[64]));
  }

  @Test
  void cosignersSignCheckpointsAlone() {
    assertThrows(IllegalArgumentException.class, () -> W4.sign("hello\n"));
    assertThrows(IllegalArgumentException.class, () -> W6.sign("hello\n"));
    assertThrows(NoteRefused.class, () -> SignedNote.sign("no newline", LOG));
    assertThrows(NoteRefused.class, () -> SignedNote.sign("tab\t\n", LOG));
  }

  @Test
  void subtreesAreCosignedByMlDsaAloneAndWithoutTime() throws Refused {
    Hash root = Hash.sha256(new byte[] {1});
    Cosignature cosignature = W6.signSubtree(ORIGIN, 8, 16, root);
    assertEquals(0, cosignature.timeS());
    cosignature.verifySubtree(W6.key(), ORIGIN, 8, 16, root);
    assertThrows(NoteRefused.class, () -> cosignature.verifySubtree(W6.key(), ORIGIN, 8, 15, root));
    assertThrows(NoteRefused.class, () -> cosignature.verifySubtree(W6.key(), ORIGIN, 0, 16, root));
    assertThrows(
        NoteRefused.class, () -> cosignature.verifySubtree(W6.key(), "other", 8, 16, root));
    assertThrows(
        NoteRefused.class, () -> cosignature.verifySubtree(W6.key(), ORIGIN, 8, 16, Hash.ZERO));
    assertThrows(NoteRefused.class, () -> cosignature.verifySubtree(W4.key(), ORIGIN, 8, 16, root));
    assertThrows(NoteRefused.class, () -> W4.signSubtree(ORIGIN, 8, 16, root));
    Cosignature timed = new Cosignature(1, cosignature.signature());
    assertThrows(NoteRefused.class, () -> timed.verifySubtree(W6.key(), ORIGIN, 8, 16, root));
    assertThrows(NoteRefused.class, () -> W6.signSubtree("o".repeat(256), 0, 1, root));
    assertThrows(NoteRefused.class, () -> W6.signSubtree("", 0, 1, root));
    assertThrows(NoteRefused.class, () -> W6.signSubtree(ORIGIN, 2, 1, root));
  }

  @Test
  void malformedKeysAreBugs() {
    assertThrows(IllegalArgumentException.class, () -> new Ed25519NoteSigner(ORIGIN, new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> new Ed25519NoteSigner("a b", seed(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> VerifierKey.of("x", SignatureType.ED25519, new byte[32]));
  }

  @Test
  void fingerprintsTellKeysApartWhateverTheirNames() {
    VerifierKey renamed = new Ed25519NoteSigner("another", seed(1)).key();
    assertEquals(LOG.key().fingerprint(), renamed.fingerprint());
    assertTrue(LOG.key().samePublicKey(renamed));
    assertNotEquals(LOG.key(), renamed);
    assertNotEquals(LOG.key().id(), renamed.id());
    assertEquals(64, W6.key().fingerprint().length());
  }

  @Test
  void aFormattedPolicyReadsBack() throws Refused {
    byte[] file = TrustPolicy.format(List.of(LOG.key(), W6.key())).getBytes(StandardCharsets.UTF_8);
    TrustPolicy policy = TrustPolicy.parse(file);
    assertTrue(policy.listsLog(LOG.key()) && policy.listsLog(W6.key()));
    assertEquals(List.of(LOG.key()), policy.logKeys(ORIGIN));
    SignedNote note = SignedNote.sign(CHECKPOINT.text(), LOG);
    assertEquals(CHECKPOINT, policy.verify(note));
    TrustPolicy other = TrustPolicy.parse("quorum none\n".getBytes(StandardCharsets.UTF_8));
    assertThrows(NoteRefused.class, () -> other.verify(note));
    assertEquals(CHECKPOINT, other.withLog(LOG.key()).verify(note));
  }
}
