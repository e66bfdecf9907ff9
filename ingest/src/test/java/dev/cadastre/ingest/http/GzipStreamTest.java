package dev.cadastre.ingest.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.ingest.Otlp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
  private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TWO = "two".getBytes(StandardCharsets.UTF_8);

  private static byte[] read(byte[] gzip, int bufferBytes) throws IOException {
    try (GzipStream in = new GzipStream(new ByteArrayInputStream(gzip), bufferBytes)) {
      return in.readAllBytes();
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 65_536})
  void readsAllMembers(int bufferBytes) throws IOException {
    byte[] long1 = new byte[100_000];
    new Random(1).nextBytes(long1);
    byte[] gzip = join(Otlp.gzip(ONE), Otlp.gzip(new byte[0]), Otlp.gzip(long1), Otlp.gzip(TWO));
    assertArrayEquals(join(ONE, long1, TWO), read(gzip, bufferBytes));
    assertArrayEquals(join(ONE, long1, TWO), read(join(gzip, new byte[1_000]), bufferBytes));
  }

  @Test
  void manyEmptyMembersAreNoTrouble() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] empty = Otlp.gzip(new byte[0]);
    for (int i = 0; i < 50_000; i++) {
      out.writeBytes(empty);
    }
    assertArrayEquals(ONE, read(join(out.toByteArray(), Otlp.gzip(ONE)), 512));
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] first = Otlp.gzip(ONE);
    byte[] both = join(first, Otlp.gzip(TWO));
    for (int length = 0; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      if (length == first.length) {
        assertArrayEquals(ONE, read(cut, 64));
      } else {
        assertThrows(IOException.class, () -> read(cut, 64), () -> "cut after " + cut.length);
      }
    }
  }

  @Test
  void everyFlippedBitThatMattersIsNoticed() throws IOException {
    byte[] both = join(Otlp.gzip(ONE), Otlp.gzip(TWO));
    byte[] right = join(ONE, TWO);
    for (int i = 0; i < both.length * 8; i++) {
      byte[] flipped = both.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      try {
        assertArrayEquals(right, read(flipped, 64), "bit " + i);
      } catch (IOException noticed) {
        // As it should, unless the bit says nothing of the content, such as the time.
      }
    }
  }

  @Test
  void whatFollowsMustBeAMemberOrZeros() throws IOException {
    byte[] one = Otlp.gzip(ONE);
    for (byte[] rest :
        new byte[][] {{'x'}, {0x1f, (byte) 0x8b}, {0, 0, 1}, ONE, {0x1f, (byte) 0x8b, 9}}) {
      assertThrows(IOException.class, () -> read(join(one, rest), 64));
    }
  }

  @Test
  void membersMayHaveNamesAndMore() throws IOException {
    byte[] plain = Otlp.gzip(ONE);
    byte[] head = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3};
    byte[] extra = {2, 0, 'e', 'x', 'n', 0, 'c', 'o', 0};
    CRC32 crc = new CRC32();
    crc.update(join(head, extra));
    byte[] headCrc = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    assertArrayEquals(ONE, read(join(head, extra, headCrc, rest), 64));
  }
}
