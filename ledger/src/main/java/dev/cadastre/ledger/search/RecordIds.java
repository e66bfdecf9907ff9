package dev.cadastre.ledger.search;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.RecordRuns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks record ids up. */
public final class RecordIds {
  private RecordIds() {}

  /**
   * The first 8 bytes of the id's SHA-256: two ids with the same are told apart by their entries.
   */
  public static long hash(byte[] recordId) {
    return ByteBuffer.wrap(Hash.sha256(recordId).bytes()).getLong();
  }

  /** The entries that carry this id, oldest first. */
  static List<Long> find(IndexView snapshot, EntrySource logs, LogName log, String recordId)
      throws SQLException {
    byte[] id = recordId.getBytes(StandardCharsets.UTF_8);
    List<Long> found = new ArrayList<>();
    RecordRuns runs = new RecordRuns(snapshot.statements, snapshot.log);
    for (long index : runs.find(hash(id), snapshot.indexed)) {
      if (carries(logs.bytes(log, index, index + 1).get(0), id)) {
        found.add(index);
      }
    }
    return found;
  }

  private static boolean carries(byte[] entry, byte[] id) {
    try {
      EntryFrame.Parts parts = EntryFrame.read(entry);
      return RecordBytes.id(parts.bytes(), parts.eventStart())
          .filter(found -> Arrays.equals(found, id))
          .isPresent();
    } catch (Refused e) {
      throw new StorageFailure("an indexed entry is damaged: " + e.getMessage(), e);
    }
  }
}
