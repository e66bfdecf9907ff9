package dev.cadastre.ingest.location;

import java.util.Base64;
import java.util.regex.Pattern;

/** Base64 as metadata services and their users write it. */
final class Encoded {
  private static final Pattern PEM_LINE = Pattern.compile("-----[A-Z0-9 ]{1,40}-----");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** The first byte of a DER SEQUENCE, which no base64 text begins with. */
  private static final byte DER_SEQUENCE = 0x30;

  private static final int DER_LONG_LENGTH = 0x80;

  private Encoded() {}

  /** The DER of a message that came as DER, as base64 with or without line breaks, or as PEM. */
  static byte[] message(Evidence evidence) throws Unproven {
    byte[] value = evidence.value();
    boolean der = value.length > 1 && value[0] == DER_SEQUENCE && (value[1] & DER_LONG_LENGTH) != 0;
    return der ? value : base64(evidence.text());
  }

  /** Standard base64 with or without line breaks, padding and PEM's lines around it. */
  static byte[] base64(String text) throws Unproven {
    String plain = SPACE.matcher(PEM_LINE.matcher(text).replaceAll("")).replaceAll("");
    try {
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw new Unproven("not base64");
    }
  }

  /** Base64url without padding (RFC 7515 section 2). */
  static byte[] base64url(String text) throws Unproven {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below, together with spellings that are not the only one.
    }
    throw new Unproven("not base64url without padding");
  }
}
