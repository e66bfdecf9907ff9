package dev.cadastre.bench;

import dev.cadastre.bench.load.Measurements;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The figures of one benchmark, in the order in which they are shown. */
public final class BenchResults {
  /**
   * One figure.
   *
   * @param name its key in JSON
   * @param value the median of its runs
   * @param note what else to know when reading it: the spread, the ratio to its floor
   */
  public record Figure(String name, double value, String note) {}

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  BenchResults add(String name, double value, String note) {
    figures.add(new Figure(name, value, note));
    return this;
  }

  BenchResults add(String name, Measurements runs, String note) {
    String spread = runs.spread();
    return add(name, runs.median(), note.isEmpty() ? spread : spread + "; " + note);
  }

  /** A line that the table shows below the figures. */
  BenchResults detail(String line) {
    details.add(line);
    return this;
  }

  /** The value of a figure that was added before. */
  public double get(String name) {
    return figures.stream()
        .filter(figure -> figure.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figure " + name))
        .value;
  }

  /** A table for people, a line each. */
  public List<String> table() {
    Stream<String> lines =
        figures.stream()
            .map(
                figure ->
                    String.format(
                        Locale.ROOT,
                        "%-20s %14s  %s",
                        figure.name,
                        rounded(figure.value),
                        figure.note))
            .map(String::stripTrailing);
    return Stream.concat(lines, details.stream()).toList();
  }

  /** Whole numbers where that is exact enough, else three digits after the point. */
  private static String rounded(double value) {
    boolean whole = Math.abs(value) >= 1_000 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.3f", value);
  }

  /** One object, its members the figures' names. */
  public Json.Obj json() {
    Json.Obj.Builder object = Json.Obj.builder();
    for (Figure figure : figures) {
      object.put(figure.name, new Json.Num(Math.round(figure.value * 1e3) / 1e3));
    }
    return object.build();
  }
}
