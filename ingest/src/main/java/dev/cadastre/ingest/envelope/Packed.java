package dev.cadastre.ingest.envelope;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** JSON in base64, or in gzip in base64, as queues carry it. */
final class Packed {
  /** How base64 of a JSON object or array begins, and of gzip (RFC 1952). */
  private static final List<String> BEGINNINGS = List.of("ey", "ew", "W3", "Ww", "H4sI");

  /** How much longer than what came a text may be, in all and for each character. */
  private static final int MORE = 16 << 20;

  private static final int TIMES = 4;
  private static final int SMALL_MORE = 256 << 10;
  private static final int SMALL_TIMES = 16;

  private Packed() {}

  /** Whether a text may be one. */
  static boolean mayBe(String text) {
    return BEGINNINGS.stream().anyMatch(text::startsWith);
  }

  /** How many characters may be opened of what came with so many. */
  static long charsMax(long chars) {
    return Math.min(SMALL_TIMES * chars + SMALL_MORE, TIMES * chars + MORE);
  }

  /** The text; empty if it is none, or has more than {@code bytesMax} bytes. */
  static Optional<String> text(String packed, long bytesMax) {
    if (!mayBe(packed)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(packed);
      boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
      return gzip ? unzipped(bytes, bytesMax) : Optional.of(Encodings.utf8(bytes));
    } catch (IllegalArgumentException | Refused | IOException notThat) {
      return Optional.empty();
    }
  }

  private static Optional<String> unzipped(byte[] bytes, long bytesMax)
      throws IOException, Refused {
    int most = (int) Math.min(Math.max(bytesMax, 0), Integer.MAX_VALUE - 8L);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] unzipped = in.readNBytes(most);
      return in.read() < 0 ? Optional.of(Encodings.utf8(unzipped)) : Optional.empty();
    }
  }
}
