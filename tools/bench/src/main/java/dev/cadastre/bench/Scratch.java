package dev.cadastre.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is gone afterwards, unless it is kept. Where it lies decides what a sync costs,
 * so the caller names its parent: a file system in memory would make every figure a lie.
 */
final class Scratch implements AutoCloseable {
  private final Path directory;
  private boolean kept;

  private Scratch(Path directory) {
    this.directory = directory;
  }

  static Scratch in(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Scratch(Files.createTempDirectory(parent, "cadastre-bench-"));
  }

  /** A path in it that is not there yet. */
  Path resolve(String name) {
    return directory.resolve(name);
  }

  /** How many bytes the files of a directory in it occupy. */
  static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** Waits until all of it is on disk, so that what wrote it does not slow down what comes next. */
  void settle() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  /** Leaves it there for who wants to look into it. */
  Path keep() {
    kept = true;
    return directory;
  }

  void delete(Path inside) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(inside)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
