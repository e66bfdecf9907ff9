package dev.cadastre.ledger.search.stored;

import dev.cadastre.formats.event.Hop;
import java.util.List;

/** The tables of the index. */
public final class IndexTables {
  public static final long HOUR_NS = 3_600_000_000_000L;

  /** Stored for a hop that the verdict says nothing of. */
  public static final int NOT_JUDGED = -1;

  public static final Hop[] HOPS = Hop.values();

  /** Where every log's number and position are. */
  public static final String LOGS = "indexed_log";

  /**
   * Those that hold rows of each log, all but the column {@code log} following from that log alone.
   */
  public static final List<Table> OF_A_LOG =
      List.of(
          new Table("term", "id"),
          new Table("block", "block"),
          new Table("block_rows", "block, part"),
          new Table("block_posting", "block"),
          new Table("posting", "stretch, term"),
          new Table("record_run", "tier, run, part"),
          new Table("rollup_kind", "hour, kind, outcome"),
          new Table("rollup_place", "hour, category, hop, place, assurance, outcome"),
          new Table("rollup_key", "hour, key, step"),
          new Table("rollup_breach", "hour, breach"),
          new Table("rollup_key_outcome", "hour, key, outcome"),
          new Table("key_state", "key"),
          new Table("key_revocation", "key, entry_index, revoked, scope, name"),
          new Table("detector_memory", "part, item"),
          new Table("alert", "entry_index, number"),
          new Table("rollup_alert", "hour, kind, subject"),
          new Table("alert_total", "kind"));

  /**
   * @param key the columns of the primary key after {@code log}, which come first in the table
   */
  public record Table(String name, String key) {
    public int keyColumns() {
      return key.split(",").length;
    }
  }

  private IndexTables() {}
}
