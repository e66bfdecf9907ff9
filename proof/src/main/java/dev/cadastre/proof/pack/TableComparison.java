package dev.cadastre.proof.pack;

import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** Holds the events table of a pack against the rows that its entries give, one after another. */
final class TableComparison implements Closeable {
  private final InputStream in;
  private Optional<String> difference = Optional.empty();

  TableComparison(PackReader pack) throws PackRefused {
    this.in = pack.stream(PackLayout.EVENTS_CSV);
  }

  /** Compares the next row; {@code what} names it for people. */
  void expect(byte[] row, String what) {
    if (difference.isEmpty() && !Arrays.equals(read(row.length), row) && difference.isEmpty()) {
      difference =
          Optional.of("expected the row of " + what + " as the entries give it, found another");
    }
  }

  /** Compares the end. */
  void expectEnd() {
    if (difference.isEmpty() && read(1).length > 0) {
      difference = Optional.of("expected no row after the last entry, found more");
    }
  }

  private byte[] read(int length) {
    try {
      return in.readNBytes(length);
    } catch (IOException e) {
      difference = Optional.of(PackReader.refused(PackLayout.EVENTS_CSV, e).getMessage());
      return new byte[0];
    }
  }

  /** What differs first. */
  Optional<String> difference() {
    return difference;
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
