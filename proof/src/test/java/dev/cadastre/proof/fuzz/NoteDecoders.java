package dev.cadastre.proof.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.Cosignature;
import dev.cadastre.proof.note.NoteRefused;
import dev.cadastre.proof.note.NoteSignature;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notes, keys, checkpoints, cosignatures, policies and proofs: what is read is written again as the
 * same bytes, and nothing verifies that the keys' owners did not sign.
 */
final class NoteDecoders {
  private NoteDecoders() {}

  static void vkey(byte[] input) throws Refused {
    String text = Encodings.utf8(input);
    VerifierKey key = VerifierKey.parse(text);
    assertEquals(text, key.format());
    assertEquals(key, VerifierKey.of(key.name(), key.type(), key.publicKey()));
  }

  static void checkpoint(byte[] input) throws Refused {
    String text = Encodings.utf8(input);
    Checkpoint checkpoint = Checkpoint.parse(text);
    assertEquals(text, checkpoint.text());
    assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
  }

  /** Knows all keys of the vectors, and with it everything that any of them signed. */
  static final class Notes {
    private final List<VerifierKey> keys = new ArrayList<>();
    private final Set<String> signed = new HashSet<>();

    Notes() throws Refused {
      for (String file : List.of("notes", "cosignatures")) {
        for (Json.Obj vector : Vectors.all(file)) {
          for (String vkey : vector.strings("keys")) {
            VerifierKey key = VerifierKey.parse(vkey);
            if (!keys.contains(key)) {
              keys.add(key);
            }
          }
        }
      }
      for (String file : List.of("notes", "cosignatures")) {
        for (Json.Obj vector : Vectors.all(file)) {
          remember(Vectors.base64(vector, "note"));
        }
      }
    }

    private void remember(byte[] bytes) {
      try {
        SignedNote note = SignedNote.parse(bytes);
        for (NoteSignature one : note.signatures()) {
          remember(new SignedNote(note.text(), List.of(one)));
        }
      } catch (NoteRefused none) {
        // A vector that is to be refused.
      }
    }

    private void remember(SignedNote note) throws NoteRefused {
      try {
        for (VerifierKey key : note.verify(keys)) {
          signed.add(statement(key, note.text()));
        }
      } catch (NoteRefused forged) {
        // By no known key.
      }
    }

    /** An ML-DSA-44 cosigner signs the tree head alone, whatever lines follow it. */
    private static String statement(VerifierKey key, String text) {
      boolean head = key.type().code() == 6;
      return key.format() + "\n" + (head ? text.lines().limit(3).toList() : text);
    }

    void decode(byte[] input) throws Refused {
      SignedNote note = SignedNote.parse(input);
      assertArrayEquals(input, note.bytes());
      for (NoteSignature one : note.signatures()) {
        cosignature(one.signature());
      }
      List<VerifierKey> verified = note.verify(keys);
      for (VerifierKey key : verified) {
        assertTrue(signed.contains(statement(key, note.text())), () -> "forged: " + key);
      }
    }

    private static void cosignature(byte[] blob) {
      try {
        assertArrayEquals(blob, Cosignature.parse(blob).blob());
      } catch (NoteRefused tooShort) {
        // A plain signature may look like anything.
      }
    }
  }

  /** Knows every cosignature of one subtree that its key made. */
  static final class Subtrees {
    private final Json.Obj first;
    private final VerifierKey key;
    private final Set<String> made = new TreeSet<>();

    Subtrees() throws Refused {
      List<Json.Obj> vectors = Vectors.all("subtree-cosignatures");
      first = vectors.get(0);
      key = VerifierKey.parse(first.str("vkey"));
      for (Json.Obj vector : vectors) {
        if (vector.str("result").equals("valid") && same(vector)) {
          made.add(vector.str("cosignature"));
        }
      }
    }

    private boolean same(Json.Obj vector) throws Refused {
      for (String member : List.of("origin", "start", "end", "hash", "vkey")) {
        if (!vector.value(member).equals(first.value(member))) {
          return false;
        }
      }
      return true;
    }

    void decode(byte[] input) throws Refused {
      Cosignature cosignature = Cosignature.parse(input);
      assertArrayEquals(input, cosignature.blob());
      cosignature.verifySubtree(
          key,
          first.str("origin"),
          first.integer("start"),
          first.integer("end"),
          Hash.ofHex(first.str("hash")));
      assertTrue(made.contains(java.util.HexFormat.of().formatHex(input)), "forged");
    }
  }

  /**
   * Asks every policy about notes that are signed in many ways, and a recursion for its opinion.
   */
  static final class Policies {
    private final List<SignedNote> notes = new ArrayList<>();

    Policies() throws Refused {
      for (Json.Obj vector : Vectors.all("policy-decisions")) {
        SignedNote note = SignedNote.parse(Vectors.base64(vector, "note"));
        if (notes.size() < 6 && !notes.contains(note)) {
          notes.add(note);
        }
      }
    }

    void decode(byte[] input) throws Refused {
      TrustPolicy policy = TrustPolicy.parse(input);
      assertEquals(policy, TrustPolicy.parse(input));
      for (SignedNote note : notes) {
        try {
          Checkpoint accepted = policy.verify(note);
          assertEquals(Checkpoint.of(note), accepted);
          assertTrue(deserved(policy, note), "accepted without what the policy wants");
        } catch (Refused refused) {
          // As most policies refuse most notes.
        }
      }
    }

    private static boolean deserved(TrustPolicy policy, SignedNote note) throws Refused {
      List<VerifierKey> logs = policy.logKeys(Checkpoint.of(note).origin());
      return note.verify(logs).size() > 0
          && (policy.quorum().isEmpty() || holds(policy, policy.quorum().get(), note));
    }

    private static boolean holds(TrustPolicy policy, String name, SignedNote note) {
      if (policy.witnesses().containsKey(name)) {
        try {
          return !note.verify(List.of(policy.witnesses().get(name).key())).isEmpty();
        } catch (Refused absent) {
          return false;
        }
      }
      TrustPolicy.Group group = policy.groups().get(name);
      return group.members().stream().filter(one -> holds(policy, one, note)).count()
          >= group.threshold();
    }
  }

  /** Knows the proofs of the vectors under their policies. */
  static final class Proofs {
    private final Hash leaf;
    private final TrustPolicy policy;
    private final Set<String> proven = new HashSet<>();

    Proofs() throws Refused {
      List<Json.Obj> vectors = Vectors.all("tlog-proofs");
      leaf = Vectors.hash(vectors.get(1), "leaf");
      policy = TrustPolicy.parse(Vectors.base64(vectors.get(1), "policy"));
      for (Json.Obj vector : vectors) {
        try {
          TlogProof proof = TlogProof.parse(Vectors.base64(vector, "proof"));
          proof.verify(leaf, policy);
          proven.add(statement(proof));
        } catch (Refused another) {
          // One that is to be refused, or of another leaf.
        }
      }
    }

    private static String statement(TlogProof proof) {
      return proof.index() + " " + proof.path() + " " + proof.checkpoint().text();
    }

    void decode(byte[] input) throws Refused {
      TlogProof proof = TlogProof.parse(input);
      assertArrayEquals(input, proof.bytes());
      proof.verify(leaf, policy);
      assertTrue(proven.contains(statement(proof)), "proven though it is not so");
    }
  }
}
