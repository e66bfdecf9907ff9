package dev.cadastre.portal.http;

import dev.cadastre.ledger.access.Principal;
import dev.cadastre.ledger.access.Session;
import java.util.Optional;

/** Who makes a call, as verified by the server. */
public sealed interface Visitor {
  /** Nobody known. */
  record Anonymous() implements Visitor {}

  /** A program that sent a token with the call. */
  record Bearer(Principal principal) implements Visitor {}

  /** A browser that signed in; {@code id} is what its cookie carries. */
  record Browser(String id, Session session) implements Visitor {}

  /** The verified principal, if there is one. */
  default Optional<Principal> who() {
    if (this instanceof Bearer bearer) {
      return Optional.of(bearer.principal());
    }
    return browser().map(browser -> browser.session().principal());
  }

  /** This visitor as a browser's session, if it is one. */
  default Optional<Browser> browser() {
    return this instanceof Browser browser ? Optional.of(browser) : Optional.empty();
  }
}
