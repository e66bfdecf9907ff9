package dev.cadastre.portal.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of our own pages, to which a visitor goes on after signing in. It comes from an address that
 * anybody can write, so whatever could lead to another site is none.
 *
 * @param value path and query, as they stand in an address
 */
public record ReturnPath(String value) {
  /** The parameter of the sign-in page that carries it. */
  public static final String PARAMETER = "continue";

  private static final int MOST_CHARACTERS = 4096;

  /** RFC 3986's characters of a path and a query, less the backslash that browsers take for '/'. */
  private static final Pattern OURS =
      Pattern.compile(
          "/(?![/\\\\])[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

  /** The page that a text names, if it names one of ours. */
  public static Optional<ReturnPath> parse(String text) {
    if (text.length() > MOST_CHARACTERS || !OURS.matcher(text).matches()) {
      return Optional.empty();
    }
    String path = text.replaceFirst("\\?.*", "");
    boolean page =
        Surface.of(path).forPeople()
            && !path.contains("//")
            && !path.startsWith("/sign-")
            && !path.startsWith("/assets/");
    return page ? Optional.of(new ReturnPath(text)) : Optional.empty();
  }

  /** The page that was asked for. What was sent to it would be lost, so only for GET. */
  static Optional<ReturnPath> of(Context http) {
    if (!http.method().equals(HandlerType.GET)) {
      return Optional.empty();
    }
    String query = http.queryString();
    return parse(http.req().getRequestURI() + (query == null ? "" : "?" + query));
  }

  /** The sign-in page that leads on to it. */
  String signIn() {
    return "/sign-in?" + PARAMETER + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
