package dev.cadastre.server.cli;

import dev.cadastre.formats.Encodings;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.imports.ImportFailed;
import dev.cadastre.ingest.imports.ImportReader;
import dev.cadastre.ingest.imports.ImportTarget;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands records on in batches, counts them, and names those that are not understood. */
final class ImportRun {
  private static final int RECORDS_AT_ONCE = 1_000;
  private static final int BYTES_AT_ONCE = 4 << 20;
  private static final int NAMED_MAX = 20;
  private static final int REASON_CHARS = 160;
  private static final long SAY_EVERY = 100_000;

  private final ImportTarget target;
  private final PrintStream err;
  private final List<LogRecord> waiting = new ArrayList<>();
  private int waitingBytes;
  private String place = "";
  private long taken;
  private long repeats;
  private long unread;
  private long said;

  ImportRun(ImportTarget target, PrintStream err) {
    this.target = target;
    this.err = err;
  }

  /** Takes a whole file in. */
  void file(String name, InputStream in, ForeignFormats formats) throws IOException, ImportFailed {
    place = name + ": ";
    ImportReader reader = new ImportReader(in, formats);
    try {
      for (Optional<ImportReader.Read> next = reader.next();
          next.isPresent();
          next = reader.next()) {
        add(name, next.get());
      }
    } finally {
      // What was read before a file turned out to be broken is evidence like the rest.
      flush();
    }
  }

  private void add(String name, ImportReader.Read read) throws ImportFailed {
    if (!read.problem().isEmpty()) {
      unread++;
      if (unread <= NAMED_MAX) {
        String what = name + " line " + read.line() + ": kept as other: " + cut(read);
        err.println("cadastre: " + Encodings.plain(what));
      } else if (unread == NAMED_MAX + 1) {
        err.println("cadastre: further records that are kept as other are only counted");
      }
    }
    waiting.add(read.log());
    waitingBytes += read.log().getSerializedSize();
    if (waiting.size() == RECORDS_AT_ONCE || waitingBytes >= BYTES_AT_ONCE) {
      flush();
    }
  }

  private static String cut(ImportReader.Read read) {
    String reason = read.problem();
    return reason.length() <= REASON_CHARS ? reason : reason.substring(0, REASON_CHARS) + "…";
  }

  private void flush() throws ImportFailed {
    if (waiting.isEmpty()) {
      return;
    }
    ImportTarget.Taken result = target.take(List.copyOf(waiting));
    waiting.clear();
    waitingBytes = 0;
    taken += result.taken();
    repeats += result.repeats();
    long tens = (taken + repeats) / SAY_EVERY;
    if (tens > said) {
      said = tens;
      err.println("cadastre: " + tens * SAY_EVERY + " records");
    }
  }

  /** Which file is being read, for messages. */
  String place() {
    return place;
  }

  /** {@code 40 taken, 2 repeats, 1 kept as other}. */
  String summary() {
    return taken
        + " taken, "
        + repeats
        + " repeats, "
        + unread
        + " not understood and kept as other";
  }
}
