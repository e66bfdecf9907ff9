package dev.cadastre.ingest.persons;

import dev.cadastre.ingest.persons.Persons.Span;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * International bank account numbers (ISO 13616): in one piece, or in groups of four, in large or
 * small letters.
 */
final class Ibans {
  private static final Map<String, Integer> LENGTHS = lengths();

  /** Countries that hexadecimal digits may begin with; all their accounts begin with digits. */
  private static final Set<String> HEX = Set.of("AD", "AE", "BA", "BE", "DE", "EE");

  private static final int HEX_DIGITS = 8;

  private Ibans() {}

  static Optional<Span> at(String text, int start) {
    if (start + 4 > text.length()
        || !Chars.isDigit(text.charAt(start + 2))
        || !Chars.isDigit(text.charAt(start + 3))) {
      return Optional.empty();
    }
    String country = large(text.substring(start, start + 2));
    int length = LENGTHS.getOrDefault(country, 0);
    StringBuilder account = new StringBuilder(length);
    int end = start;
    while (end < text.length() && account.length() < length) {
      char c = text.charAt(end);
      if (Chars.isDigit(c) || Chars.isUpper(c) || c >= 'a' && c <= 'z') {
        account.append(c);
      } else if (c != ' ' && c != '-' || account.length() % 4 != 0) {
        break;
      }
      end++;
    }
    boolean found =
        length > 0
            && account.length() == length
            && Chars.isBoundary(text, end)
            && (!HEX.contains(country) || hasDigits(account, 4, 4 + HEX_DIGITS))
            && CheckDigits.mod97(account.substring(4) + account.substring(0, 4)) == 1;
    return found ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  private static boolean hasDigits(StringBuilder account, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Chars.isDigit(account.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String large(String letters) {
    return letters.toUpperCase(Locale.ROOT);
  }

  private static Map<String, Integer> lengths() {
    String all =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28"
            + " EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23"
            + " IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19"
            + " MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19"
            + " SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";
    Map<String, Integer> lengths = new TreeMap<>();
    for (String one : all.split(" ")) {
      lengths.put(one.substring(0, 2), Integer.parseInt(one.substring(2)));
    }
    return lengths;
  }
}
