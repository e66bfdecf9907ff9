package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form as browsers send it, {@code application/x-www-form-urlencoded} in UTF-8 (URL
 * Standard, section 5). Other encodings of forms are refused, and nothing tries to read them.
 */
final class Form {
  private static final int FIELDS_MAX = 32;

  private final Map<String, String> fields = new HashMap<>();

  private Form() {}

  /**
   * Reads the request's form; none at all has no fields.
   *
   * @throws Problem 415 if it is something else than a form
   * @throws Refused if it is malformed, or names a field twice
   */
  static Form read(Context http) throws Refused {
    Form form = new Form();
    byte[] body = http.bodyAsBytes();
    if (body.length > 0 || !ContentType.isAbsent(http)) {
      requireForm(http);
      for (String pair : text(body).split("&", FIELDS_MAX + 1)) {
        form.add(pair);
      }
    }
    return form;
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private static void requireForm(Context http) {
    if (!ContentType.isForm(http)) {
      throw new Problem(
          415, "Not a form", "Send the form as " + ContentType.FORM + " in UTF-8, as browsers do.");
    }
  }

  private static String text(byte[] body) throws Refused {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused("the form must be UTF-8", e);
    }
  }

  private void add(String pair) throws Refused {
    if (pair.isEmpty()) {
      return;
    }
    if (fields.size() == FIELDS_MAX) {
      throw new Refused("a form has at most " + FIELDS_MAX + " fields");
    }
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
    if (fields.put(name, value) != null) {
      throw new Refused("a field of the form may be given once");
    }
  }

  private static String decoded(String text) throws Refused {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused("the form is not percent-encoded as it should be", e);
    }
  }
}
