package dev.cadastre.ledger.search;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param events newest in the log first
 * @param next the cursor of the page after, if there is one
 * @param indexed how many entries of the log the index held when the page was read
 */
public record EventPage(List<EventRow> events, Optional<String> next, long indexed) {
  public EventPage {
    events = List.copyOf(events);
  }
}
