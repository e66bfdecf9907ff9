package dev.cadastre.proof.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bounds of our own, exactly where they are, and what keys and signatures are equal by. */
class NoteLimitsTest {
  private static final Ed25519NoteSigner LOG =
      new Ed25519NoteSigner("example.com/log", new byte[32]);
  private static final String TEXT = "text\n";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static NoteSignature stranger(int i) {
    return new NoteSignature("stranger" + i, i, new byte[] {1});
  }

  @Test
  void aHundredSignaturesAreRead() throws Refused {
    SignedNote note = SignedNote.sign(TEXT, LOG);
    for (int i = 1; i < SignedNote.MAX_SIGNATURES; i++) {
      note = note.with(stranger(i));
    }
    assertEquals(note, SignedNote.parse(note.bytes()));
    byte[] more = note.with(stranger(0)).bytes();
    assertThrows(NoteRefused.class, () -> SignedNote.parse(more));
  }

  @Test
  void aMillionBytesAreRead() throws Refused {
    int rest = SignedNote.sign(TEXT, LOG).bytes().length - TEXT.length();
    String longest = "x".repeat(SignedNote.MAX_BYTES - rest - 1) + "\n";
    byte[] note = SignedNote.sign(longest, LOG).bytes();
    assertEquals(SignedNote.MAX_BYTES, note.length);
    assertEquals(List.of(LOG.key()), SignedNote.parse(note).verify(List.of(LOG.key())));
    byte[] more = SignedNote.sign("x" + longest, LOG).bytes();
    assertThrows(NoteRefused.class, () -> SignedNote.parse(more));
  }

  @Test
  void policiesOfAMillionBytesAreRead() throws Refused {
    String quorum = "quorum none\n";
    String longest = "#".repeat(1_000_000 - quorum.length() - 1) + "\n" + quorum;
    assertEquals(TrustPolicy.parse(utf8(quorum)), TrustPolicy.parse(utf8(longest)));
    assertThrows(NoteRefused.class, () -> TrustPolicy.parse(utf8("#" + longest)));
  }

  @Test
  void aPolicyOfManyThousandLevelsIsJudged() throws Refused {
    Cosigner witness = Cosigner.ed25519("w", new byte[32], () -> Instant.EPOCH);
    StringBuilder policy = new StringBuilder("log " + LOG.key().format() + "\n");
    policy.append("witness 0 ").append(witness.key().format()).append('\n');
    for (int i = 1; i <= 40_000; i++) {
      policy.append("group ").append(i).append(" 1 ").append(i - 1).append('\n');
    }
    TrustPolicy deep = TrustPolicy.parse(utf8(policy + "quorum 40000\n"));
    Checkpoint checkpoint = new Checkpoint("example.com/log", 1, Hash.ZERO);
    SignedNote note = SignedNote.sign(checkpoint.text(), LOG);
    assertThrows(NoteRefused.class, () -> deep.verify(note));
    assertEquals(checkpoint, deep.verify(note.with(witness.sign(checkpoint.text()))));
  }

  @Test
  void aRefusedPolicyNamesTheLine() {
    NoteRefused refused =
        assertThrows(NoteRefused.class, () -> TrustPolicy.parse(utf8("#\n\nnonsense\n")));
    assertTrue(refused.getMessage().startsWith("policy line 3: "), refused.getMessage());
  }

  @Test
  void aPolicyListsExactlyItsKeys() throws Refused {
    TrustPolicy policy = TrustPolicy.parse(utf8(TrustPolicy.format(List.of(LOG.key()))));
    assertTrue(policy.listsLog(LOG.key()));
    byte[] other = new byte[32];
    other[0] = 1;
    assertFalse(policy.listsLog(new Ed25519NoteSigner("example.com/log", other).key()));
    assertFalse(policy.listsLog(new Ed25519NoteSigner("example.com/other", new byte[32]).key()));
  }

  @Test
  void signaturesAreEqualByNameIdAndBytes() {
    NoteSignature one = new NoteSignature("a", 1, new byte[] {1, 2});
    assertEquals(one, new NoteSignature("a", 1, new byte[] {1, 2}));
    List<NoteSignature> others =
        List.of(
            new NoteSignature("b", 1, new byte[] {1, 2}),
            new NoteSignature("a", 2, new byte[] {1, 2}),
            new NoteSignature("a", 1, new byte[] {2, 1}));
    others.forEach(other -> assertNotEquals(one, other));
    Set<Integer> hashes = new HashSet<>(others.stream().map(NoteSignature::hashCode).toList());
    hashes.add(one.hashCode());
    assertEquals(4, hashes.size());
    assertEquals("— a AAAAAQEC", one.toString());
    byte[] bytes = one.signature();
    bytes[0] = 9;
    assertEquals(new NoteSignature("a", 1, new byte[] {1, 2}), one);
  }

  @Test
  void cosignaturesAreEqualByTimeAndBytes() {
    Cosignature one = new Cosignature(1, new byte[] {1});
    assertEquals(one, new Cosignature(1, new byte[] {1}));
    assertNotEquals(one, new Cosignature(2, new byte[] {1}));
    assertNotEquals(one, new Cosignature(1, new byte[] {2}));
    assertNotEquals((Object) "x", one);
    assertEquals(one.hashCode(), new Cosignature(1, new byte[] {1}).hashCode());
    assertNotEquals(one.hashCode(), new Cosignature(2, new byte[] {1}).hashCode());
    assertNotEquals(one.hashCode(), new Cosignature(1, new byte[] {2}).hashCode());
  }

  @Test
  void keysAreEqualByNameTypeAndPoint() {
    VerifierKey key = LOG.key();
    VerifierKey cosigner =
        Cosigner.ed25519("example.com/log", new byte[32], () -> Instant.EPOCH).key();
    VerifierKey renamed = new Ed25519NoteSigner("example.com/other", new byte[32]).key();
    assertEquals(key, new Ed25519NoteSigner("example.com/log", new byte[32]).key());
    assertNotEquals(key, cosigner);
    assertNotEquals(key, renamed);
    assertNotEquals((Object) "x", key);
    assertEquals(3, Set.of(key.hashCode(), cosigner.hashCode(), renamed.hashCode()).size());
    assertEquals("example.com/log+" + key.idHex(), key.toString());
  }

  @Test
  void malformedUnicodeIsNoName() {
    for (String name : List.of("", "a+b", "a b", "a\u0085b", "a\u001fb", "a\ud800b", "a\udfffb")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> VerifierKey.of(name, SignatureType.ED25519, LOG.key().publicKey()),
          name);
    }
    for (String name : List.of("a!b", "a\ud7ffb", "a\ue000b", "a\ud83d\ude00b", "a\u007fb")) {
      assertEquals(name, VerifierKey.of(name, SignatureType.ED25519, LOG.key().publicKey()).name());
    }
  }

  @Test
  void aCheckpointOfOursIsOneCheckpoint() {
    for (String line : List.of("", "a\nb", "a\n", "\t", "\u001f")) {
      assertThrows(IllegalArgumentException.class, () -> new Checkpoint(line, 1, Hash.ZERO), line);
      assertThrows(
          IllegalArgumentException.class,
          () -> new Checkpoint("a", 1, Hash.ZERO, List.of("b", line)),
          line);
    }
    assertEquals(" \n0\n" + Hash.ZERO.base64() + "\n", new Checkpoint(" ", 0, Hash.ZERO).text());
    assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", -1, Hash.ZERO));
  }
}
