package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.proof.detect.Approvals.Reference;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.List;
import java.util.function.Consumer;

/** Edges between hops in different countries, each when it is first seen for a category of data. */
final class BorderDetector implements Detectors.Detector {
  private static final List<Hop> DESTINATIONS =
      List.of(Hop.STORAGE, Hop.BACKUP, Hop.GATEWAY, Hop.EDGE, Hop.EGRESS);

  private final Memory memory;
  private final Approvals approvals;

  BorderDetector(Memory memory, Approvals approvals) {
    this.memory = memory;
    this.approvals = approvals;
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    if (Attempt.of(sighting.event()) == Attempt.REFUSED) {
      return;
    }
    for (String from : sighting.countries(Hop.PROCESSING)) {
      for (Hop hop : DESTINATIONS) {
        for (String to : sighting.countries(hop)) {
          if (!to.equals(from)) {
            edge(from + " -> " + to + " (" + hop.wire() + ")", sighting, alerts);
          }
        }
      }
    }
  }

  private void edge(String edge, Sighting sighting, Consumer<Alert> alerts) {
    String approval =
        approvals.reference(sighting).map(Reference::words).orElse("without an approval");
    List<String> named = sighting.event().categories();
    for (String category : named.isEmpty() ? List.of("*") : named) {
      // An edge ends in the first closing bracket, so the two are told apart whatever a category
      // is.
      String crossed = edge + " " + category;
      if (memory.get(Part.CROSSED, crossed).isEmpty() && memory.hasRoom(Part.CROSSED, crossed)) {
        memory.put(Part.CROSSED, crossed, "");
        String detail = "first seen for data of category " + category + ", " + approval;
        alerts.accept(sighting.alert(Alert.Kind.NEW_CROSS_BORDER_EDGE, edge, detail));
      }
    }
  }
}
