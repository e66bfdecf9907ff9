package dev.cadastre.ingest.persons;

/** Check digits of numbers. */
final class CheckDigits {
  private CheckDigits() {}

  /** Luhn's rule (ISO/IEC 7812-1 annex B), over all digits. */
  static boolean luhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /** The rest by 97 of letters and digits, A standing for 10 (ISO/IEC 7064 MOD 97-10). */
  static int mod97(CharSequence text) {
    int rest = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = Character.digit(text.charAt(i), 36);
      rest = (value > 9 ? rest * 100 : rest * 10) + value;
      rest %= 97;
    }
    return rest;
  }

  /** ISO/IEC 7064 MOD 11,10 over all digits, the last being the check digit. */
  static boolean mod11and10(CharSequence digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (digits.charAt(i) - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digits.charAt(digits.length() - 1) - '0';
  }

  /** The sum of the first digits, each times its weight. */
  static int weighted(CharSequence digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return sum;
  }
}
