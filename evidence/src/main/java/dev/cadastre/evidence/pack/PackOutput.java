package dev.cadastre.evidence.pack;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a pack's file for as long as there is room for it. */
final class PackOutput extends FilterOutputStream {
  private static final long LOOK_EVERY_BYTES = 1 << 20;

  private final Room room;
  private long written;
  private long looked;

  /** Whether so many bytes of one pack may be written. */
  interface Room {
    /**
     * Makes room if that is possible.
     *
     * @throws NoRoom if there is none
     */
    void require(long bytes) throws IOException;
  }

  /** There is no room for this pack; the message says why. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoom(String message) {
      super(message);
    }
  }

  PackOutput(OutputStream out, Room room) {
    super(out);
    this.room = room;
  }

  @Override
  public void write(int oneByte) throws IOException {
    out.write(oneByte);
    count(1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    count(length);
  }

  private void count(int length) throws IOException {
    written += length;
    if (written - looked >= LOOK_EVERY_BYTES) {
      looked = written;
      room.require(written);
    }
  }
}
