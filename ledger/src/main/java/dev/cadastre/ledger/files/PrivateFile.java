package dev.cadastre.ledger.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Small files that only their owner may read (mode 0600) and that readers see whole or not at all.
 */
public final class PrivateFile {
  private PrivateFile() {}

  /** Puts the file in place, over one that may be there. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path written = write(file, content);
    try {
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * Puts the file in place unless one is there. Of several processes that try, one succeeds.
   *
   * @return whether this call made it
   */
  public static boolean create(Path file, byte[] content) throws IOException {
    Path written = write(file, content);
    try {
      Files.createLink(file, written);
      return true;
    } catch (FileAlreadyExistsException made) {
      return false;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".tmp", ownerOnly());
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    return temporary;
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
