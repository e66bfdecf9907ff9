package dev.cadastre.ingest.location;

import dev.cadastre.formats.Refused;
import java.util.List;
import java.util.Optional;

/**
 * Where a SPIFFE id says in which region its workload runs, which SPIFFE itself leaves open: {@code
 * spiffe://*}{@code /region/{region}/**}. A segment {@code *} is any one, {@code **} at the end any
 * number, {@code {region}} and {@code {provider}} are what is looked for.
 */
public record SpiffePattern(List<String> parts) {
  private static final String SCHEME = "spiffe://";
  private static final String ONE = "*";
  private static final String REST = "**";
  private static final String REGION = "{region}";
  private static final String PROVIDER = "{provider}";

  public SpiffePattern {
    parts = List.copyOf(parts);
  }

  /** What an id says of its place; the provider is empty where the pattern has none. */
  record Found(String provider, String region) {}

  /** Reads a pattern, which must have one {@code {region}}. */
  public static SpiffePattern parse(String text) throws Refused {
    List<String> parts =
        List.of(text.substring(Math.min(text.length(), SCHEME.length())).split("/", -1));
    boolean sound =
        text.startsWith(SCHEME)
            && parts.stream().filter(REGION::equals).count() == 1
            && parts.stream().filter(PROVIDER::equals).count() <= 1
            && parts.stream().noneMatch(String::isEmpty);
    if (!sound) {
      throw new Refused(
          "expected a pattern such as spiffe://*/region/{region}/**, found '" + text + "'");
    }
    return new SpiffePattern(parts);
  }

  Optional<Found> find(SpiffeId id) {
    String provider = "";
    String region = "";
    int known = parts.size();
    boolean open = parts.get(known - 1).equals(REST);
    int fixed = open ? known - 1 : known;
    int given = id.path().size() + 1;
    if (open ? given < fixed : given != fixed) {
      return Optional.empty();
    }
    for (int i = 0; i < fixed; i++) {
      String part = parts.get(i);
      String found = i == 0 ? id.trustDomain() : id.path().get(i - 1);
      switch (part) {
        case REGION -> region = found;
        case PROVIDER -> provider = found;
        case ONE -> {}
        default -> {
          if (!part.equals(found)) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(new Found(provider, region));
  }
}
