package dev.cadastre.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecimalTest {
  @Test
  void writesWhatJavaWrites() {
    check(0);
    check(Long.MIN_VALUE);
    check(Long.MAX_VALUE);
    for (long power = 1; power < Long.MAX_VALUE / 10; power *= 10) {
      for (long near = power - 1; near <= power + 1; near++) {
        check(near);
        check(-near);
      }
    }
  }

  private static void check(long value) {
    byte[] target = new byte[3 + Decimal.MAX_BYTES];
    int end = Decimal.write(value, target, 3);
    String written = new String(target, 3, end - 3, StandardCharsets.US_ASCII);
    assertEquals(Long.toString(value), written);
  }
}
