package dev.cadastre.portal.api;

import dev.cadastre.formats.json.Json;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Route;
import dev.cadastre.portal.http.Rule;
import dev.cadastre.portal.http.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The OpenAPI 3.1 description, made from the route table itself: a route that lacks a description
 * stops the server from starting.
 */
public final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("[{<]([a-z]+)[}>]");

  private final byte[] json;

  public OpenApi(List<Route> routes, String title) {
    Map<String, Json> paths = new TreeMap<>();
    for (Route route : routes) {
      if (isDescribed(route)) {
        String path = path(route);
        String method = route.changes() ? "post" : "get";
        Json.Obj others =
            paths.get(path) instanceof Json.Obj known ? known : Json.Obj.builder().build();
        Map<String, Json> methods = new TreeMap<>(others.members());
        methods.put(method, operation(route, path));
        paths.put(path, Json.Obj.of(methods));
      }
    }
    this.json = document(title, Json.Obj.of(paths)).jcs();
  }

  private static boolean isDescribed(Route route) {
    return route.surface() == Surface.API || route.surface() == Surface.TILE;
  }

  private static String path(Route route) {
    return route.path().replace('<', '{').replace('>', '}');
  }

  /** The route with the query parameters that its description names, if it has one. */
  public static Route withItsQuery(Route route) {
    return isDescribed(route)
        ? route.query(Descriptions.of(route.method() + " " + path(route)).query().keySet())
        : route;
  }

  /** Answers with the description. */
  public void show(Call call) {
    call.http().header("Cache-Control", "public, max-age=300");
    call.bytes("application/json", json);
  }

  private static Json.Obj document(String title, Json paths) {
    Json info =
        Json.Obj.builder()
            .put("title", title)
            .put("version", "1")
            .put("description", Descriptions.INTRODUCTION)
            .build();
    Json bearer = Json.Obj.builder().put("type", "http").put("scheme", "bearer").build();
    Json components =
        Json.Obj.builder()
            .put("securitySchemes", Json.Obj.builder().put("bearer", bearer).build())
            .put("schemas", Descriptions.schemas())
            .build();
    return Json.Obj.builder()
        .put("openapi", "3.1.0")
        .put("info", info)
        .put("paths", paths)
        .put("components", components)
        .build();
  }

  private static Json operation(Route route, String path) {
    Descriptions.Operation said = Descriptions.of(route.method() + " " + path);
    Json.Builder operation =
        Json.Obj.builder()
            .put("operationId", said.id())
            .put("summary", said.summary())
            .put("parameters", parameters(path, said))
            .put("responses", responses(route, path, said));
    if (route.rule() instanceof Rule.OfTenant) {
      Json needed = Json.Obj.builder().put("bearer", new Json.Arr(List.of())).build();
      operation.put("security", new Json.Arr(List.of(needed)));
    }
    if (!said.body().isEmpty()) {
      operation.put("requestBody", Descriptions.body(said.body()));
    }
    return operation.build();
  }

  private static Json parameters(String path, Descriptions.Operation said) {
    List<Json> parameters = new ArrayList<>();
    Matcher inPath = PARAMETER.matcher(path);
    while (inPath.find()) {
      parameters.add(
          parameter(inPath.group(1), "path", Descriptions.parameter(inPath.group(1)), true));
    }
    said.query().forEach((name, about) -> parameters.add(parameter(name, "query", about, false)));
    return new Json.Arr(parameters);
  }

  private static Json parameter(String name, String in, String about, boolean required) {
    return Json.Obj.builder()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("description", about)
        .put("schema", Descriptions.parameterSchema(name))
        .build();
  }

  private static Json responses(Route route, String path, Descriptions.Operation said) {
    Map<String, Json> responses = new TreeMap<>();
    responses.put(Integer.toString(said.status()), Descriptions.answer(said));
    Map<Integer, String> refusals = new TreeMap<>(said.refusals());
    refusals.putIfAbsent(400, "A parameter is malformed, or none that this address knows.");
    if (path.contains("{")) {
      refusals.putIfAbsent(404, "There is no such thing.");
    }
    if (route.rule() instanceof Rule.OfTenant) {
      refusals.put(401, "No token, or one that is unknown, expired or revoked.");
      refusals.put(403, "The token does not open this log; the same whether it exists or not.");
    }
    refusals.forEach(
        (status, why) -> responses.put(Integer.toString(status), Descriptions.problem(why)));
    return Json.Obj.of(responses);
  }
}
