package dev.cadastre.ingest.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads gzip (RFC 1952), all its members, to the end. The JDK's own stream takes whatever follows a
 * member and does not begin another for the end, in silence: a request damaged there would be
 * acknowledged without the records that are lost. Zeros at the end are padding, as for gzip itself.
 */
public final class GzipStream extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;
  private static final int MTIME_XFL_OS_BYTES = 6;

  private final PushbackInputStream in;
  private final byte[] compressed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int given;
  private boolean ended;

  /**
   * @param bufferBytes how much is read ahead
   * @throws IOException if there is no gzip, or {@code in} cannot be read
   */
  public GzipStream(InputStream in, int bufferBytes) throws IOException {
    this.in = new PushbackInputStream(in, bufferBytes);
    this.compressed = new byte[bufferBytes];
    try {
      header(next());
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        trailer();
        nextMember();
      } else {
        fill();
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(into, offset, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage() == null ? "invalid data" : e.getMessage());
    }
  }

  private void fill() throws IOException {
    int count = in.read(compressed);
    if (count < 0) {
      throw new EOFException("cut short");
    }
    given = count;
    inflater.setInput(compressed, 0, given);
  }

  /** What the inflater was given and did not use belongs to what follows. */
  private void trailer() throws IOException {
    int rest = inflater.getRemaining();
    if (rest > 0) {
      in.unread(compressed, given - rest, rest);
    }
    if (littleEndian(4) != crc.getValue()) {
      throw new ZipException("the checksum is wrong");
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("the length is wrong");
    }
  }

  private void nextMember() throws IOException {
    int first = in.read();
    while (first == 0) {
      first = in.read();
      if (first > 0) {
        throw new ZipException("something follows the padding");
      }
    }
    if (first < 0) {
      ended = true;
      return;
    }
    header(first);
    inflater.reset();
    crc.reset();
  }

  private void header(int first) throws IOException {
    if (first != MAGIC_1 || next() != MAGIC_2) {
      throw new ZipException("no gzip header");
    }
    if (next() != DEFLATE) {
      throw new ZipException("an unknown method of compression");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("unknown flags");
    }
    skip(MTIME_XFL_OS_BYTES);
    if ((flags & EXTRA) != 0) {
      skip((int) littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Up to and with the zero that ends it.
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << 8 * i;
    }
    return value;
  }

  private int next() throws IOException {
    int one = in.read();
    if (one < 0) {
      throw new EOFException("cut short");
    }
    return one;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    in.close();
  }
}
