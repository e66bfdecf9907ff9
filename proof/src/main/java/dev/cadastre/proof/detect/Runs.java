package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of numbers as runs of consecutive ones, so that a million in a row take one line.
 *
 * @param runs ascending, with a hole between each two
 */
public record Runs(List<Run> runs) {
  public static final Runs NONE = new Runs(List.of());

  public Runs {
    runs = List.copyOf(runs);
  }

  /** The numbers {@code first} to {@code last}, both included. */
  public record Run(long first, long last) {}

  public long count() {
    return runs.stream().mapToLong(run -> run.last - run.first + 1).sum();
  }

  public Json.Arr toJson() {
    List<Json> pairs = new ArrayList<>();
    for (Run run : runs) {
      pairs.add(new Json.Arr(List.of(Json.of(run.first), Json.of(run.last))));
    }
    return new Json.Arr(pairs);
  }

  public static Runs fromJson(List<Json> pairs) throws Refused {
    List<Run> runs = new ArrayList<>();
    for (Json pair : pairs) {
      if (!(pair instanceof Json.Arr both)
          || both.items().size() != 2
          || !(both.items().get(0) instanceof Json.Num first && first.isInteger())
          || !(both.items().get(1) instanceof Json.Num last && last.isInteger())) {
        throw new Refused("expected a pair of integers, found " + pair.kind());
      }
      runs.add(new Run((long) first.value(), (long) last.value()));
    }
    return new Runs(runs);
  }

  /** Collects ascending numbers as far as there is room. */
  public static final class Collector {
    private final ListCapacity room;
    private final List<Run> done = new ArrayList<>();
    private long first = -1;
    private long last = -1;

    public Collector(ListCapacity room) {
      this.room = room;
    }

    public void add(long number) {
      if (first < 0 || number != last + 1) {
        if (!room.take(ListCapacity.RUN_BYTES)) {
          return;
        }
        if (first >= 0) {
          done.add(new Run(first, last));
        }
        first = number;
      }
      last = number;
    }

    public Runs runs() {
      List<Run> all = new ArrayList<>(done);
      if (first >= 0) {
        all.add(new Run(first, last));
      }
      return new Runs(all);
    }
  }
}
