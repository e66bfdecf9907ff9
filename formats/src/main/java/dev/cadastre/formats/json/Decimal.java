package dev.cadastre.formats.json;

/** Writes integers in decimal without making strings of them. */
public final class Decimal {
  /** Most bytes that a number takes. */
  public static final int MAX_BYTES = 20;

  private Decimal() {}

  /**
   * Writes a number as {@link Long#toString(long)} does, in ASCII, to {@code target} from {@code
   * at} on, which must have room for {@link #MAX_BYTES}.
   *
   * @return where it ends
   */
  public static int write(long value, byte[] target, int at) {
    int from = at;
    if (value < 0) {
      target[from++] = '-';
    }
    int end = from + digits(value);
    long rest = value;
    for (int i = end - 1; i >= from; i--) {
      // Of a negative number the remainder is negative; its absolute value may not exist.
      target[i] = (byte) ('0' + Math.abs((int) (rest % 10)));
      rest /= 10;
    }
    return end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
