package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the numbers that senders give their records ({@code audit.sequence.number}) and remembers
 * which never came. Records may arrive out of order: a number is missing only as long as it does
 * not turn up. Numbers below 0 or beyond 2^53-1 are passed over.
 */
public final class SequenceHistories {
  /** A stream with no number missing. */
  private static final int STREAM_BYTES = 150;

  private final SortedMap<String, Track> tracks = new TreeMap<>();
  private final ListCapacity room;

  public SequenceHistories() {
    this(ListCapacity.endless());
  }

  public SequenceHistories(ListCapacity room) {
    this.room = room;
  }

  public void add(RecordEvent event) {
    OptionalLong number = number(event);
    if (number.isPresent()) {
      Track track = track(Streams.of(event), number.getAsLong());
      if (track != null) {
        track.add(number.getAsLong());
      }
    }
  }

  /** The stream's track; none if it has no room. */
  private @Nullable Track track(String stream, long number) {
    Track known = tracks.get(stream);
    if (known != null || !room.take(STREAM_BYTES + ListCapacity.bytesOf(stream))) {
      return known;
    }
    Track track = new Track(number, room);
    tracks.put(stream, track);
    return track;
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

  private static final class Track {
    private final NavigableMap<Long, Long> missing = new TreeMap<>();
    private final ListCapacity room;
    private final long first;
    private long last;
    private long repeats;
    private boolean incomplete;

    Track(long first, ListCapacity room) {
      this.room = room;
      this.first = first;
      this.last = first - 1;
    }

    void add(long number) {
      if (number > last) {
        if (number > last + 1) {
          miss(last + 1, number - 1);
        }
        last = number;
      } else if (!fill(number) && number >= first) {
        again();
      }
    }

    private void miss(long from, long to) {
      if (room.take(ListCapacity.RUN_BYTES)) {
        missing.put(from, to);
      } else {
        incomplete = true;
      }
    }

    /** Where gaps had no room, a late number cannot be told from one that came again. */
    private void again() {
      if (incomplete) {
        room.omit();
      } else {
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
      room.giveBack(ListCapacity.RUN_BYTES);
      if (run.getKey() < number) {
        miss(run.getKey(), number - 1);
      }
      if (number < run.getValue()) {
        miss(number + 1, run.getValue());
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
