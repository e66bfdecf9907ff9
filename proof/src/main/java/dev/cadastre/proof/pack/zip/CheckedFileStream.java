package dev.cadastre.proof.pack.zip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks one file and checks that it is exactly as long, and has the checksum, that the directory
 * says.
 */
public final class CheckedFileStream extends FilterInputStream {
  private final ZipFile file;
  private final CRC32 crc = new CRC32();
  private final Inflater inflater;
  private long read;
  private boolean ended;

  public CheckedFileStream(InputStream packed, ZipFile file) {
    this(packed, file, new Inflater(true));
  }

  private CheckedFileStream(InputStream packed, ZipFile file, Inflater inflater) {
    super(file.deflated() ? new InflaterInputStream(packed, inflater, 1 << 14) : packed);
    this.file = file;
    this.inflater = inflater;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = super.read(target, offset, length);
    if (count < 0) {
      ended = true;
      requireWhole();
      return -1;
    }
    crc.update(target, offset, count);
    read += count;
    if (read > file.unpacked()) {
      throw new ZipException(
          "more than the " + file.unpacked() + " bytes that the directory states");
    }
    return count;
  }

  private void requireWhole() throws IOException {
    boolean used = !file.deflated() || inflater.getTotalIn() == file.packed();
    if (read != file.unpacked() || !used) {
      throw new ZipException(
          "another length than the " + file.unpacked() + " bytes that the directory states");
    }
    if (crc.getValue() != file.crc()) {
      throw new ZipException("another CRC-32 than the directory states");
    }
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 1 << 13)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    super.close();
  }
}
