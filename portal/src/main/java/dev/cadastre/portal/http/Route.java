package dev.cadastre.portal.http;

import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/**
 * One row of the route table.
 *
 * @param path Javalin's form: {@code {name}} is one segment, {@code <name>} the rest of the path
 * @param rule who may take it
 * @param query the names of the query parameters that mean something here; others are refused
 */
public record Route(
    HandlerType method,
    String path,
    Rule rule,
    Surface surface,
    Set<String> query,
    Handler handler) {
  public static Route get(String path, Rule rule, Surface surface, Handler handler) {
    return new Route(HandlerType.GET, path, rule, surface, Set.of(), handler);
  }

  public static Route post(String path, Rule rule, Surface surface, Handler handler) {
    return new Route(HandlerType.POST, path, rule, surface, Set.of(), handler);
  }

  /** The same with these query parameters. */
  public Route query(Set<String> names) {
    return new Route(method, path, rule, surface, Set.copyOf(names), handler);
  }

  /**
   * Whether taking the route changes something, so that a browser must prove that its own page
   * asked for it.
   */
  public boolean changes() {
    return method == HandlerType.POST;
  }

  /**
   * Whether everybody gets the same answer, signed in or not: what everyone may have and is no
   * page.
   */
  public boolean forEveryone() {
    return rule instanceof Rule.Open && surface != Surface.PAGE;
  }

  /** Sets the headers of the route's answers that are not every answer's. */
  public void headers(HttpServletResponse response) {
    if (forEveryone()) {
      Headers.forEveryone(response);
    }
    if (rule instanceof Rule.Open && surface == Surface.TILE) {
      Headers.forStrangers(response);
    }
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
