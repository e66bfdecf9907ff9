package dev.cadastre.portal.http;

import dev.cadastre.ledger.access.Sessions;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/**
 * The one cookie: a session's id. With HTTPS it is bound to this host and to secure connections.
 */
public record SessionCookie(boolean https) {
  private String name() {
    return https ? "__Host-cadastre" : "cadastre";
  }

  Optional<String> read(Context http) {
    return Optional.ofNullable(http.cookie(name()));
  }

  /** Sends the cookie of a session that began. */
  public void set(Context http, String id) {
    http.cookie(cookie(id, (int) Sessions.LIFE.toSeconds()));
  }

  /** Takes the cookie back. */
  public void clear(Context http) {
    http.cookie(cookie("", 0));
  }

  private Cookie cookie(String value, int maxAge) {
    return new Cookie(name(), value, "/", maxAge, https, true, null, SameSite.LAX);
  }
}
