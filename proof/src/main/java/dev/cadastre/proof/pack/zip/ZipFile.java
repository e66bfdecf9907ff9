package dev.cadastre.proof.pack.zip;

/**
 * One file of an archive, or a folder's own entry.
 *
 * @param header what the directory says of it
 * @param headerAt where its local header begins
 */
public record ZipFile(String name, ZipHeader header, long headerAt) {
  static final int LOCAL_LENGTH = 4 + ZipHeader.LENGTH;

  boolean deflated() {
    return header.deflated();
  }

  /** CRC-32 of the unpacked bytes. */
  long crc() {
    return header.crc();
  }

  long packed() {
    return header.packed();
  }

  public long unpacked() {
    return header.unpacked();
  }

  /** Where its packed bytes begin. */
  public long dataStart() {
    return headerAt + LOCAL_LENGTH + header.tailLength();
  }

  public long dataEnd() {
    return dataStart() + packed();
  }

  public boolean isFolder() {
    return name.endsWith("/");
  }
}
