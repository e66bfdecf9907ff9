package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.RecordEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what senders' chains come to over a run of entries; {@link ChainFollower} follows them.
 */
public final class ChainHistories {
  /** A chain that is nowhere broken. */
  private static final int CHAIN_BYTES = 100;

  private final ChainFollower chains;
  private final SortedMap<String, Track> tracks = new TreeMap<>();
  private final ListCapacity room;

  public ChainHistories() {
    this(ListCapacity.endless());
  }

  public ChainHistories(ListCapacity room) {
    this.room = room;
    this.chains = new ChainFollower(Memory.inHeap(room));
  }

  public void add(long index, RecordEvent event) {
    chains.follow(event).filter(ChainFollower.Step::chained).ifPresent(step -> add(index, step));
  }

  private void add(long index, ChainFollower.Step step) {
    Track track = tracks.get(step.stream());
    if (track == null && room.take(CHAIN_BYTES + ListCapacity.bytesOf(step.stream()))) {
      track = new Track(room);
      tracks.put(step.stream(), track);
    }
    if (track != null) {
      track.add(index, step.link());
    }
  }

  /** Streams whose records name one before, sorted. */
  public List<ChainHistory> histories() {
    List<ChainHistory> histories = new ArrayList<>();
    tracks.forEach(
        (stream, track) ->
            histories.add(new ChainHistory(stream, track.links, track.broken.runs())));
    return histories;
  }

  private static final class Track {
    private final Runs.Collector broken;
    private long links;

    Track(ListCapacity room) {
      this.broken = new Runs.Collector(room);
    }

    void add(long index, ChainFollower.Link link) {
      switch (link) {
        case HOLDS -> links++;
        case BROKEN -> broken.add(index);
        case SILENT -> {}
      }
    }
  }
}
