package dev.cadastre.portal.web.page;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.proof.event.Outcome;
import dev.cadastre.proof.residency.Place;
import dev.cadastre.proof.residency.Region;
import dev.cadastre.proof.residency.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where events were seen, as dots on {@code world.svg}: Miller cylindrical projection, 960 units
 * for 360 degrees, its top at 76 degrees north. A place that the registry has no coordinates for is
 * only in the table beside the map.
 */
public record WorldMap(List<Dot> dots, List<String> unplaced) {
  private static final double SCALE = 960 / (2 * Math.PI);
  private static final double TOP = miller(76);
  private static final double LABEL_HEIGHT = 16;
  private static final double LABEL_WIDTH = 9.2;

  /**
   * One place.
   *
   * @param x map units from the left
   * @param y map units from the top
   * @param r radius, growing with the logarithm of the number of events
   * @param outcome the heaviest outcome seen there
   * @param labelX where the label begins or ends
   * @param anchor {@code start} or {@code end}: to which side of the dot the label lies
   */
  public record Dot(
      double x,
      double y,
      double r,
      String outcome,
      String label,
      String title,
      String href,
      double labelX,
      double labelY,
      String anchor) {}

  private record Seen(String place, long events, Outcome worst) {
    Seen and(Seen other) {
      return new Seen(place, events + other.events, worst.or(other.worst));
    }
  }

  static WorldMap of(LogName log, List<Summary.PlaceSeen> places, Registry registry) {
    Map<String, Seen> byPlace = new TreeMap<>();
    for (Summary.PlaceSeen seen : places) {
      Outcome worst = seen.outcomes().keySet().stream().reduce(Outcome.COMPLIANT, Outcome::or);
      byPlace.merge(seen.place(), new Seen(seen.place(), seen.events(), worst), Seen::and);
    }
    List<Dot> dots = new ArrayList<>();
    List<String> unplaced = new ArrayList<>();
    byPlace.values().stream()
        .sorted(
            Comparator.comparing(Seen::worst)
                .reversed()
                .thenComparing(Seen::events, Comparator.reverseOrder()))
        .forEach(
            seen ->
                region(seen.place(), registry)
                    .ifPresentOrElse(
                        region -> dots.add(dot(log, seen, region, registry, dots)),
                        () -> unplaced.add(seen.place())));
    return new WorldMap(List.copyOf(dots), List.copyOf(unplaced));
  }

  private static Optional<Region> region(String place, Registry registry) {
    return registry.regions().stream().filter(region -> region.id().equals(place)).findFirst();
  }

  private static Dot dot(
      LogName log, Seen seen, Region region, Registry registry, List<Dot> placed) {
    double x = round((region.longitude() + 180) / 360 * 960);
    double y = round(TOP - miller(region.latitude()));
    double r = round(4.5 + 1.3 * Math.log10(seen.events() + 1.0));
    String label = region.name();
    String country = registry.countries().getOrDefault(region.country(), region.country());
    String title =
        region.id()
            + ", "
            + region.name()
            + ", "
            + country
            + ": "
            + Words.count(seen.events(), "event", "events")
            + ", "
            + seen.worst().wire();
    boolean left =
        x > 960 - label.length() * LABEL_WIDTH - 20 || crowded(x + r + 4, y, label, placed);
    double labelX = round(left ? x - r - 4 : x + r + 4);
    double labelY = free(y + 5, x, placed);
    return new Dot(
        x,
        y,
        r,
        seen.worst().wire(),
        label,
        title,
        Links.events(log, "place", seen.place()),
        labelX,
        labelY,
        left ? "end" : "start");
  }

  private static boolean crowded(double from, double y, String label, List<Dot> placed) {
    double to = from + label.length() * LABEL_WIDTH;
    return placed.stream()
        .filter(dot -> dot.anchor().equals("start"))
        .anyMatch(
            dot ->
                Math.abs(dot.y() - y) < LABEL_HEIGHT
                    && from < dot.labelX() + dot.label().length() * LABEL_WIDTH
                    && dot.labelX() < to);
  }

  /**
   * Moves a label down past those already there; exact packing is not worth its code, since the
   * table names every place.
   */
  private static double free(double y, double x, List<Dot> placed) {
    double at = y;
    for (Dot dot : placed) {
      if (Math.abs(dot.x() - x) < 90 && Math.abs(dot.labelY() - at) < LABEL_HEIGHT) {
        at = dot.labelY() + LABEL_HEIGHT;
      }
    }
    return round(at);
  }

  private static double miller(double latitude) {
    return 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * Math.toRadians(latitude))) * SCALE;
  }

  private static double round(double units) {
    return Math.round(units * 10) / 10.0;
  }

  /** The country a place lies in, for people; empty when it is not known or not one. */
  static Optional<String> country(String place, Registry registry) {
    return registry
        .resolve(place)
        .flatMap(Place::country)
        .map(code -> registry.countries().getOrDefault(code, code));
  }

  /** What people call a place: the region's city and country, or the country. */
  static String known(String place, Registry registry) {
    Optional<String> country = country(place, registry);
    String city = region(place, registry).map(Region::name).orElse("");
    return country.map(name -> city.isEmpty() ? name : city + ", " + name).orElse(city);
  }
}
