package dev.cadastre.ingest.envelope;

import dev.cadastre.proof.Encodings;
import dev.cadastre.proof.Refused;
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

  private Packed() {}

  /** The text; empty if it is none, or has more than {@code bytesMax} bytes. */
  static Optional<String> text(String packed, long bytesMax) {
    if (BEGINNINGS.stream().noneMatch(packed::startsWith)) {
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
