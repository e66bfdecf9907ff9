package dev.cadastre.portal.http;

import java.util.Set;

/** Whom a route answers, which decides how it refuses and what caches may keep. */
public enum Surface {
  /** HTML for people. */
  PAGE,
  /** JSON for programs. */
  API,
  /** C2SP tlog-tiles resources. */
  TILE,
  /** Style, script and images of the pages themselves. */
  ASSET;

  private static final Set<String> MACHINES = Set.of("/healthz", "/readyz", "/metrics");

  /** The surface a path belongs to, for paths that lead nowhere. */
  public static Surface of(String path) {
    if (path.startsWith("/api/") || MACHINES.contains(path)) {
      return API;
    }
    boolean tile =
        path.startsWith("/logs/")
            || path.startsWith("/anchors/tile/")
            || path.startsWith("/anchors/entries/")
            || path.equals("/anchors/checkpoint");
    return tile ? TILE : PAGE;
  }

  /** Whether people read the answer. */
  public boolean forPeople() {
    return this == PAGE;
  }
}
