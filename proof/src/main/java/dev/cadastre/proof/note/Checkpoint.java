package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.util.List;

/**
 * A tree head as C2SP tlog-checkpoint writes it: origin, size and root on a line each, then opaque
 * extension lines.
 *
 * @param origin identifies the log; not empty
 * @param size number of leaves
 * @param root Merkle tree hash of all leaves
 * @param extensions lines that logs of ours never write but others may; none empty
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (size < 0) {
      throw new IllegalArgumentException("a tree has 0 leaves or more, not " + size);
    }
    // A newline in the origin would let one checkpoint be signed as another.
    if (!isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException(
          "origin and extensions are single lines, not empty, without control characters");
    }
  }

  private static boolean isLine(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c < 0x20);
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) throws Refused {
    NoteText.requireText(text);
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) {
      throw new NoteRefused("expected a checkpoint of three lines or more, found " + lines.size());
    }
    for (String line : lines) {
      if (line.isEmpty()) {
        throw new NoteRefused("expected no empty line in a checkpoint, found one");
      }
    }
    return new Checkpoint(
        lines.get(0),
        Encodings.decimal(lines.get(1)),
        Hash.ofBase64(lines.get(2)),
        lines.subList(3, lines.size()));
  }

  /** Reads the text of a signed note without verifying its signatures. */
  public static Checkpoint of(SignedNote note) throws Refused {
    return parse(note.text());
  }

  /** The text to sign. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
