package dev.cadastre.proof.pack;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The two lists of a bag, and whether the files are as they say. */
final class PackManifest {
  private static final int DIGEST_CHARS = 64;

  private final PackReader pack;

  PackManifest(PackReader pack) {
    this.pack = pack;
  }

  /** Checks names, lists and digests; says how much there is. */
  String verify() throws Refused {
    requireNames();
    SortedMap<String, Hash> payload = list(PackLayout.MANIFEST);
    SortedMap<String, Hash> tags = list(PackLayout.TAG_MANIFEST);
    requireListed(PackLayout.MANIFEST, payload, name -> name.startsWith(PackLayout.DATA));
    requireListed(
        PackLayout.TAG_MANIFEST,
        tags,
        name ->
            !name.startsWith(PackLayout.DATA)
                && !name.equals(PackLayout.TAG_MANIFEST)
                && !name.equals(PackLayout.SIGNATURE));
    if (!Encodings.utf8(pack.bytes(PackLayout.BAGIT)).equals(PackLayout.BAGIT_TEXT)) {
      throw new PackRefused(
          "expected a BagIt 1.0 declaration in " + PackLayout.BAGIT + ", found another text");
    }
    requireDigests(tags);
    requireDigests(payload);
    return pack.names().size() + " files, each with the digest that the manifests list";
  }

  private void requireNames() throws PackRefused {
    for (String name : new TreeSet<>(PackLayout.REQUIRED)) {
      if (!pack.has(name)) {
        throw new PackRefused("expected the file " + name + ", found none");
      }
    }
    for (String name : pack.names()) {
      if (!PackLayout.isKnown(name)) {
        throw new PackRefused(
            "expected only files that belong in a pack, found " + Encodings.quote(name));
      }
    }
  }

  private SortedMap<String, Hash> list(String manifest) throws Refused {
    SortedMap<String, Hash> digests = new TreeMap<>();
    StringBuilder again = new StringBuilder();
    String text = Encodings.utf8(pack.bytes(manifest));
    for (String line : text.split("\n")) {
      if (line.length() <= DIGEST_CHARS + 2) {
        throw new PackRefused(
            "expected \"digest  name\" in " + manifest + ", found " + Encodings.quote(line));
      }
      digests.put(line.substring(DIGEST_CHARS + 2), Hash.ofHex(line.substring(0, DIGEST_CHARS)));
    }
    digests.forEach((name, digest) -> again.append(PackLayout.manifestLine(digest, name)));
    if (!again.toString().equals(text)) {
      throw new PackRefused("expected " + manifest + " sorted, each file once, found it otherwise");
    }
    return digests;
  }

  private void requireListed(String manifest, Map<String, Hash> list, Predicate<String> belongs)
      throws PackRefused {
    SortedSet<String> expected = new TreeSet<>(pack.names());
    expected.removeIf(belongs.negate());
    for (String name : expected) {
      if (!list.containsKey(name)) {
        throw new PackRefused(
            "expected every file in " + manifest + ", found " + name + " without a line");
      }
    }
    for (String name : list.keySet()) {
      if (!expected.contains(name)) {
        throw new PackRefused(
            "expected the file "
                + Encodings.quote(name)
                + " that "
                + manifest
                + " lists, found none");
      }
    }
  }

  private void requireDigests(Map<String, Hash> list) throws PackRefused {
    for (Map.Entry<String, Hash> line : list.entrySet()) {
      if (!digest(line.getKey()).equals(line.getValue())) {
        throw new PackRefused(
            "expected " + line.getKey() + " as its digest says, found it altered");
      }
    }
  }

  private Hash digest(String name) throws PackRefused {
    MessageDigest sha256 = Hash.newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = pack.stream(name)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw PackReader.refused(name, e);
    }
    return Hash.of(sha256);
  }
}
