package dev.cadastre.formats.registry;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What region a sender may mean by a text that is nearly a region's name. */
final class RegionSpelling {
  /** {@code europe-west3-a} of Google, {@code fr-par-1} of Scaleway, {@code de-fra-1a}. */
  private static final Pattern DASHED_ZONE = Pattern.compile("(.+)-(?:[a-z]|[0-9]{1,2})");

  /** {@code eu-central-1a} of Amazon. */
  private static final Pattern LETTERED_ZONE = Pattern.compile("(.+[0-9])[a-z]");

  private RegionSpelling() {}

  /** Spellings to look up, best first, for a lower-case text. */
  static Set<String> candidates(String text) {
    String region = FixedUnicode.strip(text);
    Set<String> candidates = new LinkedHashSet<>();
    candidates.add(region);
    candidates.add(region.replace(" ", ""));
    add(LETTERED_ZONE.matcher(region), candidates);
    add(DASHED_ZONE.matcher(region), candidates);
    return candidates;
  }

  private static void add(Matcher matcher, Set<String> candidates) {
    if (matcher.matches()) {
      candidates.add(matcher.group(1));
    }
  }
}
