package dev.cadastre.portal.page.overview;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.portal.page.Bounded;
import dev.cadastre.portal.page.ContractWords;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.VerdictCount;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.text.Foreign;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each hop of each category was seen, against what the contract allows: the worst first. */
final class ContractTable {
  private final LogName log;
  private final String from;
  private final Optional<AdoptedPolicy> policy;
  private final PlaceNames names;

  /**
   * @param from since when events are counted, as the event list's filter has it
   */
  ContractTable(LogName log, String from, Optional<AdoptedPolicy> policy, PlaceNames names) {
    this.log = log;
    this.from = from;
    this.policy = policy;
    this.names = names;
  }

  Bounded<List<OverviewPage.Row>> rows(List<Summary.PlaceSeen> places, int most) {
    List<Summary.PlaceSeen> sorted =
        places.stream()
            .sorted(
                Comparator.comparing(ContractTable::worst)
                    .reversed()
                    .thenComparing(seen -> seen.category().orElse(""))
                    .thenComparing(Summary.PlaceSeen::hop))
            .toList();
    return Bounded.of(sorted, most).map(shown -> shown.stream().map(this::row).toList());
  }

  String caption() {
    return policy
        .map(
            p ->
                "What the policy of entry "
                    + Words.number(p.index())
                    + " allows, and where events were seen")
        .orElse("No policy was adopted yet");
  }

  private static Outcome worst(Summary.PlaceSeen seen) {
    return Outcome.worst(seen.outcomes().keySet());
  }

  private OverviewPage.Row row(Summary.PlaceSeen seen) {
    String category = seen.category().orElse("");
    return new OverviewPage.Row(
        category.isEmpty() ? "none stated" : Foreign.of(category),
        seen.hop().wire(),
        policy
            .map(p -> Foreign.of(ContractWords.allowed(p.policy(), category, seen.hop(), names)))
            .orElse("no policy"),
        Foreign.of(seen.place()),
        names.of(seen.place()),
        Words.number(seen.events()),
        Links.events(log, "place", seen.place(), "category", category, "from", from),
        seen.outcomes().entrySet().stream()
            .sorted(Map.Entry.<Outcome, Long>comparingByKey().reversed())
            .map(one -> new VerdictCount(one.getKey().wire(), Words.number(one.getValue()), ""))
            .toList(),
        String.join(
            ", ", seen.assurances().keySet().stream().sorted().map(Assurance::wire).toList()));
  }
}
