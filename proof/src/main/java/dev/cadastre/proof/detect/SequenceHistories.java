package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Follows the numbers that senders give their records ({@code audit.sequence.number}) and remembers
 * which never came. Records may arrive out of order: a number is missing only as long as it does
 * not turn up. Numbers below 0 or beyond 2^53-1 are passed over.
 */
public final class SequenceHistories {
  private final SortedMap<String, Track> tracks = new TreeMap<>();

  public void add(RecordEvent event) {
    OptionalLong number = number(event);
    if (number.isPresent()) {
      tracks
          .computeIfAbsent(stream(event), name -> new Track(number.getAsLong()))
          .add(number.getAsLong());
    }
  }

  /** The sender's number of a record, if it has one that is followed. */
  static OptionalLong number(RecordEvent event) {
    OptionalLong number = event.attributes().integer(Names.AUDIT_SEQUENCE_NUMBER);
    boolean followed =
        number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= Json.MAX_INTEGER;
    return followed ? number : OptionalLong.empty();
  }

  /** Sorted by stream. */
  public List<SequenceHistory> histories() {
    List<SequenceHistory> histories = new ArrayList<>();
    tracks.forEach((stream, track) -> histories.add(track.history(stream)));
    return histories;
  }

  /**
   * The stream a record's number counts in: its instance's, or the one of its own that it names.
   */
  static String stream(RecordEvent event) {
    String instance = instance(event);
    return event
        .attributes()
        .string(Names.AUDIT_SEQUENCE_STREAM_ID)
        .map(id -> instance + " " + id)
        .orElse(instance);
  }

  static String instance(RecordEvent event) {
    Attributes resource = event.resourceAttributes();
    return event.sender()
        + " "
        + resource.string(Names.SERVICE_NAME).orElse("-")
        + " "
        + resource.string(Names.SERVICE_INSTANCE_ID).orElse("-");
  }

  private static final class Track {
    private final NavigableMap<Long, Long> missing = new TreeMap<>();
    private final long first;
    private long last;
    private long repeats;

    Track(long first) {
      this.first = first;
      this.last = first - 1;
    }

    void add(long number) {
      if (number > last) {
        if (number > last + 1) {
          missing.put(last + 1, number - 1);
        }
        last = number;
      } else if (!fill(number) && number >= first) {
        repeats++;
      }
    }

    /** Takes a late number out of the missing ones. */
    private boolean fill(long number) {
      Map.Entry<Long, Long> run = missing.floorEntry(number);
      if (run == null || run.getValue() < number) {
        return false;
      }
      missing.remove(run.getKey());
      if (run.getKey() < number) {
        missing.put(run.getKey(), number - 1);
      }
      if (number < run.getValue()) {
        missing.put(number + 1, run.getValue());
      }
      return true;
    }

    SequenceHistory history(String stream) {
      List<Runs.Run> runs = new ArrayList<>();
      missing.forEach((from, to) -> runs.add(new Runs.Run(from, to)));
      return new SequenceHistory(stream, first, last, new Runs(runs), repeats);
    }
  }
}
