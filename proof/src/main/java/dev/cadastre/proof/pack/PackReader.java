package dev.cadastre.proof.pack;

import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackNames;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.pack.zip.CheckedFileStream;
import dev.cadastre.proof.pack.zip.PackBytes;
import dev.cadastre.proof.pack.zip.ZipDirectory;
import dev.cadastre.proof.pack.zip.ZipFile;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;

/**
 * The files of a pack that someone else made. Opening reads only the archive's directory and
 * refuses what no honest pack has: names that climb out or differ in spelling, duplicates, links,
 * overlaps, bombs. Content is unpacked as it is read, never to disk, and never beyond the size that
 * the directory states.
 */
public final class PackReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final PackBytes bytes;
  private final PackLimits limits;
  private final SortedMap<String, ZipFile> files;

  private PackReader(PackBytes bytes, PackLimits limits, SortedMap<String, ZipFile> files) {
    this.bytes = bytes;
    this.limits = limits;
    this.files = files;
  }

  /**
   * Opens a pack file.
   *
   * @throws IOException if the file cannot be read
   */
  public static PackReader open(Path file, PackLimits limits) throws IOException, PackRefused {
    PackBytes bytes = PackBytes.open(file);
    try {
      return open(bytes, limits);
    } catch (IOException | PackRefused | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Opens a pack held in memory. */
  public static PackReader of(byte[] pack, PackLimits limits) throws PackRefused {
    try {
      return open(PackBytes.of(pack), limits);
    } catch (IOException e) {
      throw new PackRefused("expected a ZIP archive: " + e.getMessage(), e);
    }
  }

  private static PackReader open(PackBytes bytes, PackLimits limits)
      throws IOException, PackRefused {
    List<ZipFile> all = ZipDirectory.read(bytes, limits);
    PackNames.requireTree(all.stream().map(ZipFile::name).toList());
    SortedMap<String, ZipFile> files = new TreeMap<>();
    all.stream().filter(file -> !file.isFolder()).forEach(file -> files.put(file.name(), file));
    return new PackReader(bytes, limits, files);
  }

  /** Names of all files, sorted. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
  }

  public boolean has(String name) {
    return files.containsKey(name);
  }

  /** The whole content of a file that must fit in memory. */
  public byte[] bytes(String name) throws PackRefused {
    ZipFile file = file(name);
    if (file.unpacked() > limits.maxHeldBytes()) {
      throw new PackRefused(
          "expected at most "
              + limits.maxHeldBytes()
              + " bytes in "
              + name
              + ", found "
              + file.unpacked());
    }
    // At once in their full length: gathered piece by piece they would take twice the room.
    byte[] all = new byte[(int) file.unpacked()];
    try (InputStream in = stream(name)) {
      if (in.readNBytes(all, 0, all.length) < all.length || in.read() >= 0) {
        throw new ZipException("another length than the directory states");
      }
      return all;
    } catch (IOException e) {
      throw refused(name, e);
    }
  }

  /** The whole content of a file if the pack has it. */
  public Optional<byte[]> optBytes(String name) throws PackRefused {
    return has(name) ? Optional.of(bytes(name)) : Optional.empty();
  }

  /**
   * A file's content. The stream throws {@link ZipException} where the content does not unpack to
   * the size and checksum that the directory states.
   */
  public InputStream stream(String name) throws PackRefused {
    ZipFile file = file(name);
    return new BufferedInputStream(
        new CheckedFileStream(bytes.stream(file.dataStart(), file.dataEnd()), file), BUFFER);
  }

  private ZipFile file(String name) throws PackRefused {
    ZipFile file = files.get(name);
    if (file == null) {
      throw new PackRefused("expected the file " + name + ", found none");
    }
    return file;
  }

  /** Damage is the pack's fault and refused; a disk that cannot be read is not. */
  static PackRefused refused(String name, IOException e) {
    if (e instanceof ZipException || e instanceof java.io.EOFException) {
      return new PackRefused("expected " + name + " to unpack: " + e.getMessage(), e);
    }
    throw new UncheckedIOException(e);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
