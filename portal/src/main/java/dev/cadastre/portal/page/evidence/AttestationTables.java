package dev.cadastre.portal.page.evidence;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.page.ContractWords;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.MostSeen;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.Observation;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.KeyHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an attestation counts, as rows of the page's tables. */
public final class AttestationTables {
  private static final List<String> VIOLATIONS = List.of("verdict", Outcome.VIOLATION.wire());

  private AttestationTables() {}

  /** How often one hop of one category was seen at one place. */
  public record Seen(
      String category,
      String hop,
      String place,
      String known,
      String assurance,
      String outcome,
      String count) {}

  /** Verdicts by category. */
  public record Category(String name, List<String> counts) {}

  /** Entries with one finding at one place; {@code about} explains the rule. */
  public record Item(
      String count,
      String rule,
      String about,
      String hop,
      String place,
      String first,
      String firstHref,
      String last,
      String lastHref) {}

  /** Some entries, and how many there are in all. */
  public record Items(String count, List<Item> shown, String more) {}

  /**
   * One key in the period; {@code brokenHref} lists what broke the contract with it, or is empty.
   */
  public record Key(
      String id,
      String href,
      String brokenHref,
      String custody,
      String places,
      String uses,
      String denials,
      String inconclusive,
      String rotations,
      String revocations) {}

  static List<Category> categories(ResidencyAttestation said) {
    List<Category> rows = new ArrayList<>();
    said.categories()
        .forEach(
            (name, tally) ->
                rows.add(
                    new Category(
                        category(name),
                        Arrays.stream(Outcome.values())
                            .map(outcome -> Words.number(tally.of(outcome.wire())))
                            .toList())));
    return rows;
  }

  private static String category(String name) {
    return name.equals("*") ? "none stated" : Foreign.of(name);
  }

  static List<Seen> seen(ResidencyAttestation said, PlaceNames names) {
    List<Seen> rows = new ArrayList<>();
    for (Map.Entry<Observation, Long> one : MostSeen.of(said.observations())) {
      Observation what = one.getKey();
      String outcome = what.outcome().equals(Observation.UNJUDGED) ? "" : what.outcome();
      rows.add(
          new Seen(
              category(what.category()),
              what.hop(),
              Foreign.of(what.place()),
              names.of(what.place()),
              what.assurance() + (what.side().isEmpty() ? "" : ", told by the customer"),
              outcome,
              Words.number(one.getValue())));
    }
    return rows;
  }

  /** Those that broke the contract first, then those that were used most. */
  static List<Key> keys(LogName log, ResidencyAttestation said, Set<String> broken) {
    List<KeyHistory> all = said.keys();
    if (all.size() > MostSeen.LISTED) {
      all =
          all.stream()
              .sorted(
                  Comparator.comparing((KeyHistory key) -> !broken.contains(key.keyId()))
                      .thenComparing(Comparator.comparing(KeyHistory::uses).reversed()))
              .limit(MostSeen.LISTED)
              .toList();
    }
    return all.stream().map(key -> key(log, key, broken, AttestationResult.bounds(said))).toList();
  }

  static Items items(LogName log, long count, List<FindingGroup> groups) {
    List<Item> shown =
        groups.stream()
            .sorted(Comparator.comparing(FindingGroup::count).reversed())
            .limit(MostSeen.LISTED)
            .map(group -> item(log, group))
            .toList();
    String more = groups.size() > shown.size() ? "More are in the attestation itself." : "";
    return new Items(Words.number(count), shown, more);
  }

  private static Item item(LogName log, FindingGroup group) {
    FindingGroup.What what = group.what();
    return new Item(
        Words.number(group.count()),
        Foreign.of(what.rule()),
        ContractWords.about(what.rule()),
        what.hop(),
        what.place().isEmpty() ? "" : Foreign.of(what.place()),
        Words.number(group.first()),
        Links.entry(log, group.first()),
        Words.number(group.last()),
        Links.entry(log, group.last()));
  }

  private static Key key(LogName log, KeyHistory key, Set<String> broken, List<String> bounds) {
    return new Key(
        Foreign.of(key.keyId()),
        Links.key(log, key.keyId()),
        broken.contains(key.keyId())
            ? Links.eventsOfKey(
                log,
                key.keyId(),
                Stream.concat(VIOLATIONS.stream(), bounds.stream()).toArray(String[]::new))
            : "",
        Foreign.list(key.custody()),
        Foreign.list(key.places()),
        Words.number(key.uses()),
        Words.number(key.denials()),
        Words.number(key.inconclusive()),
        Words.number(key.rotations().count()),
        Words.number(key.revocations().size()));
  }
}
