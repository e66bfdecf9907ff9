package dev.cadastre.ingest.imports;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.List;

/** Where imported records go. */
public interface ImportTarget {
  /**
   * What became of records.
   *
   * @param taken records that are new in the log
   * @param repeats records that the log had already; 0 if the target does not tell
   */
  record Taken(long taken, long repeats) {}

  /**
   * Takes records in. Once this returns, all of them are on disk.
   *
   * @throws ImportFailed if they could not be taken; how many of them were is not known
   */
  Taken take(List<LogRecord> records) throws ImportFailed;
}
