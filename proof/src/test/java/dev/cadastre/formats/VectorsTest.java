package dev.cadastre.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.json.EcmaNumber;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.chain.ChainChecker;
import dev.cadastre.proof.chain.ChainRefused;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.Cosignature;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.ConsistencyProof;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.FrontierBuilder;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.Subtree;
import dev.cadastre.proof.tlog.TileAddress;
import dev.cadastre.proof.tlog.TlogProof;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vector file against the code that reads its format. */
class VectorsTest {
  @TestFactory
  Stream<DynamicTest> roots() {
    return Vectors.tests(
        "roots",
        v -> {
          FrontierBuilder tree = new FrontierBuilder();
          Vectors.hexes(v, "entries").forEach(entry -> tree.append(Merkle.leafHash(entry)));
          if (!tree.root().equals(Vectors.hash(v, "root"))) {
            throw new Refused("another root");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inclusion() {
    return Vectors.tests(
        "inclusion",
        v ->
            new InclusionProof(
                    Vectors.integer(v, "index"),
                    Vectors.integer(v, "size"),
                    Vectors.hashes(v, "path"))
                .verify(Vectors.hash(v, "leaf"), Vectors.hash(v, "root")));
  }

  @TestFactory
  Stream<DynamicTest> consistency() {
    return Vectors.tests(
        "consistency",
        v ->
            new ConsistencyProof(
                    Vectors.integer(v, "oldSize"),
                    Vectors.integer(v, "newSize"),
                    Vectors.hashes(v, "path"))
                .verify(Vectors.hash(v, "oldRoot"), Vectors.hash(v, "newRoot")));
  }

  @TestFactory
  Stream<DynamicTest> subtrees() {
    return Vectors.tests(
        "subtrees",
        v ->
            Subtree.of(Vectors.integer(v, "start"), Vectors.integer(v, "end"))
                .verifyConsistency(
                    Vectors.integer(v, "size"),
                    Vectors.hashes(v, "path"),
                    Vectors.hash(v, "hash"),
                    Vectors.hash(v, "root")));
  }

  @TestFactory
  Stream<DynamicTest> subtreeInclusion() {
    return Vectors.tests(
        "subtree-inclusion",
        v ->
            Subtree.of(Vectors.integer(v, "start"), Vectors.integer(v, "end"))
                .inclusion(Vectors.integer(v, "index"), Vectors.hashes(v, "path"))
                .verify(Vectors.hash(v, "leaf"), Vectors.hash(v, "hash")));
  }

  @TestFactory
  Stream<DynamicTest> frontiers() {
    return Vectors.tests(
        "frontiers",
        v -> {
          long size = Vectors.integer(v, "size");
          Frontier frontier = Frontier.of(size, Vectors.hashes(v, "hashes"));
          if (!frontier.root().equals(Vectors.hash(v, "root"))) {
            throw new Refused("another root");
          }
          Hash leaf = Vectors.hash(v, "leaf");
          Frontier next = Frontier.of(size + 1, Vectors.hashes(v, "next"));
          assertEquals(next, frontier.append(leaf));
          assertEquals(next, frontier.toBuilder().append(leaf).frontier());
        });
  }

  @TestFactory
  Stream<DynamicTest> tileWidths() {
    return Vectors.tests(
        "tile-widths",
        v -> {
          TileAddress address;
          try {
            address =
                TileAddress.in(
                    Vectors.integer(v, "size"),
                    (int) Vectors.integer(v, "level"),
                    Vectors.integer(v, "index"));
          } catch (IllegalArgumentException e) {
            throw new Refused("no such tile", e);
          }
          assertEquals(Vectors.integer(v, "width"), address.width());
          assertEquals(address, TileAddress.parse(address.path()));
        });
  }

  @TestFactory
  Stream<DynamicTest> tilePaths() {
    return Vectors.tests(
        "tile-paths",
        v -> {
          TileAddress address = TileAddress.parse(Vectors.str(v, "path"));
          assertEquals(Vectors.integer(v, "level"), address.level());
          assertEquals(Vectors.integer(v, "index"), address.index());
          assertEquals(Vectors.str(v, "path"), address.path());
          assertEquals(Vectors.integer(v, "width"), address.width());
        });
  }

  @TestFactory
  Stream<DynamicTest> entryBundles() {
    return Vectors.tests(
        "entry-bundles",
        v -> {
          byte[] bundle = Vectors.hex(v, "bundle");
          List<byte[]> entries = EntryBundle.decode(bundle, (int) Vectors.integer(v, "count"));
          assertArrayEquals(Vectors.hexes(v, "entries").toArray(), entries.toArray());
          assertArrayEquals(bundle, EntryBundle.encode(entries));
        });
  }

  @TestFactory
  Stream<DynamicTest> vkeys() {
    return Vectors.tests(
        "vkeys",
        v -> {
          VerifierKey key = VerifierKey.parse(Vectors.str(v, "vkey"));
          assertEquals(Vectors.str(v, "name"), key.name());
          assertEquals(Vectors.str(v, "id"), key.idHex());
          assertEquals(Vectors.integer(v, "type"), key.type().code());
          assertArrayEquals(Vectors.hex(v, "publicKey"), key.publicKey());
          assertEquals(Vectors.str(v, "vkey"), key.format());
        });
  }

  @TestFactory
  Stream<DynamicTest> notes() {
    return Vectors.tests(
        "notes",
        v -> {
          byte[] bytes = Vectors.base64(v, "note");
          List<VerifierKey> keys = new ArrayList<>();
          for (String vkey : Vectors.strings(v, "keys")) {
            keys.add(VerifierKey.parse(vkey));
          }
          SignedNote note = SignedNote.parse(bytes);
          assertArrayEquals(bytes, note.bytes());
          List<VerifierKey> verified = note.verify(keys);
          assertEquals(
              Vectors.strings(v, "verified"), verified.stream().map(VerifierKey::name).toList());
        });
  }

  @TestFactory
  Stream<DynamicTest> cosignatures() {
    return Vectors.tests(
        "cosignatures",
        v -> {
          VerifierKey key = VerifierKey.parse(Vectors.strings(v, "keys").get(0));
          SignedNote note = SignedNote.parse(Vectors.base64(v, "note"));
          assertEquals(List.of(key), note.verify(List.of(key)));
        });
  }

  @TestFactory
  Stream<DynamicTest> subtreeCosignatures() {
    return Vectors.tests(
        "subtree-cosignatures",
        v ->
            Cosignature.parse(Vectors.hex(v, "cosignature"))
                .verifySubtree(
                    VerifierKey.parse(Vectors.str(v, "vkey")),
                    Vectors.str(v, "origin"),
                    Vectors.integer(v, "start"),
                    Vectors.integer(v, "end"),
                    Vectors.hash(v, "hash")));
  }

  @TestFactory
  Stream<DynamicTest> checkpoints() {
    return Vectors.tests(
        "checkpoints",
        v -> {
          String text = Encodings.utf8(Vectors.base64(v, "text"));
          Checkpoint checkpoint = Checkpoint.parse(text);
          assertEquals(Vectors.str(v, "origin"), checkpoint.origin());
          assertEquals(Vectors.str(v, "size"), Long.toString(checkpoint.size()));
          assertEquals(Vectors.hash(v, "root"), checkpoint.root());
          assertEquals(Vectors.strings(v, "extensions"), checkpoint.extensions());
          assertEquals(text, checkpoint.text());
        });
  }

  @TestFactory
  Stream<DynamicTest> policies() {
    return Vectors.tests("policies", v -> TrustPolicy.parse(Vectors.base64(v, "policy")));
  }

  @TestFactory
  Stream<DynamicTest> policyDecisions() {
    return Vectors.tests(
        "policy-decisions",
        v ->
            TrustPolicy.parse(Vectors.base64(v, "policy"))
                .verify(SignedNote.parse(Vectors.base64(v, "note"))));
  }

  @TestFactory
  Stream<DynamicTest> tlogProofs() {
    return Vectors.tests(
        "tlog-proofs",
        v -> {
          byte[] bytes = Vectors.base64(v, "proof");
          TlogProof proof = TlogProof.parse(bytes);
          assertArrayEquals(bytes, proof.bytes());
          proof.verify(Vectors.hash(v, "leaf"), TrustPolicy.parse(Vectors.base64(v, "policy")));
        });
  }

  @TestFactory
  Stream<DynamicTest> jcs() {
    return Vectors.tests(
        "jcs",
        v -> {
          byte[] canonical = Json.parse(Vectors.base64(v, "json")).jcs();
          assertEquals(Encodings.utf8(Vectors.base64(v, "canonical")), Encodings.utf8(canonical));
          Json.parseCanonical(canonical);
        });
  }

  @TestFactory
  Stream<DynamicTest> jcsNumbers() {
    return Vectors.tests(
        "jcs-numbers",
        v -> {
          double value = ByteBuffer.wrap(Vectors.hex(v, "bits")).getDouble();
          try {
            String text = EcmaNumber.format(value);
            assertEquals(Vectors.str(v, "text"), text);
          } catch (IllegalArgumentException e) {
            throw new Refused("not finite", e);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> entries() {
    return Vectors.tests(
        "entries",
        v -> {
          byte[] bytes = Vectors.hex(v, "entry");
          Entry entry = Entry.parse(bytes);
          assertEquals(Vectors.integer(v, "index"), entry.index());
          assertEquals(Vectors.str(v, "prev"), entry.prev().hex());
          assertEquals(Vectors.str(v, "received"), Long.toString(entry.received()));
          assertArrayEquals(Vectors.hex(v, "event"), entry.eventBytes());
          assertEquals(Vectors.str(v, "leaf"), entry.leafHash().hex());
          assertArrayEquals(
              bytes,
              EntryFrame.seal(entry.eventBytes(), entry.index(), entry.prev(), entry.received()));
        });
  }

  @TestFactory
  Stream<DynamicTest> chains() {
    return Vectors.tests(
        "chains",
        v -> {
          ChainChecker chain = ChainChecker.fromBirth();
          try {
            for (byte[] bytes : Vectors.hexes(v, "entries")) {
              chain.add(Entry.parse(bytes));
            }
          } catch (ChainRefused e) {
            assertEquals(Vectors.integer(v, "wrong"), e.index());
            throw e;
          }
        });
  }
}
