package dev.cadastre.proof.pack.zip;

import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP that ends where a verifier would refuse it, and packs no file tighter than it accepts. */
public final class PackZip extends ZipOutputStream {
  /** What a file may take in the archive's directory, and its headers: its name twice. */
  private static final int DIRECTORY_BYTES_A_FILE = 2 * 200 + 128;

  /** After so many bytes it is asked again whether they pack too tightly. */
  private static final int EASED_BYTES = 1 << 16;

  /** The contents are more than a pack may hold. */
  public static final class Full extends IOException {
    private static final long serialVersionUID = 1L;

    Full(String message) {
      super(message);
    }
  }

  private final PackLimits limits;
  private final Counted packed;
  private String name = "";
  private int files;
  private long inFile;
  private long inAll;

  public PackZip(OutputStream out, PackLimits limits) {
    this(new Counted(out), limits);
  }

  private PackZip(Counted packed, PackLimits limits) {
    super(packed, StandardCharsets.UTF_8);
    this.packed = packed;
    this.limits = limits;
  }

  @Override
  public void putNextEntry(ZipEntry entry) throws IOException {
    files++;
    require(files, limits.maxFiles(), "files");
    name = entry.getName();
    inFile = 0;
    setLevel(Deflater.DEFAULT_COMPRESSION);
    super.putNextEntry(entry);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    inFile += length;
    inAll += length;
    require(inFile, limits.maxFileBytes(), "bytes in " + name);
    if (!PackLayout.STREAMED.contains(name)) {
      require(inFile, limits.maxHeldBytes(), "bytes in " + name);
    }
    require(inAll, limits.maxTotalBytes(), "bytes in all");
    for (int done = 0; done < length; done += EASED_BYTES) {
      ease();
      super.write(bytes, offset + done, Math.min(EASED_BYTES, length - done));
    }
    long end = packed.count + (long) files * DIRECTORY_BYTES_A_FILE;
    require(end, limits.maxArchiveBytes(), "bytes of archive");
  }

  /**
   * What repeats itself over and over packs tighter than a verifier believes; a stretch of it is
   * then stored as it is.
   */
  private void ease() {
    boolean tight = def.getBytesRead() / Math.max(1, limits.maxRatio() / 2) > def.getBytesWritten();
    boolean counts = inFile > PackLimits.RATIO_FREE_BYTES / 2;
    setLevel(tight && counts ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
  }

  private static void require(long found, long most, String of) throws Full {
    if (found > most) {
      throw new Full(
          "expected at most "
              + most
              + " "
              + of
              + " in one pack, found more: ask for a shorter period, or for a set of packs");
    }
  }

  /** Counts what is written. */
  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
