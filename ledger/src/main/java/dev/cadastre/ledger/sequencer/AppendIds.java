package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognizes records that come more than once in one append. */
final class AppendIds {
  private record Id(LogName log, Side side, String id) {}

  private final List<Draft> drafts;
  private final Map<Id, List<Integer>> places = new HashMap<>();

  AppendIds(List<Draft> drafts) {
    this.drafts = drafts;
  }

  /**
   * What is known of the draft at this place; to be asked for each in turn.
   *
   * @param inLog what the log knows of it
   */
  Optional<Known> find(int position, Optional<Known> inLog) {
    Draft draft = drafts.get(position);
    Id id = new Id(draft.log(), draft.side(), draft.recordId().orElseThrow());
    List<Integer> before = places.computeIfAbsent(id, none -> new ArrayList<>());
    Optional<Known> known = inLog;
    if (inLog.isEmpty() || !inLog.get().samePayload()) {
      known = among(before, draft, inLog);
    }
    boolean further = known.isEmpty() || !known.get().samePayload();
    if (further && before.size() < IdWindow.ENTRIES_MAX) {
      before.add(position);
    }
    return known;
  }

  private Optional<Known> among(List<Integer> before, Draft draft, Optional<Known> inLog) {
    for (int place : before) {
      if (KnownRecords.samePayload(draft, drafts.get(place).eventJcs())) {
        return Optional.of(new Known.InAppend(place, true));
      }
    }
    return inLog.isPresent() || before.isEmpty()
        ? inLog
        : Optional.of(new Known.InAppend(before.get(0), false));
  }
}
