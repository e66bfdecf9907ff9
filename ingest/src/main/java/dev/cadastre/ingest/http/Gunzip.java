package dev.cadastre.ingest.http;

import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.request.Rejected;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decompresses a request's body without ever holding more than the limit allows. */
public final class Gunzip {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int ISIZE_BYTES = 4;

  private Gunzip() {}

  /**
   * How many bytes it says there are decompressed (RFC 1952 section 2.3.1, ISIZE: u32,
   * little-endian, modulo 2^32). It may say anything.
   */
  static long statedLength(byte[] compressed) {
    return compressed.length < ISIZE_BYTES
        ? 0
        : ByteBuffer.wrap(compressed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(compressed.length - ISIZE_BYTES)
            & 0xFFFF_FFFFL;
  }

  /**
   * Decompresses gzip (RFC 1952).
   *
   * @throws Rejected if it is not gzip, is cut short, or exceeds {@code bytesMax} decompressed
   */
  public static byte[] decompress(
      byte[] compressed, int bytesMax, FairShare.Reservation reservation) throws Rejected {
    int expected = (int) Math.min(statedLength(compressed), bytesMax);
    RequestBody body = new RequestBody(reservation, IngestSettings.WEIGHT, bytesMax, expected);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (GzipStream in = new GzipStream(new ByteArrayInputStream(compressed), CHUNK_BYTES)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        body.add(chunk, n);
      }
    } catch (EOFException e) {
      throw Rejected.badData("the body is not gzip, or cut short");
    } catch (IOException e) {
      throw Rejected.badData("the body is not gzip: " + e.getMessage());
    }
    return body.bytes();
  }
}
