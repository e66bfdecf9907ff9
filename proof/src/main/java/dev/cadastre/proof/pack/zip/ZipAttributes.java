package dev.cadastre.proof.pack.zip;

import dev.cadastre.proof.pack.format.PackRefused;

/** What a directory says of a file for the file system that it came from. */
final class ZipAttributes {
  private static final int MS_DOS = 0;
  private static final int UNIX = 3;

  /** The newest edition of the ZIP specification, 6.3. */
  private static final int SPECIFICATION_MAX = 63;

  private static final int FILE_TYPE = 0xF000;
  private static final int PERMISSIONS = 0x1FF;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;
  private static final int DOS_READ_ONLY = 0x01;
  private static final int DOS_DIRECTORY = 0x10;
  private static final int DOS_ARCHIVE = 0x20;

  private ZipAttributes() {}

  /**
   * Refuses links, devices and whatever has no meaning.
   *
   * @param madeBy system and edition
   * @param internal 1 for what looks like text
   * @param external a Unix mode in the upper half, MS-DOS attributes in the lower
   */
  static void require(String name, int madeBy, int internal, int external) throws PackRefused {
    int system = madeBy >>> 8;
    Zip.require(
        (system == MS_DOS || system == UNIX) && (madeBy & 0xFF) <= SPECIFICATION_MAX,
        "expected a ZIP of MS-DOS or Unix, found another for " + name);
    Zip.require(internal <= 1, "expected plain ZIP attributes, found others for " + name);
    boolean folder = name.endsWith("/");
    int mode = external >>> 16;
    int type = mode & FILE_TYPE;
    Zip.require(
        type == 0 || type == (folder ? DIRECTORY : REGULAR),
        "expected a regular file, found a link or device: " + name);
    int dos = DOS_READ_ONLY | DOS_ARCHIVE | (folder ? DOS_DIRECTORY : 0);
    Zip.require(
        (mode & ~(FILE_TYPE | PERMISSIONS)) == 0 && (external & 0xFFFF & ~dos) == 0,
        "expected plain ZIP attributes, found others for " + name);
  }
}
