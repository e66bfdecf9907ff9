package dev.cadastre.portal.http;

import io.javalin.http.Context;
import java.util.Locale;

/** What a request says its body is (RFC 9110, section 8.3). */
final class ContentType {
  static final String FORM = "application/x-www-form-urlencoded";

  private ContentType() {}

  static boolean isAbsent(Context http) {
    return http.header("Content-Type") == null;
  }

  static boolean isForm(Context http) {
    return isUtf8(http, FORM);
  }

  /** Whether it is that type, and in no other charset than UTF-8. */
  static boolean isUtf8(Context http, String type) {
    String header = http.header("Content-Type");
    String[] parts = (header == null ? "" : header).toLowerCase(Locale.ROOT).split(";");
    boolean is = parts.length > 0 && parts[0].strip().equals(type);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      is &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    return is;
  }
}
