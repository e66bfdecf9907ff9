package dev.cadastre.proof.cli;

import dev.cadastre.formats.text.FixedUnicode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that a command line names, folders replaced by the packs in them. */
final class PackFiles {
  private PackFiles() {}

  static List<Path> of(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path one : named) {
      if (Files.isDirectory(one)) {
        files.addAll(in(one));
      } else {
        files.add(one);
      }
    }
    return files;
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> packs = files.filter(PackFiles::isZip).sorted().toList();
      if (packs.isEmpty()) {
        throw new IOException(
            folder + " is a folder without packs; an evidence pack is a ZIP file");
      }
      return packs;
    }
  }

  private static boolean isZip(Path file) {
    return FixedUnicode.lowerCase(String.valueOf(file.getFileName())).endsWith(".zip");
  }
}
