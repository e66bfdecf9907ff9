package dev.cadastre.portal.web.http;

import io.javalin.http.HandlerType;

/**
 * One row of the route table.
 *
 * @param path Javalin's form: {@code {name}} is one segment, {@code <name>} the rest of the path
 * @param rule who may take it
 */
public record Route(HandlerType method, String path, Rule rule, Surface surface, Handler handler) {
  public static Route get(String path, Rule rule, Surface surface, Handler handler) {
    return new Route(HandlerType.GET, path, rule, surface, handler);
  }

  public static Route post(String path, Rule rule, Surface surface, Handler handler) {
    return new Route(HandlerType.POST, path, rule, surface, handler);
  }

  /**
   * Whether taking the route changes something, so that a browser must prove that its own page
   * asked for it.
   */
  public boolean changes() {
    return method == HandlerType.POST;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
