package dev.cadastre.formats.json;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;

/**
 * Doubles as ECMAScript's {@code Number::toString} writes them, which RFC 8785 section 3.2.2.3
 * makes canonical: the fewest digits that read back as the same double, and of those the closest.
 */
public final class EcmaNumber {
  private EcmaNumber() {}

  /**
   * Formats a finite double; both zeros are {@code 0}.
   *
   * @throws IllegalArgumentException for NaN and infinities, which JSON does not have
   */
  public static String format(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a JSON number: " + value);
    }
    if (value == 0) {
      return "0";
    }
    Decimal decimal = Decimal.shortest(Math.abs(value));
    return value < 0 ? "-" + decimal.layout() : decimal.layout();
  }

  /** The value 0.DIGITS × 10^point, digits without leading or trailing zeros. */
  private record Decimal(String digits, int point) {

    static Decimal shortest(double value) {
      Decimal decimal = read(DoubleToDecimal.toString(value));
      return decimal.digits.length() == 2 ? decimal.oneDigitIfSame(value) : decimal;
    }

    /** Reads the layout of {@link Double#toString(double)}: {@code 12.5} or {@code 1.25E-7}. */
    private static Decimal read(String text) {
      int e = text.indexOf('E');
      int exponent = e < 0 ? 0 : Integer.parseInt(text, e + 1, text.length(), 10);
      String mantissa = e < 0 ? text : text.substring(0, e);
      int dot = mantissa.indexOf('.');
      String all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
      int from = 0;
      while (all.charAt(from) == '0') {
        from++;
      }
      int to = all.length();
      while (all.charAt(to - 1) == '0') {
        to--;
      }
      return new Decimal(all.substring(from, to), dot + exponent - from);
    }

    /**
     * Java's rule prefers two close digits to one; ECMAScript wants one where one suffices
     * (5e-324).
     */
    private Decimal oneDigitIfSame(double value) {
      int tens = digits.charAt(0) - '0';
      int rounded = digits.charAt(1) >= '5' ? tens + 1 : tens;
      Decimal one = rounded == 10 ? new Decimal("1", point + 1) : new Decimal("" + rounded, point);
      return Double.parseDouble("0." + one.digits + "E" + one.point) == value ? one : this;
    }

    private String layout() {
      int n = digits.length();
      if (point > 21 || point <= -6) {
        return scientific();
      }
      if (point <= 0) {
        return "0." + "0".repeat(-point) + digits;
      }
      if (n <= point) {
        return digits + "0".repeat(point - n);
      }
      return digits.substring(0, point) + "." + digits.substring(point);
    }

    private String scientific() {
      int exponent = point - 1;
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
  }
}
