package dev.cadastre.ledger.signed;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What was read of a file of heads: a first line that names the file's writing, then a line for
 * each change, of which the last for an origin counts. What follows the last line's end was never
 * synced and is nothing. Reads again only what was added, unless the file was written anew. For use
 * by one thread.
 */
final class HeadJournal {
  static final String TITLE = "cadastre signed heads 1 ";

  private final Path file;
  private final Map<String, SignedHead> heads = new HashMap<>();
  private byte[] firstLine = new byte[0];
  private long end;
  private long lines;

  HeadJournal(Path file) {
    this.file = file;
  }

  Map<String, SignedHead> heads() {
    return heads;
  }

  /** Where the next line goes; 0 if there is no file. */
  long end() {
    return end;
  }

  /** Lines of the file that a later one replaced. */
  long stale() {
    return lines - heads.size();
  }

  void read() throws IOException, Refused {
    if (!Files.exists(file)) {
      forget();
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (end == 0 || channel.size() < end || !Arrays.equals(firstLine, firstLine(channel))) {
        forget();
        firstLine = firstLine(channel);
        end = firstLine.length;
      }
      add(bytes(channel, end, channel.size() - end));
    }
  }

  private void forget() {
    heads.clear();
    lines = 0;
    end = 0;
  }

  private static byte[] firstLine(FileChannel channel) throws IOException, Refused {
    byte[] start = bytes(channel, 0, Math.min(64, channel.size()));
    String text = new String(start, StandardCharsets.UTF_8);
    int length = text.indexOf('\n') + 1;
    if (length == 0 || !text.startsWith(TITLE)) {
      throw new Refused("expected a first line '" + TITLE + "…'");
    }
    return Arrays.copyOf(start, length);
  }

  private static byte[] bytes(FileChannel channel, long from, long count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      continue;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void add(byte[] bytes) throws Refused {
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        String line = Encodings.utf8(Arrays.copyOfRange(bytes, from, at));
        HeadLine parsed = HeadLine.parse(line);
        heads.put(parsed.origin(), parsed.head());
        lines++;
        from = at + 1;
      }
    }
    end += from;
  }
}
