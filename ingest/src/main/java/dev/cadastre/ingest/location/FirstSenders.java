package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who first sent which evidence to which log, so that a copy in other hands is noticed:
 * instance identity documents never expire and carry nothing of whoever presents them. Kept in a
 * text file, one line {@code <log> <SHA-256 of what is signed> <sender>} each, so that a restart
 * forgets nothing; the oldest go when there are too many. Safe for concurrent use.
 */
final class FirstSenders {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSenders.class);
  private static final int KEPT_MAX = 100_000;

  private final Path file;
  private final Map<String, String> first = new LinkedHashMap<>();

  private FirstSenders(Path file) {
    this.file = file;
  }

  /** Reads what is remembered. Lines that are none, such as one cut off by a crash, are dropped. */
  static FirstSenders open(Path file) throws IOException {
    FirstSenders opened = new FirstSenders(file);
    if (!Files.exists(file)) {
      create(file);
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    lines.forEach(opened::line);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      opened.append("\n");
    }
    if (lines.size() > KEPT_MAX) {
      opened.rewrite();
    }
    return opened;
  }

  private void line(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    if (parts.size() == 3) {
      remember(parts.get(0) + " " + parts.get(1), parts.get(2));
    }
  }

  private void rewrite() throws IOException {
    List<String> lines =
        first.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    create(fresh);
    Files.write(fresh, lines, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Who first sent it: {@code sender} itself if it is new. */
  synchronized String of(String log, Hash statement, String sender) {
    String key = log + " " + statement.hex();
    String known = first.get(key);
    if (known != null) {
      return known;
    }
    remember(key, sender);
    append(key + " " + sender + "\n");
    return sender;
  }

  private void remember(String key, String sender) {
    if (first.putIfAbsent(key, sender) == null && first.size() > KEPT_MAX) {
      first.remove(first.keySet().iterator().next());
    }
  }

  /** Memory serves until the next restart if the disk does not. */
  private void append(String line) {
    try {
      Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.warn("{} cannot be written; a restart will forget who sent evidence first", file, e);
    }
  }
}
