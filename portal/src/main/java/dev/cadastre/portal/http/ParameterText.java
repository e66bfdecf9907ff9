package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.text.FixedUnicode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Ids and other texts of senders as values of an address' query or of a form. Browsers, proxies and
 * forms trim, normalize or drop what cannot be seen, and an empty value means none; such a text is
 * written as {@code base64url:} and its UTF-8, so that the way back leads to exactly it.
 */
public final class ParameterText {
  private static final String ENCODED = "base64url:";

  /** A long one would take up to three characters for each of its bytes. */
  private static final int MOST_PLAIN = 512;

  private static final String UNREADABLE = "\ufffd";

  private ParameterText() {}

  /** The text as it is written. */
  public static String write(String text) {
    boolean plain =
        !text.isEmpty()
            && text.length() <= MOST_PLAIN
            && text.strip().equals(text)
            && !isWritten(text)
            && !text.contains(UNREADABLE)
            && text.codePoints().noneMatch(FixedUnicode::isHidden);
    return plain ? text : ENCODED + encoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Base64.Encoder encoder() {
    return Base64.getUrlEncoder().withoutPadding();
  }

  /** Whether a value is one that only {@link #read} understands. */
  static boolean isWritten(String value) {
    return value.startsWith(ENCODED);
  }

  /**
   * The text that was written.
   *
   * @throws Refused if the value is no UTF-8
   */
  static String read(String value) throws Refused {
    if (!isWritten(value)) {
      return value;
    }
    try {
      byte[] utf8 = Base64.getUrlDecoder().decode(value.substring(ENCODED.length()));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new Refused("after '" + ENCODED + "' stands UTF-8 text in base64url", e);
    }
  }
}
