package dev.cadastre.server.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Files that a command line names. */
public final class UserFiles {
  private UserFiles() {}

  /** Reads a small file that the user named. */
  public static byte[] read(Path file, int maxBytes) {
    if (Files.isDirectory(file)) {
      throw Failure.mistake("cannot read " + file + ": it is a directory; name a file");
    }
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw Failure.mistake(file + " is larger than " + maxBytes + " bytes");
      }
      return bytes;
    } catch (IOException unreadable) {
      throw Failure.mistake("cannot read " + reason(unreadable), unreadable);
    }
  }

  /**
   * What went wrong with which file, in words: many of these exceptions' messages are only a path.
   */
  public static String reason(Throwable thrown) {
    Throwable cause = thrown instanceof UncheckedIOException wrapper ? wrapper.getCause() : thrown;
    if (cause instanceof FileSystemException problem) {
      return problem.getFile() + ": " + words(problem);
    }
    return String.valueOf(thrown.getMessage());
  }

  private static String words(FileSystemException problem) {
    if (problem instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    return problem.getReason() == null ? problem.getClass().getSimpleName() : problem.getReason();
  }
}
