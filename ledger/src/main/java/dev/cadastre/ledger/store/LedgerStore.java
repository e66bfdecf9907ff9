package dev.cadastre.ledger.store;

import static dev.cadastre.ledger.jooq.ledger.Tables.ANCHOR;
import static dev.cadastre.ledger.jooq.ledger.Tables.ANCHOR_LEAF;
import static dev.cadastre.ledger.jooq.ledger.Tables.CHECKPOINT;
import static dev.cadastre.ledger.jooq.ledger.Tables.LOG;
import static dev.cadastre.ledger.jooq.ledger.Tables.POLICY;
import static dev.cadastre.ledger.jooq.ledger.Tables.SEGMENT;
import static dev.cadastre.ledger.jooq.ledger.Tables.TILE;

import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorLeafRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.PolicyRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Every read of the ledger's tables. Rows are immutable once there, so each read stands by itself.
 */
public final class LedgerStore {
  /** In the order of commits, and given by the store. */
  private static final Field<Long> NUMBER = DSL.field(DSL.name("number"), SQLDataType.BIGINT);

  private static final Field<byte[]> FRAME_HEADER =
      DSL.field(
          "substr({0}, 1, {1})",
          SQLDataType.BLOB, SEGMENT.BYTES, DSL.inline(SegmentCodec.HEADER_BYTES));

  private final Reads reads;

  public LedgerStore(Reads reads) {
    this.reads = reads;
  }

  /** All logs, in the order of their names. */
  public List<LogName> logs() {
    return reads.read(
        context ->
            context
                .select(LOG.NAME)
                .from(LOG)
                .orderBy(LOG.NAME)
                .fetch(row -> new LogName(row.value1())));
  }

  /** Each log's origin by its name, as they stand in the table. */
  public Map<String, String> origins() {
    return reads.read(context -> context.selectFrom(LOG).fetchMap(LOG.NAME, LOG.ORIGIN));
  }

  public Optional<String> origin(LogName log) {
    return reads.read(
        context ->
            context
                .select(LOG.ORIGIN)
                .from(LOG)
                .where(LOG.NAME.eq(log.value()))
                .fetchOptional(LOG.ORIGIN));
  }

  /** Number of entries; 0 if there is no such log. */
  public long size(LogName log) {
    return reads.read(
        context ->
            context
                .select(SEGMENT.FIRST_INDEX, SEGMENT.COUNT)
                .from(SEGMENT)
                .where(SEGMENT.LOG.eq(log.value()))
                .orderBy(SEGMENT.FIRST_INDEX.desc())
                .limit(1)
                .fetchOptional(row -> row.value1() + row.value2())
                .orElse(0L));
  }

  /** The number of the newest segment: later ones have greater numbers. 0 if there is none. */
  public long newestSegment() {
    return reads
        .read(context -> context.select(DSL.max(NUMBER)).from(SEGMENT).fetchOptional(0, Long.class))
        .orElse(0L);
  }

  /** The logs of segments after that number. */
  public List<LogName> grownSince(long segment) {
    return reads.read(
        context ->
            context
                .selectDistinct(SEGMENT.LOG)
                .from(SEGMENT)
                .where(NUMBER.gt(segment))
                .fetch(row -> new LogName(row.value1())));
  }

  /**
   * A segment by its number.
   *
   * @param end the index after its last entry
   */
  public record NumberedSegment(long number, LogName log, long firstIndex, long end) {}

  /** Segments of all logs after that number, in order. */
  public List<NumberedSegment> segmentsAfter(long number, int atMost) {
    return reads.read(
        context ->
            context
                .select(NUMBER, SEGMENT.LOG, SEGMENT.FIRST_INDEX, SEGMENT.COUNT)
                .from(SEGMENT)
                .where(NUMBER.gt(number))
                .orderBy(NUMBER)
                .limit(atMost)
                .fetch(
                    row ->
                        new NumberedSegment(
                            row.value1(),
                            new LogName(row.value2()),
                            row.value3(),
                            row.value3() + row.value4())));
  }

  /** The last segments of all logs up to that number, newest first. */
  public List<SegmentRecord> segmentsDownFrom(long number, int atMost) {
    return reads.read(
        context ->
            context
                .selectFrom(SEGMENT)
                .where(NUMBER.le(number))
                .orderBy(NUMBER.desc())
                .limit(atMost)
                .fetch());
  }

  /** The first index of the last segment that starts at this index or before. */
  public OptionalLong segmentStart(LogName log, long index) {
    Optional<Long> start =
        reads.read(
            context ->
                context
                    .select(SEGMENT.FIRST_INDEX)
                    .from(SEGMENT)
                    .where(SEGMENT.LOG.eq(log.value()), SEGMENT.FIRST_INDEX.le(index))
                    .orderBy(SEGMENT.FIRST_INDEX.desc())
                    .limit(1)
                    .fetchOptional(SEGMENT.FIRST_INDEX));
    return toOptionalLong(start);
  }

  /**
   * What the segments from one that starts at {@code from} up to {@code to} hold, in bytes and read
   * from the beginning of each alone.
   */
  public long segmentBytes(LogName log, long from, long to) {
    return reads.read(
        context -> {
          long bytes = 0;
          try (Cursor<Record2<Integer, byte[]>> rows =
              context
                  .select(SEGMENT.COUNT, FRAME_HEADER)
                  .from(SEGMENT)
                  .where(
                      SEGMENT.LOG.eq(log.value()),
                      SEGMENT.FIRST_INDEX.ge(from),
                      SEGMENT.FIRST_INDEX.lt(to))
                  .fetchLazy()) {
            for (Record2<Integer, byte[]> row : rows) {
              bytes += SegmentCodec.statedBytes(row.value2(), row.value1());
            }
          }
          return bytes;
        });
  }

  /** Segments that start at this index or later, in order. */
  public List<SegmentRecord> segmentsFrom(LogName log, long firstIndex, int atMost) {
    return reads.read(
        context ->
            context
                .selectFrom(SEGMENT)
                .where(SEGMENT.LOG.eq(log.value()), SEGMENT.FIRST_INDEX.ge(firstIndex))
                .orderBy(SEGMENT.FIRST_INDEX)
                .limit(atMost)
                .fetch());
  }

  /** A full tile's 8,192 bytes. */
  public Optional<byte[]> tile(LogName log, int level, long index) {
    return reads.read(
        context ->
            context
                .select(TILE.HASHES)
                .from(TILE)
                .where(TILE.LOG.eq(log.value()), TILE.LEVEL.eq(level), TILE.TILE_INDEX.eq(index))
                .fetchOptional(TILE.HASHES));
  }

  public Optional<byte[]> checkpoint(LogName log, long size) {
    return reads.read(
        context ->
            context
                .select(CHECKPOINT.NOTE)
                .from(CHECKPOINT)
                .where(CHECKPOINT.LOG.eq(log.value()), CHECKPOINT.SIZE.eq(size))
                .fetchOptional(CHECKPOINT.NOTE));
  }

  /** Whether any row says that something was signed. An anchor is signed at once. */
  public boolean anySigned() {
    return reads.read(
        context ->
            context.fetchExists(CHECKPOINT)
                || context.fetchExists(ANCHOR)
                || context.fetchExists(ANCHOR_LEAF));
  }

  /** The greatest size for which a checkpoint was signed. */
  public OptionalLong newestCheckpointSize(LogName log) {
    Optional<Long> size =
        reads.read(
            context ->
                context
                    .select(CHECKPOINT.SIZE)
                    .from(CHECKPOINT)
                    .where(CHECKPOINT.LOG.eq(log.value()))
                    .orderBy(CHECKPOINT.SIZE.desc())
                    .limit(1)
                    .fetchOptional(CHECKPOINT.SIZE));
    return toOptionalLong(size);
  }

  /** The entry that adopted the newest policy. */
  public OptionalLong newestPolicy(LogName log) {
    return policyBefore(log, Long.MAX_VALUE);
  }

  /** The entry that adopted the policy in force for an entry at this index. */
  public OptionalLong policyBefore(LogName log, long index) {
    return toOptionalLong(policiesBefore(log, index, 1).stream().findFirst());
  }

  /** The entries before this index that adopted policies, newest first. */
  public List<Long> policiesBefore(LogName log, long index, int atMost) {
    return reads.read(
        context ->
            context
                .select(POLICY.ENTRY_INDEX)
                .from(POLICY)
                .where(POLICY.LOG.eq(log.value()), POLICY.ENTRY_INDEX.lt(index))
                .orderBy(POLICY.ENTRY_INDEX.desc())
                .limit(atMost)
                .fetch(POLICY.ENTRY_INDEX));
  }

  /** The anchors, newest first. */
  public List<AnchorRecord> anchors(int atMost) {
    return reads.read(
        context ->
            context.selectFrom(ANCHOR).orderBy(ANCHOR.ENTRY_INDEX.desc()).limit(atMost).fetch());
  }

  /** A log's anchor leaves of anchors up to this one, newest first. */
  public List<AnchorLeafRecord> anchorLeaves(LogName log, long newestAnchor, int atMost) {
    return reads.read(
        context ->
            context
                .selectFrom(ANCHOR_LEAF)
                .where(ANCHOR_LEAF.LOG.eq(log.value()), ANCHOR_LEAF.ANCHOR_INDEX.le(newestAnchor))
                .orderBy(ANCHOR_LEAF.ANCHOR_INDEX.desc())
                .limit(atMost)
                .fetch());
  }

  /** Checkpoints of more entries than this, smallest first. */
  public List<CheckpointRecord> checkpointsAfter(LogName log, long size, int atMost) {
    return reads.read(
        context ->
            context
                .selectFrom(CHECKPOINT)
                .where(CHECKPOINT.LOG.eq(log.value()), CHECKPOINT.SIZE.gt(size))
                .orderBy(CHECKPOINT.SIZE)
                .limit(atMost)
                .fetch());
  }

  /** Tiles of a level from this index on: level and index only. */
  public List<Long> tilesFrom(LogName log, int level, long index, int atMost) {
    return reads.read(
        context ->
            context
                .select(TILE.TILE_INDEX)
                .from(TILE)
                .where(TILE.LOG.eq(log.value()), TILE.LEVEL.eq(level), TILE.TILE_INDEX.ge(index))
                .orderBy(TILE.TILE_INDEX)
                .limit(atMost)
                .fetch(TILE.TILE_INDEX));
  }

  /** The highest level of which a tile is stored. */
  public OptionalInt highestTileLevel(LogName log) {
    return reads.read(
        context ->
            context
                .select(TILE.LEVEL)
                .from(TILE)
                .where(TILE.LOG.eq(log.value()))
                .orderBy(TILE.LEVEL.desc())
                .limit(1)
                .fetchOptional(TILE.LEVEL)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty));
  }

  /** The rows of the adoption index. */
  public List<PolicyRecord> policyRows(LogName log) {
    return reads.read(
        context -> context.selectFrom(POLICY).where(POLICY.LOG.eq(log.value())).fetch());
  }

  private static OptionalLong toOptionalLong(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
