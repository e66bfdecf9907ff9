package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever holds this may write the index. The operating system lets go of it when the process ends,
 * however it ends.
 */
public final class IndexLock implements AutoCloseable {
  private final FileChannel channel;

  private IndexLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The lock, unless another holds it. */
  public static Optional<IndexLock> tryTake(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("index.lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      if (tryLock(channel) != null) {
        return Optional.of(new IndexLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageFailure("cannot lock the index: " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StorageFailure("cannot unlock the index: " + e.getMessage(), e);
    }
  }
}
