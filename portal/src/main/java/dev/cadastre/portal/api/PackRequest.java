package dev.cadastre.portal.api;

import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.services.PeriodQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The period that a request for a pack names: by anchors ({@code after}, {@code until}) or by times
 * ({@code from}, {@code to}, RFC 3339), which are widened to the anchors around them. Nothing given
 * means everything that is anchored.
 */
final class PackRequest {
  private PackRequest() {}

  static Period period(Periods periods, LogName log, Json.Obj asked) throws Refused {
    asked.only("after", "until", "from", "to");
    if (asked.has("from") || asked.has("to")) {
      if (asked.has("after") || asked.has("until")) {
        throw new Refused("name a period by anchors or by times, not both");
      }
      return periods.covering(log, time(asked, "from"), time(asked, "to"));
    }
    return PeriodQuery.parse(periods, log, anchor(asked, "after"), anchor(asked, "until"));
  }

  private static Optional<String> anchor(Json.Obj asked, String name) throws Refused {
    if (asked.optValue(name).filter(value -> value instanceof Json.Str).isPresent()) {
      return asked.optStr(name);
    }
    OptionalLong index = asked.optInteger(name);
    return index.isPresent() ? Optional.of(Long.toString(index.getAsLong())) : Optional.empty();
  }

  private static Optional<Instant> time(Json.Obj asked, String name) throws Refused {
    try {
      return asked.optStr(name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new Refused(
          "'" + name + "' is an RFC 3339 time in UTC such as 2026-11-21T10:25:03Z", e);
    }
  }
}
