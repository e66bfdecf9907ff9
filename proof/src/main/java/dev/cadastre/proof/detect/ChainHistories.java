package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.RecordEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what senders' chains come to over a run of entries; {@link ChainFollower} follows them.
 */
public final class ChainHistories {
  private final ChainFollower chains = new ChainFollower(Memory.inHeap());
  private final SortedMap<String, Track> tracks = new TreeMap<>();

  public void add(long index, RecordEvent event) {
    chains
        .follow(event)
        .ifPresent(
            step -> tracks.computeIfAbsent(step.stream(), name -> new Track()).add(index, step));
  }

  /** Streams whose records name one before, sorted. */
  public List<ChainHistory> histories() {
    List<ChainHistory> histories = new ArrayList<>();
    tracks.forEach(
        (stream, track) -> {
          if (track.chained) {
            histories.add(new ChainHistory(stream, track.links, track.broken.runs()));
          }
        });
    return histories;
  }

  private static final class Track {
    private final Runs.Collector broken = new Runs.Collector();
    private long links;
    private boolean chained;

    void add(long index, ChainFollower.Step step) {
      switch (step.link()) {
        case HOLDS -> links++;
        case BROKEN -> broken.add(index);
        case SILENT -> {}
      }
      chained = step.chained();
    }
  }
}
