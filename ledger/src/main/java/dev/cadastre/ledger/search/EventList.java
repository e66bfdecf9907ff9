package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.BlockScan.Match;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of one query. */
final class EventList {
  private final IndexView snapshot;
  private final EntrySource logs;
  private final EventQuery query;

  EventList(IndexView snapshot, EntrySource logs, EventQuery query) {
    this.snapshot = snapshot;
    this.logs = logs;
    this.query = query;
  }

  EventPage page(Optional<Cursor> after) throws SQLException {
    long end = Math.min(snapshot.indexed, after.map(Cursor::index).orElse(Long.MAX_VALUE));
    List<EventRow> rows = new ArrayList<>();
    long left = 0;
    Optional<List<Match>> matches = matches();
    if (matches.isPresent()) {
      // One row more than a page has tells whether another page follows.
      left =
          new BlockScan(
                  snapshot.statements, snapshot.log, matches.get(), query.time(), query.received())
              .backward(
                  end,
                  (index, block, row) -> {
                    rows.add(snapshot.row(index, block, row));
                    return rows.size() <= query.limit();
                  });
    }
    return page(rows, left);
  }

  private EventPage page(List<EventRow> rows, long left) {
    if (rows.size() <= query.limit()) {
      Optional<String> rest =
          left == 0 ? Optional.empty() : Optional.of(new Cursor(left).format(query.filters()));
      return new EventPage(rows, rest, snapshot.indexed);
    }
    List<EventRow> shown = rows.subList(0, query.limit());
    Cursor end = new Cursor(shown.get(shown.size() - 1).index());
    return new EventPage(shown, Optional.of(end.format(query.filters())), snapshot.indexed);
  }

  /** What every event must match; empty if none can. */
  private Optional<List<Match>> matches() throws SQLException {
    List<Match> matches = new ArrayList<>();
    for (Map.Entry<Field, String> field : query.fields().entrySet()) {
      int term = snapshot.term(field.getKey().type(), field.getValue());
      if (term == 0) {
        return Optional.empty();
      }
      matches.add(Match.term(term));
    }
    if (query.text().isPresent() && !query.text().get().isEmpty()) {
      matches.add(text(query.text().get()));
    }
    if (query.recordId().isPresent()) {
      List<Long> carriers = RecordIds.find(snapshot, logs, query.log(), query.recordId().get());
      if (carriers.isEmpty()) {
        return Optional.empty();
      }
      matches.add(new Match(new int[0], carriers));
    }
    return Optional.of(matches);
  }

  private Match text(String part) throws SQLException {
    return new Match(
        snapshot.termsContaining(part), RecordIds.find(snapshot, logs, query.log(), part));
  }
}
