package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.util.Comparator;

/**
 * How often a hop was seen at a place. Names are wire names.
 *
 * @param category data category, {@code *} when the event named none
 * @param hop the hop
 * @param place the place as the entry has it
 * @param assurance how well it is supported
 * @param outcome heaviest finding on that hop, {@code unjudged} when there is none
 * @param side {@code customer} where its side told it, else empty
 */
public record Observation(
    String category, String hop, String place, String assurance, String outcome, String side)
    implements Comparable<Observation> {
  /** The outcome of a hop that no policy spoke of. */
  public static final String UNJUDGED = "unjudged";

  private static final Comparator<Observation> ORDER =
      Comparator.comparing(Observation::category)
          .thenComparing(Observation::hop)
          .thenComparing(Observation::place)
          .thenComparing(Observation::assurance)
          .thenComparing(Observation::outcome)
          .thenComparing(Observation::side);

  /** Told by the vendor. */
  public Observation(String category, String hop, String place, String assurance, String outcome) {
    this(category, hop, place, assurance, outcome, "");
  }

  @Override
  public int compareTo(Observation other) {
    return ORDER.compare(this, other);
  }

  Json.Obj toJson(long count) {
    Json.Builder json =
        Json.Obj.builder()
            .put("assurance", assurance)
            .put("category", category)
            .put("count", count)
            .put("hop", hop)
            .put("outcome", outcome)
            .put("place", place);
    if (!side.isEmpty()) {
      json.put("side", side);
    }
    return json.build();
  }

  static Observation fromJson(Json.Obj json) throws Refused {
    json.only("assurance", "category", "count", "hop", "outcome", "place", "side");
    return new Observation(
        json.str("category"),
        json.str("hop"),
        json.str("place"),
        json.str("assurance"),
        json.str("outcome"),
        json.optStr("side").orElse(""));
  }
}
