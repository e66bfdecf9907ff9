package dev.cadastre.ledger.search;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.Block;
import dev.cadastre.ledger.search.stored.BlockRows;
import dev.cadastre.ledger.search.stored.Budget;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.Postings;
import dev.cadastre.ledger.search.stored.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks a log's blocks from one end and gives the entries that match, block after block. Blocks are
 * looked up in runs that double in length: a common match is found in the first few, a rare one
 * costs few look-ups however long the log is.
 */
final class BlockScan {
  private static final int FIRST_RUN = 4;
  private static final int LONGEST_RUN = 512;
  private static final int SOUGHT_MAX = 128;

  private final Statements statements;
  private final int log;
  private final List<Match> matches;
  private final TimeRange time;
  private final TimeRange received;

  /**
   * One condition: entries that use any of the terms, whose numbers rise, or are listed, whatever
   * terms they use.
   */
  static final class Match {
    private final int[] terms;
    private final List<Long> indexes;

    Match(int[] terms, List<Long> indexes) {
      this.terms = terms;
      this.indexes = indexes;
    }

    static Match term(int term) {
      return new Match(new int[] {term}, List.of());
    }

    boolean means(int term) {
      return Arrays.binarySearch(terms, term) >= 0;
    }
  }

  /** Receives matching rows; returns false when it has enough. */
  interface Sink {
    boolean take(long index, BlockRows rows, int row);
  }

  private record Zone(int rows, boolean timeInside, boolean receivedInside) {}

  BlockScan(
      Statements statements, int log, List<Match> matches, TimeRange time, TimeRange received) {
    this.statements = statements;
    this.log = log;
    this.matches = matches;
    this.time = time;
    this.received = received;
  }

  /**
   * Gives the matching entries below {@code end}, the newest first, for as long as half of the
   * question's budget lasts.
   *
   * @return where to go on: nothing below was looked at; 0 if nothing is left, or the sink had
   *     enough
   */
  long backward(long end, Sink sink) throws SQLException {
    long high = (end - 1) / Block.SIZE;
    for (long run = FIRST_RUN; end > 0 && high >= 0; run = Math.min(2 * run, LONGEST_RUN)) {
      long low = Math.max(0, high - run + 1);
      TreeMap<Long, Candidate> found = candidates(low, high);
      for (Candidate candidate : found.descendingMap().values()) {
        candidate.rows.clear(
            (int) Math.min(Block.SIZE, Math.max(0, end - candidate.first())), Block.SIZE);
        if (!candidate.giveBackward(sink)) {
          return 0;
        }
        if (statements.budget().isHalfSpent()) {
          return candidate.first();
        }
      }
      high = low - 1;
      if (statements.budget().isHalfSpent()) {
        return low * Block.SIZE;
      }
    }
    return 0;
  }

  /** The same for what cannot go on later. */
  void backwardToTheEnd(long end, Sink sink) throws SQLException {
    if (backward(end, sink) > 0) {
      throw statements.budget().tooLarge();
    }
  }

  /** Gives the matching entries from {@code start} on, the oldest first. */
  void forward(long start, Sink sink) throws SQLException {
    long last = statements.one("select coalesce(max(block), -1) from block where log = ?", log);
    long low = start / Block.SIZE;
    for (long run = FIRST_RUN; low <= last; run = Math.min(2 * run, LONGEST_RUN)) {
      long high = Math.min(last, low + run - 1);
      TreeMap<Long, Candidate> found = candidates(low, high);
      for (Candidate candidate : found.values()) {
        candidate.rows.clear(0, (int) Math.min(Block.SIZE, Math.max(0, start - candidate.first())));
        if (!candidate.giveForward(sink)) {
          return;
        }
      }
      low = high + 1;
    }
  }

  /** A block of which some rows use all the terms looked for. */
  private final class Candidate {
    private final long number;
    private final Zone zone;
    private final BitSet rows;
    private @Nullable BlockRows lastPart;
    private int lastPartNumber;

    Candidate(long number, Zone zone) {
      this.number = number;
      this.zone = zone;
      this.rows = new BitSet(Block.SIZE);
      rows.set(0, zone.rows);
    }

    long first() {
      return number * Block.SIZE;
    }

    boolean giveBackward(Sink sink) throws SQLException {
      for (int row = rows.length() - 1; row >= 0; row = rows.previousSetBit(row - 1)) {
        if (!give(row, sink)) {
          return false;
        }
      }
      return true;
    }

    boolean giveForward(Sink sink) throws SQLException {
      for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
        if (!give(row, sink)) {
          return false;
        }
      }
      return true;
    }

    private boolean give(int row, Sink sink) throws SQLException {
      BlockRows part = part(row / BlockRows.SIZE);
      int inPart = row % BlockRows.SIZE;
      return !inTime(part, inPart) || sink.take(first() + row, part, inPart);
    }

    private BlockRows part(int wanted) throws SQLException {
      BlockRows last = lastPart;
      if (last == null || wanted != lastPartNumber) {
        last = load(number, wanted);
        lastPart = last;
        lastPartNumber = wanted;
      }
      return last;
    }

    private boolean inTime(BlockRows part, int row) {
      return (zone.timeInside || time.contains(part.get(row, Column.TIME)))
          && (zone.receivedInside || received.contains(part.get(row, Column.RECEIVED)));
    }
  }

  /** Of a short time most blocks are ruled out by their own times, of all time by their words. */
  private TreeMap<Long, Candidate> candidates(long low, long high) throws SQLException {
    boolean ofAllTime = time.equals(TimeRange.ALL) && received.equals(TimeRange.ALL);
    TreeMap<Long, Candidate> inTime = ofAllTime ? new TreeMap<>() : zones(low, high);
    if (!ofAllTime && (inTime.isEmpty() || matches.isEmpty())) {
      return inTime;
    }
    if (matches.isEmpty()) {
      return zones(low, high);
    }
    long from = ofAllTime ? low : inTime.firstKey();
    long to = ofAllTime ? high : inTime.lastKey();
    TreeMap<Long, BitSet> matching = matching(matches.get(0), from, to);
    for (Match match : matches.subList(1, matches.size())) {
      if (!matching.isEmpty()) {
        keepCommon(matching, matching(match, matching.firstKey(), matching.lastKey()));
      }
    }
    return ofAllTime ? found(matching) : keepFound(inTime, matching);
  }

  private TreeMap<Long, Candidate> found(TreeMap<Long, BitSet> matching) throws SQLException {
    TreeMap<Long, Candidate> found = new TreeMap<>();
    for (long block : matching.keySet()) {
      found.putAll(zones(block, block));
    }
    return keepFound(found, matching);
  }

  private static TreeMap<Long, Candidate> keepFound(
      TreeMap<Long, Candidate> found, TreeMap<Long, BitSet> matching) {
    found.keySet().retainAll(matching.keySet());
    found.forEach((block, candidate) -> candidate.rows.and(matching.get(block)));
    return found;
  }

  private static void keepCommon(TreeMap<Long, BitSet> matching, TreeMap<Long, BitSet> others) {
    matching.keySet().retainAll(others.keySet());
    matching.forEach((block, rows) -> rows.and(others.get(block)));
    matching.values().removeIf(BitSet::isEmpty);
  }

  private TreeMap<Long, Candidate> zones(long low, long high) throws SQLException {
    TreeMap<Long, Candidate> found = new TreeMap<>();
    PreparedStatement select =
        statements.prepare(
            "select block, events, time_min, time_max, received_min, received_max from block"
                + " where log = ? and block between ? and ?",
            log,
            low,
            high);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long number = rows.getLong(1);
        long timeMin = rows.getLong(3);
        long timeMax = rows.getLong(4);
        long receivedMin = rows.getLong(5);
        long receivedMax = rows.getLong(6);
        if (time.touches(timeMin, timeMax) && received.touches(receivedMin, receivedMax)) {
          Zone zone =
              new Zone(
                  rows.getInt(2),
                  time.covers(timeMin, timeMax),
                  received.covers(receivedMin, receivedMax));
          found.put(number, new Candidate(number, zone));
        }
      }
    }
    return found;
  }

  /** The rows of blocks from low to high that a condition holds for. */
  private TreeMap<Long, BitSet> matching(Match match, long low, long high) throws SQLException {
    TreeMap<Long, BitSet> matching = postings(match, low, high);
    for (long index : match.indexes) {
      long block = index / Block.SIZE;
      if (block >= low && block <= high) {
        matching.computeIfAbsent(block, none -> new BitSet()).set((int) (index % Block.SIZE));
      }
    }
    return matching;
  }

  private TreeMap<Long, BitSet> postings(Match match, long low, long high) throws SQLException {
    TreeMap<Long, BitSet> postings = new TreeMap<>();
    PreparedStatement blocks =
        statements.prepare(
            "select block, bytes from block_posting where log = ? and block between ? and ?",
            log,
            low,
            high);
    try (ResultSet rows = blocks.executeQuery()) {
      while (rows.next()) {
        BitSet found = new BitSet(Block.SIZE);
        byte[] bytes = rows.getBytes(2);
        statements.budget().spend((long) Budget.BYTE * bytes.length);
        Postings.decode(bytes).addRows(match::means, found);
        if (!found.isEmpty()) {
          postings.put(rows.getLong(1), found);
        }
      }
    }
    try (ResultSet rows = stretches(match, low, high).executeQuery()) {
      while (rows.next()) {
        if (match.means(rows.getInt(2))) {
          statements.budget().spend((long) Budget.BYTE * rows.getBytes(3).length);
          long first = rows.getLong(1) * Postings.STRETCH;
          Postings.decodeStretch(
              rows.getBytes(3),
              place ->
                  first + place < low || first + place > high
                      ? null
                      : postings.computeIfAbsent(first + place, none -> new BitSet(Block.SIZE)));
        }
      }
    }
    return postings;
  }

  /** Few terms are looked up in each stretch; for many it is quicker to read all there are. */
  private PreparedStatement stretches(Match match, long low, long high) throws SQLException {
    long first = low / Postings.STRETCH;
    long last = high / Postings.STRETCH;
    if (match.terms.length > SOUGHT_MAX) {
      return statements.prepare(
          "select stretch, term, bytes from posting where log = ? and stretch between ? and ?",
          log,
          first,
          last);
    }
    return statements.prepare(
        "with recursive stretches(n) as (select ? union all select n + 1 from stretches where n <"
            + " ?) select stretch, term, bytes from stretches cross join json_each(?) sought cross"
            + " join posting on log = ? and stretch = n and term = sought.value",
        first,
        last,
        Arrays.toString(match.terms),
        log);
  }

  /** How many entries matched, and the first and last of them. */
  record Count(long entries, long first, long last) {}

  /** Counts the entries {@code [from, to)} that use a term, from postings alone. */
  static Count count(Statements statements, int log, Match match, long from, long to)
      throws SQLException {
    BlockScan scan = new BlockScan(statements, log, List.of(match), TimeRange.ALL, TimeRange.ALL);
    long entries = 0;
    long first = -1;
    long last = -1;
    long high = (to - 1) / Block.SIZE;
    for (Map.Entry<Long, BitSet> block : scan.matching(match, from / Block.SIZE, high).entrySet()) {
      long start = block.getKey() * Block.SIZE;
      BitSet rows = block.getValue();
      rows.clear(0, (int) Math.min(Block.SIZE, Math.max(0, from - start)));
      rows.clear((int) Math.min(Block.SIZE, Math.max(0, to - start)), Block.SIZE);
      if (!rows.isEmpty()) {
        entries += rows.cardinality();
        first = first < 0 ? start + rows.nextSetBit(0) : first;
        last = start + rows.length() - 1;
      }
    }
    return new Count(entries, first, last);
  }

  private BlockRows load(long number, int part) throws SQLException {
    statements.budget().spend(Budget.PART);
    PreparedStatement select =
        statements.prepare(
            "select bytes from block_rows where log = ? and block = ? and part = ?",
            log,
            number,
            part);
    try (ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        throw new StorageFailure("index block " + number + " lacks the rows of part " + part);
      }
      return BlockRows.decode(rows.getBytes(1));
    }
  }
}
