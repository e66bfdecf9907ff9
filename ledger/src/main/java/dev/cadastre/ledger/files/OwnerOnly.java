package dev.cadastre.ledger.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories and files that their owner alone may read: modes 0700 and 0600. */
public final class OwnerOnly {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Makes the directory, and those above it that are missing, unless it is there. */
  public static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    }
  }

  /**
   * Makes a file and opens it for writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   */
  public static OutputStream makeFile(Path file) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(FILE)));
  }

  /** Keeps everyone but its owner from a file. */
  public static void set(Path file) throws IOException {
    Files.setPosixFilePermissions(file, FILE);
  }

  /**
   * Takes from others what they may do to parts of a directory, as in a copy that was made without
   * their modes. Of the directory itself, which may serve for more than that, it is only said.
   *
   * @param parts files and directories in it; what is not there is passed over
   */
  public static void mend(Path directory, List<String> parts) throws IOException {
    if (openToOthers(directory)) {
      LOG.warn("others may enter {}; keep them out: chmod 700 {}", directory, directory);
    }
    for (String part : parts) {
      mendAll(directory.resolve(part));
    }
  }

  private static void mendAll(Path part) throws IOException {
    if (!Files.exists(part)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(part)) {
      for (Path path : paths.filter(one -> !Files.isSymbolicLink(one)).toList()) {
        close(path);
      }
    }
  }

  /** Takes from others what they may do to a file or directory. */
  static void close(Path path) throws IOException {
    if (openToOthers(path)) {
      LOG.warn("{} was open to others than its owner, and is no more", path);
      Files.setPosixFilePermissions(path, Files.isDirectory(path) ? DIRECTORY : FILE);
    }
  }

  private static boolean openToOthers(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).stream()
        .anyMatch(permission -> !DIRECTORY.contains(permission));
  }
}
