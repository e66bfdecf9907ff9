package dev.cadastre.ledger.signed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHeads.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedHeadsFileTest {
  private static final String LOG = "test.example/eu-de/acme";

  @TempDir Path cell;

  private static SignedHead head(long size) {
    return new SignedHead(size, Hash.sha256(Long.toString(size).getBytes(StandardCharsets.UTF_8)));
  }

  private static Change first(String origin, long size) {
    return new Change(origin, Optional.empty(), head(size));
  }

  private static Change next(String origin, long from, long to) {
    return new Change(origin, Optional.of(head(from)), head(to));
  }

  private Path file() {
    return cell.resolve("signed").resolve("heads");
  }

  @Test
  void lookingMakesNoFile() {
    assertEquals(Map.of(), SignedHeadsFile.in(cell).all());
    assertEquals(Optional.empty(), SignedHeadsFile.in(cell).of(LOG));
    assertFalse(Files.exists(cell.resolve("signed")));
  }

  @Test
  void keepsWhatWasReplacedForEveryInstanceAndTheOwnerAlone() throws Exception {
    SignedHeads one = SignedHeadsFile.in(cell);
    SignedHeads other = SignedHeadsFile.in(cell);
    assertEquals(Set.of(), one.compareAndSet(List.of(first(LOG, 23), first("b", 4))));
    assertEquals(Optional.of(head(23)), other.of(LOG));
    assertEquals(Set.of(), other.compareAndSet(List.of(next(LOG, 23, 44))));
    assertEquals(Map.of(LOG, head(44), "b", head(4)), one.all());
    assertEquals(one.all(), SignedHeadsFile.read(cell));
    assertEquals("rw-------", mode(file()));
    assertEquals("rwx------", mode(file().getParent()));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void leavesAHeadThatIsNotWhatWasExpected() {
    SignedHeads heads = SignedHeadsFile.in(cell);
    heads.compareAndSet(List.of(first("a", 1), first("b", 1)));
    List<Change> changes = List.of(next("a", 1, 2), next("b", 2, 3), first("a", 9), first("c", 5));
    assertEquals(Set.of("a", "b"), heads.compareAndSet(changes));
    assertEquals(Map.of("a", head(2), "b", head(1), "c", head(5)), heads.all());
  }

  @Test
  void ofAllThatGoOnFromOneHeadOneWins() {
    List<SignedHeads> processes =
        IntStream.range(0, 8).<SignedHeads>mapToObj(i -> SignedHeadsFile.in(cell)).toList();
    processes.get(0).compareAndSet(List.of(first(LOG, 1)));
    long won =
        IntStream.range(0, 8)
            .parallel()
            .filter(i -> processes.get(i).compareAndSet(List.of(next(LOG, 1, 2 + i))).isEmpty())
            .count();
    assertEquals(1, won);
  }

  @Test
  void aLineThatWasCutOffAtAnyPlaceWasNeverWritten() throws Exception {
    SignedHeads heads = SignedHeadsFile.in(cell);
    heads.compareAndSet(List.of(first(LOG, 7)));
    byte[] before = Files.readAllBytes(file());
    heads.compareAndSet(List.of(next(LOG, 7, 8)));
    byte[] after = Files.readAllBytes(file());
    for (int length = before.length; length < after.length; length++) {
      Files.write(file(), Arrays.copyOf(after, length));
      SignedHeads again = SignedHeadsFile.in(cell);
      assertEquals(Optional.of(head(7)), again.of(LOG), "cut at " + length);
      assertEquals(Set.of(), again.compareAndSet(List.of(next(LOG, 7, 9))));
      assertEquals(Optional.of(head(9)), SignedHeadsFile.in(cell).of(LOG));
    }
  }

  @Test
  void aChangedByteIsDamageAndNamed() throws Exception {
    SignedHeadsFile.in(cell).compareAndSet(List.of(first(LOG, 7)));
    byte[] whole = Files.readAllBytes(file());
    int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int at = firstLine; at < whole.length - 1; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file(), damaged);
      int place = at;
      StorageFailure failure =
          assertThrows(
              StorageFailure.class, () -> SignedHeadsFile.in(cell).all(), () -> "byte " + place);
      assertTrue(String.valueOf(failure.getMessage()).contains("signed/heads is damaged"));
    }
  }

  @Test
  void isWrittenAnewOnceMostOfItIsReplaced() throws Exception {
    SignedHeads writer = SignedHeadsFile.in(cell);
    SignedHeads reader = SignedHeadsFile.in(cell);
    writer.compareAndSet(IntStream.range(0, 3_000).mapToObj(i -> first("log" + i, 1)).toList());
    long largest = 0;
    for (int round = 1; round < 30; round++) {
      int size = round;
      List<Change> changes = new ArrayList<>();
      IntStream.range(0, 3_000).forEach(i -> changes.add(next("log" + i, size, size + 1)));
      assertEquals(Set.of(), writer.compareAndSet(changes));
      assertEquals(head(size + 1), reader.of("log2999").orElseThrow());
      largest = Math.max(largest, Files.size(file()));
    }
    assertEquals(3_000, reader.all().size());
    assertTrue(largest < 12 * 3_000 * 120, "bytes: " + largest);
    assertEquals(reader.all(), SignedHeadsFile.read(cell));
  }

  @Test
  void seesAFileThatWasPutBackFromACopy() throws Exception {
    SignedHeads heads = SignedHeadsFile.in(cell);
    heads.compareAndSet(List.of(first(LOG, 7)));
    byte[] copy = Files.readAllBytes(file());
    heads.compareAndSet(List.of(next(LOG, 7, 8)));
    Files.write(file(), copy, StandardOpenOption.TRUNCATE_EXISTING);
    assertEquals(Optional.of(head(7)), heads.of(LOG));
  }
}
