package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.assertFailed;
import static dev.cadastre.proof.pack.Reports.assertOnlyFailed;
import static dev.cadastre.proof.pack.Reports.status;
import static dev.cadastre.proof.pack.Reports.text;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.proof.pack.format.PackLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Entries altered by someone who leaves manifests and signature as they are, and by the log's own
 * keeper: the first that differs is named.
 */
class TamperedEntriesTest {
  private interface Edit {
    void on(List<byte[]> lines) throws Refused;
  }

  private static void assertEntryNamed(long expected, Edit edit) throws Refused, IOException {
    for (boolean fromBirth : new boolean[] {true, false}) {
      SyntheticPack pack = fromBirth ? SyntheticPack.fromBirth() : SyntheticPack.betweenAnchors();
      List<byte[]> lines = pack.lines();
      for (long i = pack.from; i < (fromBirth ? 6 : 0); i++) {
        lines.remove(0);
      }
      List<byte[]> head = fromBirth ? pack.lines().subList(0, 6) : List.of();
      SortedMap<String, byte[]> original = SyntheticPack.unzip(pack.zip());
      edit.on(lines);
      List<byte[]> all = new ArrayList<>(head);
      all.addAll(lines);
      pack.setLines(all);

      original.put(PackLayout.ENTRIES, pack.payload.get(PackLayout.ENTRIES));
      VerificationReport outsider = verify(SyntheticPack.zip(original));
      assertFailed(outsider, "files");
      assertEquals(OptionalLong.of(expected), outsider.firstWrongEntry(), text(outsider));
      assertTrue(
          outsider.firstFailure().orElseThrow().detail().startsWith("entry " + expected + " "),
          text(outsider));

      VerificationReport insider = verify(pack.zip());
      assertFalse(insider.verified());
      assertEquals("ok", status(insider, "signature"), text(insider));
      assertEquals(OptionalLong.of(expected), insider.firstWrongEntry(), text(insider));
    }
  }

  private static byte[] edited(byte[] line) {
    return new String(line, StandardCharsets.UTF_8)
        .replace("customer-data", "customer-dat_")
        .replace("allow: DE", "allow: FR")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void editedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.set(at, edited(lines.get(at))));
    }
  }

  @Test
  void removedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.remove(at));
    }
  }

  @Test
  void repeatedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(7 + i, lines -> lines.add(at, lines.get(at)));
    }
  }

  @Test
  void addedEntryIsNamed() throws Exception {
    byte[] foreign = EntryFrame.seal("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 8, Hash.ZERO, 1);
    for (int i = 0; i <= 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.add(at, foreign));
    }
  }

  @Test
  void swappedEntriesAreNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      for (int j = i + 1; j < 6; j++) {
        int one = i;
        int other = j;
        assertEntryNamed(6 + i, lines -> Collections.swap(lines, one, other));
      }
    }
  }

  @Test
  void garbageInPlaceOfAnEntryIsNamed() throws Exception {
    assertEntryNamed(8, lines -> lines.set(2, "hello".getBytes(StandardCharsets.UTF_8)));
    assertEntryNamed(8, lines -> lines.set(2, new byte[0]));
    assertEntryNamed(8, lines -> lines.set(2, new byte[70_000]));
  }

  /** Rewrites everything behind an edit so that the chain holds again. */
  private static void relink(List<byte[]> lines, int from) throws Refused {
    for (int i = from; i < lines.size(); i++) {
      Entry entry = Entry.parse(lines.get(i));
      Hash prev = Entry.parse(lines.get(i - 1)).leafHash();
      lines.set(i, EntryFrame.seal(entry.eventBytes(), entry.index(), prev, entry.received()));
    }
  }

  @Test
  void editedEntryIsNamedThoughTheChainWasRewrittenBehindIt() throws Exception {
    assertEntryNamed(
        8,
        lines -> {
          lines.set(2, edited(lines.get(2)));
          relink(lines, 3);
        });
  }

  @Test
  void rewrittenChainWithItsTableIsRefusedByTheAnchoredRoot() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.set(2, edited(lines.get(2)));
    relink(lines, 3);
    pack.setLines(lines);
    pack.table();
    VerificationReport report = verify(pack.zip());
    assertOnlyFailed(report, "completeness");
    assertEquals("ok", status(report, "entries"));
  }

  @Test
  void editedEntryIsNamedWithoutTheTableToo() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.set(2, edited(lines.get(2)));
    pack.setLines(lines);
    pack.table();
    VerificationReport report = verify(pack.zip());
    assertFailed(report, "entries");
    assertEquals(OptionalLong.of(8), report.firstWrongEntry(), text(report));
  }

  @Test
  void periodThatStartsLateIsRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.remove(0);
    pack.setLines(lines);
    Hash last = Entry.parse(pack.log.entries.get(6)).leafHash();
    PackLayout.LastBefore before = PackLayout.LastBefore.of(last, pack.log.inclusion(6, 7));
    pack.payload.put(
        PackLayout.FRONTIER, PackLayout.frontierJson(pack.log.frontier(7), Optional.of(before)));
    assertFailed(verify(pack.zip()), "start");
  }
}
