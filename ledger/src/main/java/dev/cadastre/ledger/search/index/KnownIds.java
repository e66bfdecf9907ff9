package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.RecordIds;
import dev.cadastre.ledger.search.Repeat;
import dev.cadastre.ledger.search.stored.Block;
import dev.cadastre.ledger.search.stored.RecordRuns;
import dev.cadastre.ledger.search.stored.RecordRuns.Item;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The record ids of one log while it is indexed: tells of each whether an earlier entry carries it
 * already.
 */
final class KnownIds {
  private final RecordRuns runs;
  private final LogName log;
  private final EntrySource logs;
  private final List<Item> open = new ArrayList<>();
  private long openBlock;
  private @Nullable SeenIds seen;

  /**
   * @param position the entry that comes next
   */
  KnownIds(RecordRuns runs, LogName log, EntrySource logs, long position) throws SQLException {
    this.runs = runs;
    this.log = log;
    this.logs = logs;
    this.openBlock = position / Block.SIZE;
    runs.loadBlock(openBlock, open);
  }

  /** Takes the id of the next entry and returns what that entry repeats. */
  Repeat add(byte[] id, EntryFrame.Parts entry) throws SQLException {
    long hash = RecordIds.hash(id);
    SeenIds filter = filter();
    Repeat repeat = filter.mayHold(hash) ? find(hash, entry) : Repeat.NONE;
    filter.add(hash);
    open.add(new Item(hash, entry.index()));
    return repeat;
  }

  private SeenIds filter() throws SQLException {
    SeenIds filter = seen;
    if (filter == null || filter.outgrown()) {
      filter = SeenIds.sizedFor(filter == null ? runs.count() : filter.count());
      runs.hashes(filter::add);
      for (Item item : open) {
        filter.add(item.hash());
      }
      seen = filter;
    }
    return filter;
  }

  private Repeat find(long hash, EntryFrame.Parts entry) throws SQLException {
    TreeSet<Long> candidates = new TreeSet<>(runs.find(hash, entry.index()));
    open.stream().filter(item -> item.hash() == hash).map(Item::index).forEach(candidates::add);
    Repeat first = Repeat.NONE;
    for (long candidate : candidates) {
      Repeat found = compare(candidate, entry);
      if (found.samePayload()) {
        return found;
      }
      first = first.given() ? first : found;
    }
    return first;
  }

  /** The vendor's and the customer's side do not repeat each other. */
  private Repeat compare(long candidate, EntryFrame.Parts entry) {
    try {
      EntryFrame.Parts earlier = EntryFrame.read(logs.bytes(log, candidate, candidate + 1).get(0));
      byte[] event = earlier.eventBytes();
      byte[] later = entry.eventBytes();
      Optional<byte[]> id = RecordBytes.identity(later, 0);
      boolean carries =
          RecordBytes.identity(event, 0)
              .filter(other -> Arrays.equals(other, id.orElse(null)))
              .isPresent();
      return carries ? new Repeat(candidate, RecordBytes.samePayload(event, later)) : Repeat.NONE;
    } catch (Refused e) {
      throw new StorageFailure("log " + log + " entry " + candidate + ": " + e.getMessage(), e);
    }
  }

  /** Stores the ids of a block that goes on. */
  void saveBlock() throws SQLException {
    runs.saveBlock(openBlock, open);
  }

  /** Stores the ids of a block that is full; the next entry begins another. */
  void closeBlock() throws SQLException {
    saveBlock();
    runs.blockIsFull(openBlock);
    openBlock++;
    open.clear();
  }
}
