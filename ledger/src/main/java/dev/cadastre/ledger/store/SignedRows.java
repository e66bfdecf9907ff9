package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.LogName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger's own tables say was signed of a log, and how long it is.
 *
 * @param size number of entries
 * @param notes the newest kept checkpoint and the checkpoint of the newest anchor, as far as there
 *     are any
 */
public record SignedRows(LogName log, String origin, long size, List<Note> notes) {
  /** Seeks to each log's last rows, however many there are before. */
  private static final String QUERY =
      """
      select l.name, l.origin,
        (select s.first_index + s.count from segment s where s.log = l.name
          order by s.first_index desc limit 1),
        c.size, c.note, a.size, a.note
      from log l
      left join checkpoint c on c.log = l.name
        and c.size = (select max(size) from checkpoint where log = l.name)
      left join anchor_leaf a on a.log = l.name
        and a.anchor_index = (select max(anchor_index) from anchor_leaf where log = l.name)
      where l.name >= ? and l.name <= ?
      order by l.name
      """;

  /**
   * A signed note and where it stands.
   *
   * @param size the size that its row says
   */
  public record Note(String table, long size, byte[] bytes) {}

  public SignedRows {
    notes = List.copyOf(notes);
  }

  /** Whether the rows say that anything was signed of the log. An anchor is signed at once. */
  public boolean signed() {
    return !notes.isEmpty() || log.equals(LogName.ANCHORS) && size > 1;
  }

  /** Of the logs from one name to another, in the order of their names. */
  static List<SignedRows> between(DSLContext context, LogName first, LogName last) {
    return context.fetch(QUERY, first.value(), last.value()).map(SignedRows::of);
  }

  private static SignedRows of(Record row) {
    List<Note> notes = new ArrayList<>(2);
    note(row, "checkpoint", 3).ifPresent(notes::add);
    note(row, "anchor_leaf", 5).ifPresent(notes::add);
    @Nullable Long size = row.get(2, Long.class);
    return new SignedRows(
        new LogName(row.get(0, String.class)),
        row.get(1, String.class),
        size == null ? 0 : size,
        notes);
  }

  private static Optional<Note> note(Record row, String table, int at) {
    @Nullable Long size = row.get(at, Long.class);
    byte[] bytes = row.get(at + 1, byte[].class);
    return size == null ? Optional.empty() : Optional.of(new Note(table, size, bytes));
  }
}
