package dev.cadastre.ingest.foreign.supply;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one scan found: how much, by which rules, in which resources. */
final class ScanFindings {
  /** An entry is bounded; the original has the rest. */
  private static final int NAMED_MAX = 100;

  private final Set<String> rules = new TreeSet<>();
  private final Set<String> severities = new TreeSet<>();
  private final Set<String> places = new TreeSet<>();
  private long count;

  void add(Optional<String> rule, String severity, Optional<String> place) {
    count++;
    rule.ifPresent(rules::add);
    severities.add(severity);
    place.ifPresent(places::add);
  }

  void put(Mapping to) {
    to.outcome(count == 0 ? "success" : "failure");
    to.put(Names.FINDING_COUNT, count);
    to.putAll(Names.FINDING_RULE, few(rules));
    to.putAll(Names.FINDING_SEVERITY, few(severities));
    to.putAll(Names.FINDING_RESOURCE, few(places));
  }

  private static List<String> few(Set<String> texts) {
    return new ArrayList<>(texts).subList(0, Math.min(NAMED_MAX, texts.size()));
  }
}
