package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Sessions;
import dev.cadastre.ledger.access.Tokens;
import dev.cadastre.ledger.model.LogName;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Finds out who calls and whether the route's rule lets them in. Everything that is not let in is
 * refused.
 */
public final class Gate {
  private static final String BEARER = "Bearer ";
  private static final int MAX_AUTHORIZATION = 512;

  private final Tokens tokens;
  private final Sessions sessions;
  private final SessionCookie cookie;

  public Gate(Tokens tokens, Sessions sessions, SessionCookie cookie) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /**
   * Who calls. A token that is sent must be good, on public pages too: a caller must not take its
   * answer for an authenticated one. Nobody is asked where the answer is the same for everyone.
   */
  public Visitor identify(Context http, Route route) {
    if (route.forEveryone()) {
      return new Visitor.Anonymous();
    }
    String authorization = http.header("Authorization");
    if (authorization != null) {
      return new Visitor.Bearer(bearer(authorization));
    }
    Optional<Visitor> browser =
        cookie
            .read(http)
            .flatMap(id -> sessions.find(id).map(session -> new Visitor.Browser(id, session)));
    return browser.orElseGet(Visitor.Anonymous::new);
  }

  private Principal bearer(String authorization) {
    if (authorization.length() > MAX_AUTHORIZATION
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.unauthenticated("The Authorization header must be 'Bearer' and a token.");
    }
    return tokens
        .verify(authorization.substring(BEARER.length()).strip())
        .orElseThrow(() -> Problem.unauthenticated("The token is unknown, expired or revoked."));
  }

  /** Lets the call pass or refuses it. The refusal is the same whether the tenant exists or not. */
  public void admit(Call call) throws Refused {
    if (call.route().rule() instanceof Rule.OfTenant rule) {
      Principal principal =
          call.visitor()
              .who()
              .orElseThrow(() -> Problem.unauthenticated("This needs a token of the tenant."));
      Optional<LogName> log = named(call.path("tenant"));
      if (log.isEmpty() || !rule.lets(principal, log.get())) {
        throw Problem.forbidden("Your token does not open this.");
      }
    }
    if (call.route().changes()) {
      refuseForged(call);
    }
  }

  private static Optional<LogName> named(String tenant) {
    try {
      return Optional.of(LogName.parse(tenant));
    } catch (Refused malformed) {
      return Optional.empty();
    }
  }

  /**
   * A browser sends its cookie whoever's page asks; only our own pages know the session's CSRF
   * value.
   */
  private static void refuseForged(Call call) throws Refused {
    String site = call.http().header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Problem.forbidden("Another site asked your browser for this.");
    }
    Optional<Visitor.Browser> browser = call.visitor().browser();
    if (browser.isPresent()
        && !same(browser.get().session().csrf(), call.form("csrf").orElse(""))) {
      throw Problem.forbidden("The form is out of date. Go back, reload the page and try again.");
    }
  }

  private static boolean same(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }
}
