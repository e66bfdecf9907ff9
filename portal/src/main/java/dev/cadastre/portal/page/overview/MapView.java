package dev.cadastre.portal.page.overview;

import java.util.List;
import java.util.Locale;

/**
 * The part of the world that a map shows, in the drawing's own 960 by 420 units and its
 * proportions, never less than a continent.
 *
 * @param x left edge
 * @param y top edge
 * @param width how much is shown from left to right
 */
public record MapView(double x, double y, double width) {
  private static final double WORLD_WIDTH = 960;
  private static final double WORLD_HEIGHT = 420;
  private static final double LEAST = 340;
  private static final double MARGIN = 1.35;
  private static final double LETTER = 0.56;

  /** A point in the drawing. */
  public record Point(double x, double y) {}

  /** The smallest view that has room around all the points; the whole world where there is none. */
  public static MapView around(List<Point> points) {
    if (points.isEmpty()) {
      return new MapView(0, 0, WORLD_WIDTH);
    }
    double left = points.stream().mapToDouble(Point::x).min().orElseThrow();
    double right = points.stream().mapToDouble(Point::x).max().orElseThrow();
    double top = points.stream().mapToDouble(Point::y).min().orElseThrow();
    double bottom = points.stream().mapToDouble(Point::y).max().orElseThrow();
    double tall = (bottom - top) * WORLD_WIDTH / WORLD_HEIGHT;
    double width = Math.min(WORLD_WIDTH, Math.max(LEAST, MARGIN * Math.max(right - left, tall)));
    double height = width * WORLD_HEIGHT / WORLD_WIDTH;
    double x = within((left + right - width) / 2, WORLD_WIDTH - width);
    return new MapView(x, within((top + bottom - height) / 2, WORLD_HEIGHT - height), width);
  }

  private static double within(double start, double most) {
    return Math.max(0, Math.min(start, most));
  }

  /** One part in 960 of the width: what a unit is when the whole world is shown. */
  double unit() {
    return width / WORLD_WIDTH;
  }

  /** Size of a label. */
  double type() {
    return 20 * unit();
  }

  public String box() {
    return String.format(
        Locale.ROOT, "%.1f %.1f %.1f %.1f", x, y, width, width * WORLD_HEIGHT / WORLD_WIDTH);
  }

  /** Whether a label that starts there would leave the view or cover one that is placed already. */
  boolean crowded(double from, double at, String label, List<WorldMap.Dot> placed) {
    double to = from + length(label);
    return to > x + width
        || placed.stream()
            .filter(dot -> dot.anchor().equals("start"))
            .anyMatch(
                dot ->
                    Math.abs(dot.y() - at) < type()
                        && from < dot.labelX() + length(dot.label())
                        && dot.labelX() < to);
  }

  /**
   * A height for a label below those already there; exact packing is not worth its code, since the
   * table names every place.
   */
  double free(double near, double wanted, List<WorldMap.Dot> placed) {
    double at = wanted;
    for (WorldMap.Dot dot : placed) {
      if (Math.abs(dot.x() - near) < 6 * type() && Math.abs(dot.labelY() - at) < type()) {
        at = dot.labelY() + type();
      }
    }
    return WorldMap.round(at);
  }

  private double length(String label) {
    return label.length() * LETTER * type();
  }
}
