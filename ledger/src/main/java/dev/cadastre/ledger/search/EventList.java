package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.BlockScan.Match;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
      int[] terms = terms(field.getKey(), field.getValue());
      if (terms.length == 0) {
        return Optional.empty();
      }
      matches.add(new Match(terms, List.of()));
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

  /** What may stand in a field: a person stands under a name of its own in each period. */
  private int[] terms(Field field, String value) throws SQLException {
    Set<Integer> terms = new TreeSet<>();
    terms.add(snapshot.term(field.type(), value));
    if (field == Field.ACTOR) {
      for (String person : query.persons()) {
        terms.add(snapshot.term(field.type(), person));
      }
    }
    terms.remove(0);
    return terms.stream().mapToInt(Integer::intValue).toArray();
  }

  private Match text(String part) throws SQLException {
    return new Match(
        snapshot.termsContaining(part), RecordIds.find(snapshot, logs, query.log(), part));
  }
}
