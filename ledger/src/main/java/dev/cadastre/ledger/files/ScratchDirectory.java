package dev.cadastre.ledger.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for files that mean nothing once this process has ended. Several processes may share
 * the parent: each has its own, named after its process id, and clears away what the dead have
 * left.
 */
public final class ScratchDirectory implements AutoCloseable {
  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  public static ScratchDirectory in(Path parent) throws IOException {
    OwnerOnly.makeDirectory(parent);
    OwnerOnly.close(parent);
    for (Path left : list(parent)) {
      if (!alive(left)) {
        delete(left);
      }
    }
    String owner = ProcessHandle.current().pid() + "-";
    return new ScratchDirectory(Files.createTempDirectory(parent, owner));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  private static boolean alive(Path directory) {
    String owner = directory.getFileName().toString().replaceFirst("-.*", "");
    return owner.matches("[0-9]{1,18}")
        && ProcessHandle.of(Long.parseLong(owner)).map(ProcessHandle::isAlive).orElse(false);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.toList();
    }
  }

  public static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
