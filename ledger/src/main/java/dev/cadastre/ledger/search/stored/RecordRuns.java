package dev.cadastre.ledger.search.stored;

import dev.cadastre.ledger.model.StorageFailure;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Where the record ids of one log are: hashes in sorted runs, appended and never changed. Full runs
 * become one of the next tier, so a look-up reads a few rows however long the log is.
 *
 * <p>A row's bytes: items of 12 bytes, rising: the hash (i64, in signed order), and the entry's
 * distance from the run's first entry (i32).
 */
public final class RecordRuns {
  private static final int ITEM = 12;
  private static final int FAN_IN = 16;
  private static final int TOP = 2;
  private static final int[] PART_BITS = {0, 8, 12};

  private final Statements statements;
  private final int log;

  public RecordRuns(Statements statements, int log) {
    this.statements = statements;
    this.log = log;
  }

  /** An id's hash and the entry that carries it. */
  public record Item(long hash, long index) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int byHash = Long.compare(hash, other.hash);
      return byHash != 0 ? byHash : Long.compare(index, other.index);
    }
  }

  /** Entries that a run of this tier covers. */
  private static long span(int tier) {
    return Block.SIZE * (tier == 0 ? 1L : tier == 1 ? FAN_IN : FAN_IN * FAN_IN);
  }

  private static int part(int tier, long hash) {
    int bits = PART_BITS[tier];
    return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
  }

  /** Adds what is stored of a block's ids. */
  public void loadBlock(long block, List<Item> into) throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "select bytes from record_run where log = ? and tier = 0 and run = ?", log, block);
    try (ResultSet rows = select.executeQuery()) {
      if (rows.next()) {
        read(rows.getBytes(1), block * Block.SIZE, into);
      }
    }
  }

  /** Stores a block's ids, in place of what was stored of it. */
  public void saveBlock(long block, List<Item> items) throws SQLException {
    save(0, block, items);
  }

  /** Merges the runs that the block with this number, now full, completes. */
  public void blockIsFull(long block) throws SQLException {
    long run = block;
    for (int tier = 0; tier < TOP && run % FAN_IN == FAN_IN - 1; tier++) {
      run /= FAN_IN;
      merge(tier, run);
    }
  }

  private void merge(int tier, long into) throws SQLException {
    List<Item> items = new ArrayList<>();
    long first = into * FAN_IN;
    PreparedStatement select =
        statements.prepare(
            "select run, bytes from record_run where log = ? and tier = ? and run between ? and ?",
            log,
            tier,
            first,
            first + FAN_IN - 1);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        read(rows.getBytes(2), rows.getLong(1) * span(tier), items);
      }
    }
    save(tier + 1, into, items);
    statements.run(
        "delete from record_run where log = ? and tier = ? and run between ? and ?",
        log,
        tier,
        first,
        first + FAN_IN - 1);
  }

  private void save(int tier, long run, List<Item> items) throws SQLException {
    Collections.sort(items);
    for (int from = 0; from < items.size(); ) {
      int part = part(tier, items.get(from).hash);
      int to = from + 1;
      while (to < items.size() && part(tier, items.get(to).hash) == part) {
        to++;
      }
      statements.run(
          "insert or replace into record_run values (?, ?, ?, ?, ?)",
          log,
          tier,
          run,
          part,
          bytes(items.subList(from, to), run * span(tier)));
      from = to;
    }
  }

  /** How many ids are stored. */
  public long count() throws SQLException {
    return statements.one(
        "select coalesce(sum(length(bytes)), 0) / " + ITEM + " from record_run where log = ?", log);
  }

  private static byte[] bytes(List<Item> items, long firstIndex) {
    ByteBuffer out = ByteBuffer.allocate(ITEM * items.size());
    for (Item item : items) {
      out.putLong(item.hash).putInt((int) (item.index - firstIndex));
    }
    return out.array();
  }

  private static void read(byte[] stored, long firstIndex, List<Item> into) {
    ByteBuffer in = whole(stored);
    while (in.hasRemaining()) {
      into.add(new Item(in.getLong(), firstIndex + in.getInt()));
    }
  }

  private static ByteBuffer whole(byte[] stored) {
    if (stored.length % ITEM != 0) {
      throw new StorageFailure("index of record ids cut short");
    }
    return ByteBuffer.wrap(stored);
  }

  /** The entries below {@code end} whose record ids have this hash, rising. */
  public List<Long> find(long hash, long end) throws SQLException {
    List<Long> found = new ArrayList<>();
    for (int tier = TOP; tier >= 0; tier--) {
      find(tier, hash, found);
    }
    found.removeIf(index -> index >= end);
    Collections.sort(found);
    return found;
  }

  private void find(int tier, long hash, List<Long> found) throws SQLException {
    long runs = runs(tier);
    for (long run = firstRun(tier); run < runs; run++) {
      PreparedStatement select =
          statements.prepare(
              "select bytes from record_run where log = ? and tier = ? and run = ? and part = ?",
              log,
              tier,
              run,
              part(tier, hash));
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          search(whole(rows.getBytes(1)), hash, run * span(tier), found);
        }
      }
    }
  }

  private long firstRun(int tier) throws SQLException {
    return statements.one(
        "select coalesce(min(run), 0) from record_run where log = ? and tier = ?", log, tier);
  }

  private long runs(int tier) throws SQLException {
    return statements.one(
        "select coalesce(max(run) + 1, 0) from record_run where log = ? and tier = ?", log, tier);
  }

  private static void search(ByteBuffer items, long hash, long firstIndex, List<Long> found) {
    int low = 0;
    int high = items.limit() / ITEM;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (items.getLong(ITEM * middle) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < items.limit() / ITEM && items.getLong(ITEM * i) == hash; i++) {
      found.add(firstIndex + items.getInt(ITEM * i + Long.BYTES));
    }
  }

  /** Hands over every hash that is stored. */
  public void hashes(LongConsumer consumer) throws SQLException {
    PreparedStatement select =
        statements.prepare("select bytes from record_run where log = ?", log);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ByteBuffer items = whole(rows.getBytes(1));
        for (int at = 0; at < items.limit(); at += ITEM) {
          consumer.accept(items.getLong(at));
        }
      }
    }
  }
}
