package dev.cadastre.portal.http;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages' style, scripts and drawings, read once from the class path. Each is served under a
 * path that names the hash of its bytes, so that caches may keep it for good and an update is seen
 * at once.
 */
public final class Assets {
  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  private static final int FINGERPRINT = 12;

  private record Asset(String contentType, byte[] bytes, String fingerprint) {}

  private final Map<String, Asset> byName;

  private Assets(Map<String, Asset> byName) {
    this.byName = byName;
  }

  public static Assets load() {
    Map<String, Asset> assets = new TreeMap<>();
    for (String name : new String[] {"cadastre.css", "portal.js", "mark.svg", "world.svg"}) {
      assets.put(name, asset(name, "templates/static/" + name));
    }
    assets.put("htmx.js", asset("htmx.js", HTMX));
    return new Assets(assets);
  }

  private static Asset asset(String name, String resource) {
    byte[] bytes = read(resource);
    return new Asset(contentType(name), bytes, Hash.sha256(bytes).hex().substring(0, FINGERPRINT));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no content type for " + name);
    };
  }

  /** The path under which the asset is served now. */
  public String url(String name) {
    Asset asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return "/assets/" + asset.fingerprint() + "/" + name;
  }

  /** Answers {@code /assets/{fingerprint}/{name}}. */
  public void serve(Call call) throws Refused {
    Asset asset = byName.get(call.path("name"));
    if (asset == null || !asset.fingerprint().equals(call.path("fingerprint"))) {
      throw Problem.notFound("There is no such file.");
    }
    call.immutable();
    call.bytes(asset.contentType(), asset.bytes());
  }
}
