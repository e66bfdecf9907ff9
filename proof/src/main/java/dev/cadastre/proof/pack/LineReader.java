package dev.cadastre.proof.pack;

import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** Lines of a pack's file, each ended by a line feed and no longer than an entry may be. */
final class LineReader implements Closeable {
  private static final int MAX_LINE = EntryFrame.MAX_BYTES;

  private final String name;
  private final InputStream in;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;

  LineReader(PackReader pack, String name) throws PackRefused {
    this.name = name;
    this.in = pack.stream(name);
  }

  /** The next line without its line feed; empty at the end. */
  Optional<byte[]> next() throws PackRefused {
    rest.reset();
    while (true) {
      int at = lineFeed();
      int length = (at < 0 ? end : at) - start;
      if (rest.size() + length > MAX_LINE) {
        throw new PackRefused(
            "expected lines of at most " + MAX_LINE + " bytes in " + name + ", found a longer one");
      }
      if (at >= 0) {
        byte[] line = line(at);
        start = at + 1;
        return Optional.of(line);
      }
      rest.write(buffer, start, length);
      if (!fill()) {
        return end();
      }
    }
  }

  private byte[] line(int at) {
    if (rest.size() == 0) {
      return Arrays.copyOfRange(buffer, start, at);
    }
    rest.write(buffer, start, at - start);
    return rest.toByteArray();
  }

  private Optional<byte[]> end() throws PackRefused {
    if (rest.size() > 0) {
      throw new PackRefused(
          "expected " + name + " to end in a line feed, found an unfinished line");
    }
    return Optional.empty();
  }

  private int lineFeed() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws PackRefused {
    try {
      start = 0;
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      return end > 0;
    } catch (IOException e) {
      throw PackReader.refused(name, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
