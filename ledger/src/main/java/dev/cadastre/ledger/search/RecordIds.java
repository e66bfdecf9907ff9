package dev.cadastre.ledger.search;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.RecordEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How record ids stand in the index. */
final class RecordIds {
  private static final int BUCKET_BITS = 20;

  private RecordIds() {}

  /** The part of the tree that an entry's record id goes to. */
  static long bucket(long index) {
    return index >>> BUCKET_BITS;
  }

  /**
   * The first 8 bytes of the id's SHA-256: two ids with the same are told apart by their entries.
   */
  static long hash(String recordId) {
    return ByteBuffer.wrap(Hash.sha256(recordId.getBytes(StandardCharsets.UTF_8)).bytes())
        .getLong();
  }

  /** The entries that carry this id, oldest first. */
  static List<Long> find(Snapshot snapshot, EntrySource logs, LogName log, String recordId)
      throws SQLException {
    List<Long> found = new ArrayList<>();
    long hash = hash(recordId);
    for (long bucket = 0; bucket <= bucket(snapshot.indexed); bucket++) {
      for (long index : candidates(snapshot, bucket, hash)) {
        if (carries(logs.entries(log, index, index + 1).get(0), recordId)) {
          found.add(index);
        }
      }
    }
    return found;
  }

  private static List<Long> candidates(Snapshot snapshot, long bucket, long hash)
      throws SQLException {
    List<Long> indexes = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select entry_index from record where log = ? and bucket = ? and hash = ? order by entry_index",
            snapshot.log,
            bucket,
            hash);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        indexes.add(rows.getLong(1));
      }
    }
    return indexes;
  }

  private static boolean carries(Entry entry, String recordId) {
    try {
      return EventCodec.decode(entry.eventBytes()) instanceof RecordEvent record
          && record.id().equals(recordId);
    } catch (Refused e) {
      throw new StorageFailure("entry " + entry.index() + ": " + e.getMessage(), e);
    }
  }
}
