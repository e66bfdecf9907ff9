package dev.cadastre.anchors.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.SignedNote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellKeysTest {
  private static final byte[] CONTEXT = "log/1".getBytes(UTF_8);

  @TempDir Path dir;

  @Test
  void openingAgainGivesTheSameKeys() throws Exception {
    CellKeys first = open();
    CellKeys second = open();

    assertEquals(first.signerFor("a/b/c").key(), second.signerFor("a/b/c").key());
    byte[] wrapped = first.wrap(new byte[32], CONTEXT);
    assertArrayEquals(new byte[32], second.unwrap(wrapped, CONTEXT));
  }

  @Test
  void processesThatStartTogetherAgreeOnOneKey() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> task = () -> open().signerFor("a/b/c").key().format();
      List<Future<String>> keys =
          threads.invokeAll(Stream.generate(() -> task).limit(8).collect(Collectors.toList()));
      Set<String> distinct = new HashSet<>();
      for (Future<String> key : keys) {
        distinct.add(key.get());
      }
      assertEquals(1, distinct.size(), distinct.toString());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSignatureForOneLogIsNoneForAnother() throws Exception {
    CellKeys keys = open();
    SignedNote note = SignedNote.sign("a/b/one\n0\n", keys.signerFor("a/b/one"));

    assertEquals(1, note.verify(List.of(keys.signerFor("a/b/one").key())).size());
    assertThrows(Refused.class, () -> note.verify(List.of(keys.signerFor("a/b/two").key())));
  }

  @Test
  void eachLogHasAPublicKeyOfItsOwn() throws Exception {
    CellKeys keys = open();
    assertFalse(keys.signerFor("a/b/one").key().samePublicKey(keys.signerFor("a/b/two").key()));
  }

  @Test
  void aWrappedKeyOpensInItsOwnContextOnly() throws Exception {
    CellKeys keys = open();
    byte[] wrapped = keys.wrap(new byte[32], CONTEXT);

    assertThrows(Refused.class, () -> keys.unwrap(wrapped, "log/2".getBytes(UTF_8)));
    wrapped[wrapped.length - 1] ^= 1;
    assertThrows(Refused.class, () -> keys.unwrap(wrapped, CONTEXT));
    assertThrows(Refused.class, () -> keys.unwrap(new byte[5], CONTEXT));
  }

  @Test
  void filesAreTheirOwnersAlone() throws Exception {
    open();
    try (Stream<Path> files = Files.list(dir.resolve("keys"))) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
            file.toString());
      }
    }
    assertTrue(Files.exists(dir.resolve("keys/cell.p12")));
  }

  @Test
  void unreadableKeysAreNeverReplaced() throws Exception {
    String before = open().signerFor("a/b/c").key().format();
    Path store = dir.resolve("keys/cell.p12");
    byte[] good = Files.readAllBytes(store);
    Files.write(store, new byte[] {1, 2, 3});

    KeyStoreDamaged refusal = assertThrows(KeyStoreDamaged.class, this::open);
    assertTrue(refusal.toString().contains("cell.p12"), refusal.toString());
    assertFalse(Files.size(store) > 3, "the damaged file is still there for rescue");

    Files.write(store, good);
    assertEquals(before, open().signerFor("a/b/c").key().format());
  }

  @Test
  void twoCellsHaveDifferentKeys() throws Exception {
    CellKeys other = CellKeys.open(dir.resolve("other"));
    assertNotEquals(open().signerFor("a/b/c").key(), other.signerFor("a/b/c").key());
  }

  private CellKeys open() throws Exception {
    return CellKeys.open(dir.resolve("keys"));
  }
}
