package dev.cadastre.ingest.location;

import dev.cadastre.formats.Refused;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a workload (SPIFFE-ID standard, section 2): {@code spiffe://<trust domain>/<path>}.
 *
 * @param path segments, none of which is empty
 */
public record SpiffeId(String trustDomain, List<String> path) {
  private static final String SCHEME = "spiffe://";
  private static final int BYTES_MAX = 2048;
  private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]+");

  public SpiffeId {
    path = List.copyOf(path);
  }

  /** Reads an id in its only spelling. */
  public static SpiffeId parse(String uri) throws Refused {
    if (!uri.startsWith(SCHEME) || uri.length() > BYTES_MAX) {
      throw new Refused("a SPIFFE id begins with spiffe:// and has at most 2048 bytes");
    }
    List<String> parts = List.of(uri.substring(SCHEME.length()).split("/", -1));
    if (!TRUST_DOMAIN.matcher(parts.get(0)).matches()) {
      throw new Refused("a SPIFFE id's trust domain is lower-case letters, digits, '.', '-', '_'");
    }
    for (String segment : parts.subList(1, parts.size())) {
      boolean relative = segment.equals(".") || segment.equals("..");
      if (relative || !SEGMENT.matcher(segment).matches()) {
        throw new Refused(
            "a SPIFFE id's path is of letters, digits, '.', '-', '_' between slashes");
      }
    }
    return new SpiffeId(parts.get(0), parts.subList(1, parts.size()));
  }

  /** What entries call a sender of this id: {@code spiffe/<trust domain>/<path>}. */
  public String sender() {
    return "spiffe/" + rest();
  }

  private String rest() {
    return path.isEmpty() ? trustDomain : trustDomain + "/" + String.join("/", path);
  }

  /** The URI. */
  @Override
  public String toString() {
    return SCHEME + rest();
  }
}
