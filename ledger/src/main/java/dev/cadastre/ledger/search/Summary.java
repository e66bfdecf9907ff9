package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a log says of a time in one look, counted by hours of the events' own time.
 *
 * @param range the time counted: the one asked for, widened to whole hours
 * @param judged events by outcome, that of their verdict or what the order of entries shows beyond
 *     it; events that are not judged are in no outcome
 * @param buckets without gaps, oldest first
 * @param outside events of times far from those at which the log received anything, which are in no
 *     bucket and are counted in all else
 * @param places where each hop of each category was seen
 * @param alerts what detectors noticed, in the order of their kinds
 * @param breaches how the contract was broken, the gravest first; at most 200 ways
 * @param violations the newest, newest first
 * @param indexed how many entries of the log the index holds
 */
public record Summary(
    TimeRange range,
    long events,
    Map<String, Long> kinds,
    Map<Outcome, Long> judged,
    List<Bucket> buckets,
    long outside,
    List<PlaceSeen> places,
    List<KeySeen> keys,
    List<AlertSeen> alerts,
    List<BreachSeen> breaches,
    List<EventRow> violations,
    long indexed) {

  /** The events of one hour or day. */
  public record Bucket(long fromNs, long toNs, long events, Map<Outcome, Long> judged) {}

  /**
   * Events of one category whose hop was at one place.
   *
   * @param category empty for events that name none
   * @param outcomes by what the verdict found of this very hop
   * @param lastNs the latest of the events' own times, unix nanoseconds
   * @param lastIndex the newest such entry
   */
  public record PlaceSeen(
      Optional<String> category,
      Hop hop,
      String place,
      Map<Assurance, Long> assurances,
      Map<Outcome, Long> outcomes,
      long events,
      long lastNs,
      long lastIndex) {}

  /**
   * What became of one key. Counts are of the summary's time; everything else is as of the newest
   * indexed entry. Times are unix nanoseconds.
   *
   * @param uses uses that succeeded
   * @param refusals uses that were refused
   * @param inconclusive uses that failed, and nothing tells that they were refused
   * @param outcomes events that name the key, by outcome; those not judged are in none
   * @param disabledNs since when the key is disabled, if it is
   * @param enabledNs since when the key is enabled, if an event says so; a key may be neither
   */
  public record KeySeen(
      String key,
      Optional<String> custody,
      Optional<String> provider,
      Optional<String> place,
      long uses,
      long refusals,
      long inconclusive,
      Map<Outcome, Long> outcomes,
      long firstNs,
      long lastNs,
      Optional<Long> lastUsedNs,
      Optional<Long> lastRefusedNs,
      Optional<Long> lastRotatedNs,
      Optional<Long> disabledNs,
      Optional<Long> enabledNs) {}
}
