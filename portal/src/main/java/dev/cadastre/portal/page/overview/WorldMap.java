package dev.cadastre.portal.page.overview;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.registry.Region;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where events were seen, as dots on {@code world.svg}: Miller cylindrical projection, 960 units
 * for 360 degrees, its top at 76 degrees north. The view is cut to the part of the world that is
 * concerned. Regions of one city share a dot, which leads to the one where most happened. A place
 * without coordinates in the registry is only in the table below the map.
 *
 * @param viewBox the part of the drawing that is shown
 * @param type size of the labels in map units
 */
public record WorldMap(String viewBox, double type, List<Dot> dots, List<String> unplaced) {
  private static final double SCALE = 960 / (2 * Math.PI);
  private static final double TOP = miller(76);

  /**
   * One city.
   *
   * @param x map units from the left
   * @param y map units from the top
   * @param r radius, growing with the logarithm of the number of events
   * @param outcome the heaviest outcome seen there
   * @param anchor {@code start} or {@code end}: the end of the label that lies at {@code labelX}
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

  /** What was seen in one city; {@code place} is where most of it was. */
  private record Seen(
      String place, Region region, long events, long most, Outcome worst, String places) {
    Seen and(Seen other) {
      boolean more = other.most > most;
      String both = places.contains(other.places) ? places : places + ", " + other.places;
      return new Seen(
          more ? other.place : place,
          region,
          events + other.events,
          Math.max(most, other.most),
          Outcome.worst(List.of(worst, other.worst)),
          both);
    }
  }

  public static WorldMap of(LogName log, List<Summary.PlaceSeen> places, Registry registry) {
    Map<String, Seen> cities = new TreeMap<>();
    List<String> unplaced = new ArrayList<>();
    for (Summary.PlaceSeen seen : places) {
      Outcome worst = Outcome.worst(seen.outcomes().keySet());
      Optional<Region> region = registry.region(seen.place());
      if (region.isPresent()) {
        Seen one =
            new Seen(seen.place(), region.get(), seen.events(), seen.events(), worst, seen.place());
        cities.merge(region.get().name() + region.get().country(), one, Seen::and);
      } else if (!unplaced.contains(seen.place())) {
        unplaced.add(seen.place());
      }
    }
    MapView view =
        MapView.around(
            cities.values().stream()
                .map(seen -> new MapView.Point(x(seen.region), y(seen.region)))
                .toList());
    List<Dot> dots = new ArrayList<>();
    cities.values().stream()
        .sorted(
            Comparator.comparing(Seen::worst)
                .reversed()
                .thenComparing(Seen::events, Comparator.reverseOrder()))
        .forEach(seen -> dots.add(dot(log, seen, registry, view, dots)));
    return new WorldMap(view.box(), view.type(), List.copyOf(dots), List.copyOf(unplaced));
  }

  private static double x(Region region) {
    return round((region.longitude() + 180) / 360 * 960);
  }

  private static double y(Region region) {
    return round(TOP - miller(region.latitude()));
  }

  private static Dot dot(
      LogName log, Seen seen, Registry registry, MapView view, List<Dot> placed) {
    Region region = seen.region;
    double x = x(region);
    double y = y(region);
    double r = round(view.unit() * (4.5 + 1.3 * Math.log10(seen.events() + 1.0)));
    String country = registry.countries().getOrDefault(region.country(), region.country());
    String title =
        region.name()
            + ", "
            + country
            + " ("
            + seen.places
            + "): "
            + Words.count(seen.events(), "sighting", "sightings")
            + ", "
            + seen.worst().wire();
    double gap = r + 4 * view.unit();
    boolean left = view.crowded(x + gap, y, region.name(), placed);
    double labelY = view.free(x, y + view.type() / 3, placed);
    return new Dot(
        x,
        y,
        r,
        seen.worst().wire(),
        region.name(),
        title,
        Links.events(log, "place", seen.place()),
        round(left ? x - gap : x + gap),
        labelY,
        left ? "end" : "start");
  }

  private static double miller(double latitude) {
    return 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * Math.toRadians(latitude))) * SCALE;
  }

  static double round(double units) {
    return Math.round(units * 10) / 10.0;
  }

  /** The size of the labels, as SVG has it. */
  public String fontSize() {
    return String.format(Locale.ROOT, "%.1f", type);
  }
}
