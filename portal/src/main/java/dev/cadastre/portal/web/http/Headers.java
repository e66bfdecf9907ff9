package dev.cadastre.portal.web.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * The security headers of every answer. Nothing is ever loaded from another host, and no other host
 * frames or reads us.
 */
public final class Headers {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
              + " frame-ancestors 'none'; base-uri 'none'",
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
          "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
          // What a page shows depends on who asks, so it is kept by nobody else and asked for again
          // each time.
          "Cache-Control",
          "private, no-cache");

  private Headers() {}

  /** Sets them; a handler may loosen Cache-Control. */
  public static void set(HttpServletResponse response, boolean https) {
    ALWAYS.forEach(response::setHeader);
    response.setHeader("Vary", "Authorization, Cookie");
    if (https) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
