package dev.cadastre.ledger.store;

import static dev.cadastre.ledger.jooq.ledger.Tables.POLICY;

import dev.cadastre.ledger.jooq.ledger.tables.records.PolicyRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Result;

/**
 * What is read of a log to check it before it is used; of many logs with a few queries for all
 * together.
 *
 * @param policies the rows of adopted policies
 * @param start the log's first segment, and all others of a log that is small
 */
public record StoredLog(SignedRows signed, List<PolicyRecord> policies, List<SegmentRecord> start) {
  /**
   * A small log has no full tile, and its segments, as they are stored, no more bytes than this.
   */
  private static final int SMALL_BYTES = 64 << 10;

  private static final String STARTS =
      """
      select s.log, s.first_index, s.count, s.bytes
      from (select x.log as log, sum(length(x.bytes)) as bytes from segment x
            where x.log >= ? and x.log <= ? and x.first_index < 256 group by x.log) t
      join segment s on s.log = t.log and s.first_index < 256
      where s.first_index = 0
        or t.bytes <= ? and not exists (
          select 1 from tile where tile.log = t.log and tile.level = 0 and tile.tile_index = 0)
      order by s.log, s.first_index
      """;

  public StoredLog {
    policies = List.copyOf(policies);
    start = List.copyOf(start);
  }

  /**
   * The logs from one name to another, in the order of their names.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if any row of any of them cannot be read
   */
  public static List<StoredLog> between(Reads reads, LogName first, LogName last) {
    return reads.read(context -> between(context, first, last));
  }

  private static List<StoredLog> between(DSLContext context, LogName first, LogName last) {
    // First, so that whatever is read afterwards is of a log that is as long at least.
    List<SignedRows> signed = SignedRows.between(context, first, last);
    Map<String, List<SegmentRecord>> starts =
        context
            .fetch(STARTS, first.value(), last.value(), SMALL_BYTES)
            .into(SegmentRecord.class)
            .stream()
            .collect(Collectors.groupingBy(SegmentRecord::getLog));
    Map<String, Result<PolicyRecord>> policies =
        context
            .selectFrom(POLICY)
            .where(POLICY.LOG.ge(first.value()), POLICY.LOG.le(last.value()))
            .fetchGroups(POLICY.LOG);
    return signed.stream()
        .map(
            one ->
                new StoredLog(
                    one,
                    Optional.<List<PolicyRecord>>ofNullable(policies.get(one.log().value()))
                        .orElse(List.of()),
                    starts.getOrDefault(one.log().value(), List.of())))
        .toList();
  }

  /**
   * One log; empty if there is none of that name.
   *
   * @throws dev.cadastre.ledger.model.LogStopped if a row of it is damaged
   */
  public static Optional<StoredLog> of(Reads reads, StoppedLogs stopped, LogName log) {
    return stopped.reading(log, () -> between(reads, log, log)).stream().findFirst();
  }

  public LogName log() {
    return signed.log();
  }

  public long size() {
    return signed.size();
  }
}
