package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.proof.note.NoteRefused;
import dev.cadastre.proof.note.NoteSigner;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackNames;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.pack.zip.PackZip;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;

/**
 * Writes an evidence pack: a ZIP that unzips to a BagIt bag (RFC 8493), signed as a whole. The same
 * contents give the same bytes: entries are sorted, dates fixed. Payload is streamed once.
 */
public final class PackWriter {
  /** The earliest date that every ZIP tool shows the same way in every time zone. */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int BUFFER_BYTES = 1 << 16;

  /** Content of one payload file. */
  @FunctionalInterface
  public interface Payload {
    /** Writes the content; leaves {@code out} open. */
    void writeTo(OutputStream out) throws IOException;

    static Payload of(byte[] bytes) {
      return out -> out.write(bytes);
    }

    static Payload of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What a pack holds.
   *
   * @param origin the log's origin
   * @param from index of the first entry
   * @param to index after the last entry
   * @param part the pack's place in a set, if it is in one
   * @param readme {@link PackLayout#README}
   * @param payload content by name; every name begins with {@link PackLayout#DATA}
   */
  public record Contents(
      String origin,
      long from,
      long to,
      Optional<PackPart> part,
      byte[] readme,
      SortedMap<String, Payload> payload) {}

  private final PackZip zip;
  private final Map<String, Hash> digests = new TreeMap<>();

  private PackWriter(PackZip zip) {
    this.zip = zip;
  }

  /**
   * Writes a pack and closes nothing.
   *
   * @param signer the log's key; its name is the origin
   * @throws PackRefused when the contents are more than a verifier accepts
   */
  public static void write(Contents contents, NoteSigner signer, OutputStream out)
      throws IOException, PackRefused {
    write(contents, signer, out, PackLimits.STANDARD);
  }

  public static void write(
      Contents contents, NoteSigner signer, OutputStream out, PackLimits limits)
      throws IOException, PackRefused {
    for (String name : contents.payload().keySet()) {
      if (!name.startsWith(PackLayout.DATA) || !PackNames.isSafe(name)) {
        throw new IllegalArgumentException("no payload name: " + name);
      }
    }
    try {
      PackZip zip = new PackZip(new Unclosed(out), limits);
      new PackWriter(zip).write(contents, signer);
      zip.finish();
    } catch (PackZip.Full e) {
      throw new PackRefused(String.valueOf(e.getMessage()), e);
    }
  }

  private void write(Contents contents, NoteSigner signer) throws IOException {
    put(PackLayout.README, Payload.of(contents.readme()));
    put(
        PackLayout.BAG_INFO,
        Payload.of(
            PackLayout.bagInfo(
                contents.origin(), contents.from(), contents.to(), contents.part())));
    put(PackLayout.BAGIT, Payload.of(PackLayout.BAGIT_TEXT));
    for (Map.Entry<String, Payload> file : contents.payload().entrySet()) {
      put(file.getKey(), file.getValue());
    }
    put(PackLayout.MANIFEST, Payload.of(manifest(true)));
    String tagManifest = manifest(false);
    put(PackLayout.SIGNATURE, Payload.of(signature(contents.origin(), tagManifest, signer)));
    put(PackLayout.TAG_MANIFEST, Payload.of(tagManifest));
  }

  private void put(String name, Payload payload) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(FIXED_TIME);
    zip.putNextEntry(entry);
    MessageDigest sha256 = Hash.newSha256();
    // Entries are small; packing and digesting them one by one would cost more than the work
    // itself.
    OutputStream out =
        new BufferedOutputStream(new DigestOutputStream(new Unclosed(zip), sha256), BUFFER_BYTES);
    payload.writeTo(out);
    out.flush();
    zip.closeEntry();
    digests.put(name, Hash.of(sha256));
  }

  /** Lines for the payload files or for the tag files written so far. */
  private String manifest(boolean payload) {
    StringBuilder lines = new StringBuilder();
    digests.forEach(
        (name, digest) -> {
          if (name.startsWith(PackLayout.DATA) == payload) {
            lines.append(PackLayout.manifestLine(digest, name));
          }
        });
    return lines.toString();
  }

  private static byte[] signature(String origin, String tagManifest, NoteSigner signer) {
    Hash digest = Hash.sha256(tagManifest.getBytes(StandardCharsets.UTF_8));
    try {
      return SignedNote.sign(PackLayout.signedText(origin, digest), signer).bytes();
    } catch (NoteRefused e) {
      throw new IllegalArgumentException("no origin: " + origin, e);
    }
  }

  /** Keeps whoever writes a file from closing the archive. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
