package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.FrontierBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the entry that was tampered with. A broken chain alone shows only where it breaks, which is
 * behind the fault; and a chain that was forged to its end breaks nowhere. But the table repeats
 * every leaf hash: if those still lead to the anchored root, they are the true ones, and the first
 * entry that differs is the wrong one.
 */
final class WrongEntryFinder {
  private static final Pattern LEAF_COLUMN = Pattern.compile(",([0-9a-f]{64})\r$");

  private final PackReader pack;
  private final PackFrontier start;
  private final Checkpoint after;

  WrongEntryFinder(PackReader pack, PackFrontier start, Checkpoint after) {
    this.pack = pack;
    this.start = start;
    this.after = after;
  }

  /**
   * The first wrong entry; empty if the table's leaf hashes are not the anchored ones, or the
   * entries are right.
   */
  Optional<WrongEntry> find() throws PackRefused {
    return leavesAreTrue() ? compare() : Optional.empty();
  }

  private boolean leavesAreTrue() throws PackRefused {
    FrontierBuilder tree = start.frontier().toBuilder();
    try (LineReader table = new LineReader(pack, PackLayout.EVENTS_CSV)) {
      for (Optional<Hash> leaf = leaf(table); leaf.isPresent(); leaf = leaf(table)) {
        tree.append(leaf.get());
      }
    }
    return tree.size() == after.size() && tree.root().equals(after.root());
  }

  /** The leaf hash of the next row; a line within a quoted field has none and is passed over. */
  private static Optional<Hash> leaf(LineReader table) throws PackRefused {
    for (Optional<byte[]> line = table.next(); line.isPresent(); line = table.next()) {
      Matcher row = LEAF_COLUMN.matcher(new String(line.get(), StandardCharsets.ISO_8859_1));
      if (row.find()) {
        return Optional.of(hash(row.group(1)));
      }
    }
    return Optional.empty();
  }

  private static Hash hash(String hex) throws PackRefused {
    try {
      return Hash.ofHex(hex);
    } catch (Refused e) {
      throw new PackRefused(e.getMessage(), e);
    }
  }

  private Optional<WrongEntry> compare() throws PackRefused {
    try (LineReader table = new LineReader(pack, PackLayout.EVENTS_CSV);
        LineReader lines = new LineReader(pack, PackLayout.ENTRIES)) {
      for (long index = start.from(); ; index++) {
        Optional<Hash> leaf = leaf(table);
        Optional<byte[]> line = lines.next();
        if (leaf.isEmpty() && line.isEmpty()) {
          return Optional.empty();
        }
        if (leaf.isEmpty() || line.isEmpty() || !Merkle.leafHash(line.get()).equals(leaf.get())) {
          return Optional.of(
              new WrongEntry(index, what(index, leaf, line, leaf(table), lines.next())));
        }
      }
    }
  }

  private static String what(
      long index,
      Optional<Hash> leaf,
      Optional<byte[]> line,
      Optional<Hash> nextLeaf,
      Optional<byte[]> nextLine) {
    if (leaf.isEmpty()) {
      return "was added: the anchored log ends before it";
    }
    if (line.isEmpty()) {
      return "is missing: the file ends before it";
    }
    Optional<Hash> found = line.map(Merkle::leafHash);
    Optional<Hash> nextFound = nextLine.map(Merkle::leafHash);
    if (found.equals(nextLeaf)) {
      return nextFound.equals(leaf)
          ? "and entry " + (index + 1) + " changed places"
          : "is missing: entry " + (index + 1) + " stands in its place";
    }
    if (nextFound.equals(leaf)) {
      return "was pushed back: something was added in its place";
    }
    long claimed = claimedIndex(line.get());
    return claimed == index || claimed < 0
        ? "was changed: its bytes are not those that were anchored"
        : "is not in its place: entry " + claimed + " stands there";
  }

  /** The index that a line claims, or -1 if it is no entry. */
  private static long claimedIndex(byte[] line) {
    try {
      return Entry.parse(line).index();
    } catch (Refused e) {
      return -1;
    }
  }
}
