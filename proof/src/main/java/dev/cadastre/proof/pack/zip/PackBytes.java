package dev.cadastre.proof.pack.zip;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Random access to a pack's bytes, in a file or in memory. */
public interface PackBytes extends Closeable {
  long size();

  /**
   * Reads at least one byte at {@code position} unless the end is reached; returns the number or
   * -1.
   */
  int read(long position, ByteBuffer target) throws IOException;

  @Override
  default void close() throws IOException {}

  /** Exactly {@code length} bytes as a little-endian buffer. */
  default ByteBuffer slice(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (read(position + buffer.position(), buffer) < 0) {
        throw new EOFException("the file ends before byte " + (position + length));
      }
    }
    return buffer.flip();
  }

  /** A stream over the bytes from {@code start} to {@code end}. */
  default InputStream stream(long start, long end) {
    return new Range(this, start, end);
  }

  static PackBytes of(byte[] bytes) {
    return new InMemory(bytes.clone());
  }

  static PackBytes open(Path file) throws IOException {
    return new InFile(FileChannel.open(file));
  }

  /** Bytes held in memory. */
  record InMemory(byte[] bytes) implements PackBytes {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      if (position >= bytes.length) {
        return -1;
      }
      int length = (int) Math.min(target.remaining(), bytes.length - position);
      target.put(bytes, (int) position, length);
      return length;
    }
  }

  /** Bytes in an open file, whose length is taken once. */
  final class InFile implements PackBytes {
    private final FileChannel channel;
    private final long size;

    InFile(FileChannel channel) throws IOException {
      this.channel = channel;
      this.size = channel.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A stream over a part of the bytes. */
  final class Range extends InputStream {
    private final PackBytes source;
    private final long end;
    private long position;

    Range(PackBytes source, long start, long end) {
      this.source = source;
      this.position = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      int wanted = (int) Math.min(length, end - position);
      if (wanted <= 0) {
        return -1;
      }
      int read = source.read(position, ByteBuffer.wrap(target, offset, wanted));
      position += Math.max(read, 0);
      return read;
    }
  }
}
