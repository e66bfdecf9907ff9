package dev.cadastre.proof.detect;

import dev.cadastre.proof.Hash;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Follows the chains that senders make of their records: each names the {@code IntegrityHash} of
 * the one before, as its receipt gave it (OpenTelemetry's audit-logging draft, "Ordering
 * Attributes"). That hash is the SHA-256 of the event as the log holds it, so whoever has the
 * entries can check every link.
 *
 * <p>A stream's first record opens its chain, whatever it names; a later number 1 that names none,
 * as after a restart, opens it anew. Any other record whose number is not above the highest so far
 * came again or late, and says nothing of the chain; one that leaves numbers out is a gap, and its
 * link, to a record that is not here, says nothing either.
 */
public final class ChainHistories {
  /** More streams than that are not followed: senders choose their names. */
  static final int STREAMS_MAX = 65_536;

  /** In the order in which the draft's editions named it, newest first. */
  private static final List<String> LINKS =
      List.of(
          Names.AUDIT_SEQUENCE_PREVIOUS_HASH,
          Names.AUDIT_SEQUENCE_PREV_HASH,
          Names.AUDIT_PREV_HASH);

  /** What the draft's earlier editions wanted the first record to name. */
  private static final String NOTHING = Hash.sha256(new byte[0]).hex();

  private final SortedMap<String, Track> tracks = new TreeMap<>();

  /** A record that does not continue its stream's chain. */
  record Break(String stream, String detail) {}

  public void add(long index, RecordEvent event) {
    follow(index, event);
  }

  /** Takes the next record; tells if it breaks its stream's chain. */
  Optional<Break> follow(long index, RecordEvent event) {
    OptionalLong number = SequenceHistories.number(event);
    Optional<String> link = link(event);
    if (number.isEmpty() && link.isEmpty()) {
      return Optional.empty();
    }
    String stream = SequenceHistories.stream(event);
    Track track = tracks.get(stream);
    if (track != null) {
      return track.add(index, number, link, event).map(detail -> new Break(stream, detail));
    }
    if (tracks.size() < STREAMS_MAX) {
      tracks.put(stream, new Track(number, hash(event)));
    }
    return Optional.empty();
  }

  private static Optional<String> link(RecordEvent event) {
    return LINKS.stream().flatMap(name -> event.attributes().string(name).stream()).findFirst();
  }

  private static Hash hash(RecordEvent event) {
    return Hash.sha256(EventCodec.encode(event));
  }

  /** Streams whose records name one before, sorted. */
  public List<ChainHistory> histories() {
    List<ChainHistory> histories = new ArrayList<>();
    tracks.forEach((stream, track) -> track.history(stream).ifPresent(histories::add));
    return histories;
  }

  private static final class Track {
    private final Runs.Collector broken = new Runs.Collector();
    private OptionalLong last;
    private Hash hash;
    private long links;
    private boolean chained;

    Track(OptionalLong number, Hash hash) {
      this.last = number;
      this.hash = hash;
    }

    Optional<String> add(
        long index, OptionalLong number, Optional<String> link, RecordEvent event) {
      if (steps(number) < 1) {
        if (number.getAsLong() == 1 && link.filter(named -> !named.equals(NOTHING)).isEmpty()) {
          last = number;
          hash = hash(event);
        }
        return Optional.empty();
      }
      Optional<String> problem = problem(link, steps(number) > 1);
      if (problem.isPresent()) {
        broken.add(index);
      } else if (link.filter(this::holds).isPresent()) {
        links++;
      }
      chained |= link.isPresent();
      last = number.isPresent() ? number : last;
      hash = hash(event);
      return problem;
    }

    /** How far the number is above the last; 1 when either has none. */
    private long steps(OptionalLong number) {
      return number.isPresent() && last.isPresent() ? number.getAsLong() - last.getAsLong() : 1;
    }

    private Optional<String> problem(Optional<String> link, boolean gap) {
      if (gap || link.filter(this::holds).isPresent()) {
        return Optional.empty();
      }
      if (link.isPresent()) {
        return Optional.of("does not name the record before it");
      }
      return chained ? Optional.of("names no record before it") : Optional.empty();
    }

    private boolean holds(String link) {
      return link.strip().toLowerCase(Locale.ROOT).equals(hash.hex());
    }

    Optional<ChainHistory> history(String stream) {
      return chained
          ? Optional.of(new ChainHistory(stream, links, broken.runs()))
          : Optional.empty();
    }
  }
}
