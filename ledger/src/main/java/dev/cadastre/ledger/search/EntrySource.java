package dev.cadastre.ledger.search;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import java.util.List;

/** The logs as the index sees them. */
public interface EntrySource {
  /** All logs there are. */
  List<LogName> logs();

  /** A number that grows whenever any log grows. */
  long newestSegment();

  /** The logs that grew after {@link #newestSegment()} was that number, and perhaps others. */
  List<LogName> grownSince(long segment);

  /** How many entries a log has; 0 if there is no such log. */
  long size(LogName log);

  /**
   * The entries from {@code from} to before {@code to}, in order; {@code to} is at most the log's
   * size.
   */
  List<Entry> entries(LogName log, long from, long to);

  /** The same entries' exact bytes, not parsed; shared, not to be changed. */
  default List<byte[]> bytes(LogName log, long from, long to) {
    return entries(log, from, to).stream().map(Entry::bytes).toList();
  }
}
