package dev.cadastre.formats.event;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What holds of the members of every event that a cell writes, taken together. */
final class EventRules {
  private static final Pattern ORIGIN = Pattern.compile("[^/].*/([^/]+)/[^/]+", Pattern.DOTALL);

  private EventRules() {}

  static void require(Event event) throws Refused {
    if (event instanceof RecordEvent one) {
      record(one);
    } else if (event instanceof Birth birth) {
      birth(birth);
    } else if (event instanceof AnchorEvent anchor) {
      anchor(anchor);
    }
  }

  /**
   * A sender in one of its forms, no proof without evidence and no more than it supports, no
   * signature over what is not there.
   */
  private static void record(RecordEvent event) throws Refused {
    SenderForms.require(event.sender());
    boolean altered =
        event.integrity().filter(one -> one.status() == Integrity.Status.INVALID).isPresent();
    for (Map.Entry<Hop, Location> hop : event.locations().entrySet()) {
      Location location = hop.getValue();
      if (location.assurance() == Assurance.PROVEN && location.evidence().isEmpty()) {
        throw new Refused(
            "expected the evidence of a proven place, found none at hop " + hop.getKey().wire());
      }
      if (location.assurance() == Assurance.DECLARED) {
        requireDeclared(event, location.evidence().isEmpty());
      }
      if (altered && location.assurance() == Assurance.CORROBORATED) {
        throw new Refused(
            "expected no corroborated place in a record whose signature does not hold, found one at"
                + " hop "
                + hop.getKey().wire());
      }
      if (location.evidence().isPresent()) {
        location.evidence().get().require(location.assurance(), altered);
      }
    }
    if (!event.custody().isEmpty()) {
      requireDeclared(event, true);
    }
    for (String member : event.integrity().map(Integrity::covers).orElse(List.of())) {
      if (!event.has(member)) {
        throw new Refused(
            "expected a signature over what is there, found one over \"" + member + "\"");
      }
    }
  }

  /** What an inventory declares is said where something is judged. */
  private static void requireDeclared(RecordEvent event, boolean alone) throws Refused {
    if (event.verdict().isEmpty() || !alone) {
      throw new Refused(
          "expected what is declared in a judged record and without evidence, found it otherwise");
    }
  }

  private static void birth(Birth birth) throws Refused {
    var origin = ORIGIN.matcher(birth.origin());
    if (!origin.matches() || !origin.group(1).equals(birth.cell())) {
      throw new Refused(
          "expected an origin <ledger>/<cell>/<log> of cell "
              + Encodings.quote(birth.cell())
              + ", found "
              + Encodings.quote(birth.origin()));
    }
  }

  /** An anchor closes the day on which it is made, or the one before. */
  private static void anchor(AnchorEvent anchor) throws Refused {
    LocalDate made = AnchorEvent.day(anchor.time());
    String date = anchor.date();
    if (!date.equals(made.toString()) && !date.equals(made.minusDays(1).toString())) {
      throw new Refused(
          "expected the anchor's day, "
              + made
              + " or the one before, as \"date\", found "
              + Encodings.quote(date));
    }
    leaves(anchor.leaves());
    if (anchor.takenBack().isPresent()) {
      leaves(anchor.takenBack().get().leaves());
    }
  }

  private static void leaves(long leaves) throws Refused {
    if (leaves < AnchorEvent.MIN_LEAVES) {
      throw new Refused(
          "expected at least " + AnchorEvent.MIN_LEAVES + " as \"leaves\", found " + leaves);
    }
  }
}
