package dev.cadastre.ledger.vault;

import dev.cadastre.formats.text.FixedUnicode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in one log, during one period, for persons: the same for the same person, and another
 * in any other log or period. 128 bits of HMAC-SHA-256 under a key that the vault keeps for that
 * log and period and no other; destroyed with it. For use by one thread.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;
  private static final byte[] CONTEXT = "cadastre person/v1\n".getBytes(StandardCharsets.US_ASCII);

  /** A request is of few persons, most often. */
  private static final int KNOWN = 1_024;

  private final String prefix;
  private final Map<String, String> known = new HashMap<>();
  private final Mac mac;

  /**
   * @param prefix names the key: {@code 2026-03.1.}
   */
  Pseudonyms(String prefix, byte[] key) {
    this.prefix = prefix;
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
    }
  }

  /** The pseudonym of who is called so, in whatever case. */
  public String of(String person) {
    if (known.size() == KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(person, this::hmac);
  }

  private String hmac(String person) {
    mac.update(CONTEXT);
    String one = FixedUnicode.lowerCase(FixedUnicode.strip(person));
    byte[] digest = mac.doFinal(one.getBytes(StandardCharsets.UTF_8));
    return prefix
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
  }

  /** Whether a pseudonym was made with this key. */
  public boolean begins(String pseudonym) {
    return pseudonym.startsWith(prefix);
  }

  /** The period of a time: its UTC month, {@code 2026-03}. */
  public static String period(long unixNs) {
    String time =
        Instant.ofEpochSecond(unixNs / 1_000_000_000L).atOffset(ZoneOffset.UTC).toString();
    return time.substring(0, "2026-03".length());
  }
}
