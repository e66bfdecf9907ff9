package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.note.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proof that checks offline: an inclusion proof together with the signed checkpoint it leads to,
 * in the text form of C2SP tlog-proof. The tree size is the checkpoint's, so the two cannot differ.
 *
 * @param index position of the leaf
 * @param path the siblings from the leaf's up to the root's child
 * @param checkpoint the signed checkpoint, verbatim
 * @param extra base64 of opaque data that nothing authenticates, not empty
 */
public record TlogProof(
    long index, List<Hash> path, SignedNote checkpoint, Optional<String> extra) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_BYTES = 2 * SignedNote.MAX_BYTES;
  private static final int MAX_PATH = 63;

  public TlogProof {
    path = List.copyOf(path);
  }

  public TlogProof(long index, List<Hash> path, SignedNote checkpoint) {
    this(index, path, checkpoint, Optional.empty());
  }

  /** Reads a proof, its checkpoint's form included; nothing is verified yet. */
  public static TlogProof parse(byte[] utf8) throws Refused {
    if (utf8.length > MAX_BYTES) {
      throw new ProofRefused(
          "expected a proof of at most " + MAX_BYTES + " bytes, found " + utf8.length);
    }
    String text = Encodings.utf8(utf8);
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw new ProofRefused("expected an empty line before the checkpoint, found none");
    }
    SignedNote note = SignedNote.parse(text.substring(split + 2).getBytes(StandardCharsets.UTF_8));
    Checkpoint.of(note);
    return head(List.of(text.substring(0, split).split("\n", -1)), note);
  }

  private static TlogProof head(List<String> lines, SignedNote note) throws Refused {
    requireLine(lines, 0, HEADER);
    boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
    Optional<String> extra = hasExtra ? Optional.of(extra(lines.get(1))) : Optional.empty();
    int at = hasExtra ? 2 : 1;
    requireLine(lines, at, INDEX);
    long index = Encodings.decimal(lines.get(at).substring(INDEX.length()));
    return new TlogProof(index, path(lines.subList(at + 1, lines.size())), note, extra);
  }

  private static void requireLine(List<String> lines, int at, String expected) throws ProofRefused {
    boolean prefix = expected.endsWith(" ");
    String line = at < lines.size() ? lines.get(at) : "";
    if (prefix ? !line.startsWith(expected) : !line.equals(expected)) {
      throw new ProofRefused(
          "expected \"" + expected + "\" in line " + (at + 1) + ", found " + Encodings.quote(line));
    }
  }

  private static String extra(String line) throws Refused {
    String base64 = line.substring(EXTRA.length());
    if (Encodings.base64(base64).length == 0) {
      throw new ProofRefused("expected extra data, or no extra line");
    }
    return base64;
  }

  private static List<Hash> path(List<String> lines) throws Refused {
    if (lines.size() > MAX_PATH) {
      throw new ProofRefused("expected at most " + MAX_PATH + " hashes, found " + lines.size());
    }
    List<Hash> path = new ArrayList<>();
    for (String line : lines) {
      path.add(Hash.ofBase64(line));
    }
    return path;
  }

  /** Opaque extra data, decoded; nothing authenticates it. */
  public Optional<byte[]> extraBytes() {
    return extra.map(base64 -> Base64.getDecoder().decode(base64));
  }

  /** Verifies the checkpoint under {@code policy} and the leaf's inclusion in it. */
  public Checkpoint verify(Hash leaf, TrustPolicy policy) throws Refused {
    Checkpoint trusted = policy.verify(checkpoint);
    inclusion(trusted).verify(leaf, trusted.root());
    return trusted;
  }

  /**
   * The inclusion proof in the tree of this proof's own checkpoint, whose signatures are not
   * checked here.
   */
  public InclusionProof inclusion() throws Refused {
    return inclusion(Checkpoint.of(checkpoint));
  }

  private InclusionProof inclusion(Checkpoint tree) {
    return new InclusionProof(index, tree.size(), path);
  }

  /** The proof as it is published. */
  public String format() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(base64 -> text.append(EXTRA).append(base64).append('\n'));
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint.format()).toString();
  }

  /** {@link #format()} in UTF-8. */
  public byte[] bytes() {
    return format().getBytes(StandardCharsets.UTF_8);
  }
}
