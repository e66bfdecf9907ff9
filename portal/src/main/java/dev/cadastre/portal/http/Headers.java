package dev.cadastre.portal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * The security headers of every answer. Nothing is ever loaded from another host, and no other host
 * frames us, or reads more than the public log of anchors.
 */
public final class Headers {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(),"
              + " usb=()",
          // What a page shows depends on who asks, so it is kept by nobody else and asked for again
          // each time.
          "Cache-Control",
          "private, no-cache");

  /** Answers differ by who asks, and by whether they may be compressed (RFC 9110, 12.5.5). */
  private static final String VARY = "Accept-Encoding, Authorization, Cookie";

  private Headers() {}

  /** Sets them; a handler may loosen Cache-Control. */
  public static void set(HttpServletResponse response, boolean https) {
    ALWAYS.forEach(response::setHeader);
    response.setHeader("Vary", VARY);
    if (https) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /** For answers that are the same whoever asks. */
  static void forEveryone(HttpServletResponse response) {
    response.setHeader("Vary", "Accept-Encoding");
  }

  /**
   * For what every stranger may check: pages of other hosts may read it, too (Fetch Standard, "CORS
   * protocol").
   */
  static void forStrangers(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
