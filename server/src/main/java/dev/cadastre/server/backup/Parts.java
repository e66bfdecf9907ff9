package dev.cadastre.server.backup;

import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.files.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The parts of a cell that are plain files. */
final class Parts {
  static final String IDENTITY = "cell.json";
  static final String KEYS = "keys";
  static final String SIGNED = "signed";

  /** What the operator trusts and whom evidence was first heard from: of use, not of need. */
  static final List<String> SIDE = List.of("trust", "evidence.txt");

  private Parts() {}

  /** Copies a file, or all files of a directory, durably; nothing if it is not there. */
  static void copy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from)) {
      PrivateFile.replace(to, Files.readAllBytes(from));
    } else if (Files.isDirectory(from)) {
      OwnerOnly.makeDirectory(to);
      for (Path child : children(from)) {
        if (!child.getFileName().toString().equals("lock")) {
          copy(child, to.resolve(child.getFileName().toString()));
        }
      }
      sync(to);
    }
  }

  static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  /** Makes the names in a directory durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
