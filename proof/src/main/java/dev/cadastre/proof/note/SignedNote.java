package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Text signed by one or more keys, C2SP signed-note. A note that was only parsed proves nothing;
 * {@link #verify} does.
 *
 * @param text the text with its final newline
 * @param signatures at least one and at most {@link #MAX_SIGNATURES}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** The specification asks for at least 16. */
  public static final int MAX_SIGNATURES = 100;

  /** Room for a hundred post-quantum signatures. */
  public static final int MAX_BYTES = 1_000_000;

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /** Signs {@code text}, which must satisfy the rules for note text. */
  public static SignedNote sign(String text, NoteSigner... signers) throws NoteRefused {
    NoteText.requireText(text);
    List<NoteSignature> signatures = new ArrayList<>();
    for (NoteSigner signer : signers) {
      signatures.add(signer.sign(text));
    }
    return new SignedNote(text, signatures);
  }

  /** Reads a note; text and signatures part at the last empty line. */
  public static SignedNote parse(byte[] utf8) throws NoteRefused {
    if (utf8.length > MAX_BYTES) {
      throw new NoteRefused(
          "expected a note of at most " + MAX_BYTES + " bytes, found " + utf8.length);
    }
    String note = decode(utf8);
    NoteText.requirePlain(note);
    int split = note.lastIndexOf("\n\n");
    if (split < 0) {
      throw new NoteRefused("expected an empty line between text and signatures, found none");
    }
    return new SignedNote(note.substring(0, split + 1), signatures(note.substring(split + 2)));
  }

  private static String decode(byte[] utf8) throws NoteRefused {
    try {
      return Encodings.utf8(utf8);
    } catch (Refused e) {
      throw new NoteRefused("in a note: " + e.getMessage(), e);
    }
  }

  private static List<NoteSignature> signatures(String block) throws NoteRefused {
    if (!block.endsWith("\n")) {
      throw new NoteRefused("expected signature lines that end in a newline");
    }
    String[] lines = block.substring(0, block.length() - 1).split("\n", -1);
    if (lines.length > MAX_SIGNATURES) {
      throw new NoteRefused(
          "expected at most " + MAX_SIGNATURES + " signatures, found " + lines.length);
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(NoteSignature.parse(line));
    }
    return signatures;
  }

  /**
   * Checks every signature that claims to be by one of {@code known} and ignores all others.
   *
   * @return the keys that verified, each once, in the order of the note; never empty
   * @throws NoteRefused if a known key's signature fails, or no known key signed
   */
  public List<VerifierKey> verify(Collection<VerifierKey> known) throws NoteRefused {
    Set<VerifierKey> verified = new LinkedHashSet<>();
    for (NoteSignature signature : signatures) {
      List<VerifierKey> claimed =
          known.stream().filter(key -> key.isNamedBy(signature)).distinct().toList();
      if (claimed.isEmpty()) {
        continue;
      }
      // Two keys may share name and id by accident or by design of an attacker: the right one
      // decides.
      List<VerifierKey> holding =
          claimed.stream().filter(key -> key.verifies(text, signature)).toList();
      if (holding.isEmpty()) {
        throw new NoteRefused(
            "expected a signature by " + claimed.get(0) + ", found one that fails");
      }
      verified.addAll(holding);
    }
    if (verified.isEmpty()) {
      throw new NoteRefused(
          "expected a signature by a known key, found none among " + signatures.size());
    }
    return List.copyOf(verified);
  }

  /** The same text with one more signature. */
  public SignedNote with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  /** The note as it is published. */
  public String format() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  /** {@link #format()} in UTF-8. */
  public byte[] bytes() {
    return format().getBytes(StandardCharsets.UTF_8);
  }
}
