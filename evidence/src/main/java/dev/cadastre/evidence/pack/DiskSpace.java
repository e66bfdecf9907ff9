package dev.cadastre.evidence.pack;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that the ledger and the packs share. */
public interface DiskSpace {
  /** Bytes that are free. */
  long free() throws IOException;

  /** Bytes of which packs leave that many free for the ledger. */
  long reserve() throws IOException;

  /** A tenth of the disk, or 10 GiB if that is less, is the ledger's. */
  static DiskSpace of(Path directory) {
    return new DiskSpace() {
      private static final long MOST_RESERVED = 10L << 30;

      @Override
      public long free() throws IOException {
        return store().getUsableSpace();
      }

      @Override
      public long reserve() throws IOException {
        return Math.min(MOST_RESERVED, store().getTotalSpace() / 10);
      }

      private FileStore store() throws IOException {
        return Files.getFileStore(directory);
      }
    };
  }
}
