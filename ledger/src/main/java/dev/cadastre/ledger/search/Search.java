package dev.cadastre.ledger.search;

import static dev.cadastre.ledger.jooq.index.Tables.ALERT_TOTAL;
import static dev.cadastre.ledger.jooq.index.Tables.INDEXED_LOG;
import static dev.cadastre.ledger.jooq.index.Tables.REBUILD;
import static dev.cadastre.ledger.jooq.index.Tables.TERM;
import static org.jooq.impl.DSL.sum;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.Budget;
import dev.cadastre.ledger.search.stored.QuestionTooLarge;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.ReadPool;
import dev.cadastre.proof.detect.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Questions to the index. Each is answered from one state of it, which may lie behind the log:
 * every answer says how far it goes. No proof rests on an answer.
 *
 * <p>What a question may cost is bounded, however large the log: a list of events then ends early
 * and says how it goes on, any other answer is refused with {@link QuestionTooLarge}.
 */
public final class Search implements AutoCloseable {
  private final Database database;
  private final ReadPool index;
  private final EntrySource logs;
  private final long budget;
  private final BooleanSupplier rebuilt;

  public Search(Database index, EntrySource logs) {
    this(index, logs, Budget.DEFAULT, () -> false);
  }

  /**
   * @param rebuilt whether the index was found not to be the logs' and is built again, or was
   */
  public Search(Database index, EntrySource logs, BooleanSupplier rebuilt) {
    this(index, logs, Budget.DEFAULT, rebuilt);
  }

  /**
   * @param budget what one question may do
   */
  public Search(Database index, EntrySource logs, long budget) {
    this(index, logs, budget, () -> false);
  }

  private Search(Database index, EntrySource logs, long budget, BooleanSupplier rebuilt) {
    this.database = index;
    this.index = new ReadPool(index);
    this.logs = logs;
    this.budget = budget;
    this.rebuilt = rebuilt;
  }

  /** Whether anything in the index was not as it has to be, and was dropped, since the start. */
  public boolean rebuilt() {
    return rebuilt.getAsBoolean();
  }

  /**
   * A page of events, newest in the log first.
   *
   * @throws Refused if the cursor is not one of this query
   */
  public EventPage events(EventQuery query) throws Refused {
    Optional<Cursor> after =
        query.cursor().isEmpty()
            ? Optional.empty()
            : Optional.of(Cursor.parse(query.cursor().get(), query.filters()));
    return ask(query.log(), snapshot -> new EventList(snapshot, logs, query).page(after));
  }

  /** What the log says of a time, which is widened to whole hours. */
  public Summary summary(LogName log, TimeRange range) {
    return ask(log, snapshot -> new Summarizer(snapshot, range).summary());
  }

  /** A key's life and its uses in a time; empty if the log never named the key. */
  public Optional<KeyTrail> keyTrail(LogName log, String key, TimeRange uses) {
    return ask(log, snapshot -> new KeyTrails(snapshot).trail(key, uses));
  }

  /** The entries that carry this record id, oldest first: more than one if it was sent again. */
  public List<Long> byRecordId(LogName log, String recordId) {
    return ask(log, snapshot -> RecordIds.find(snapshot, logs, log, recordId));
  }

  /** What detectors noticed at an entry; nothing as long as it is not indexed. */
  public List<Alert> alerts(LogName log, long index) {
    return ask(log, snapshot -> new AlertList(snapshot).of(index));
  }

  /** What detectors noticed at the entries {@code [from, to)}, in the order of its kinds. */
  public List<AlertSeen> alerts(LogName log, long from, long to) {
    return ask(log, snapshot -> new AlertList(snapshot).among(from, to));
  }

  /** How the entries {@code [from, to)} broke the contract, the gravest first; at most 200 ways. */
  public List<BreachSeen> breaches(LogName log, long from, long to) {
    return ask(log, snapshot -> new BreachList(snapshot).among(from, to));
  }

  /** How often detectors noticed each thing, in all logs and of all time. */
  public Map<Alert.Kind, Long> alertTotals() {
    Map<Alert.Kind, Long> totals = new EnumMap<>(Alert.Kind.class);
    index.read(
        context ->
            context
                .select(TERM.TEXT, sum(ALERT_TOTAL.EVENTS))
                .from(ALERT_TOTAL)
                .join(TERM)
                .on(TERM.LOG.eq(ALERT_TOTAL.LOG), TERM.ID.eq(ALERT_TOTAL.KIND))
                .groupBy(TERM.TEXT)
                .fetch(
                    row ->
                        Alert.Kind.of(row.value1())
                            .map(kind -> totals.put(kind, row.value2().longValue()))));
    return totals;
  }

  /** The values of a field that the log ever used, sorted, a thousand at most: for menus. */
  public List<String> values(LogName log, Field field) {
    return ask(log, snapshot -> snapshot.texts(field.type()));
  }

  /** How many entries of the log are indexed. */
  public long indexed(LogName log) {
    return ask(log, snapshot -> snapshot.indexed);
  }

  /** How many entries of each log are indexed, as far as the index knows the log. */
  public Map<LogName, Long> indexed() {
    return index.read(
        context ->
            context
                .select(INDEXED_LOG.NAME, INDEXED_LOG.POSITION)
                .from(INDEXED_LOG)
                .fetchMap(row -> new LogName(row.value1()), row -> row.value2()));
  }

  /** How many entries of the log are not indexed yet. */
  public long lag(LogName log) {
    return Math.max(0, logs.size(log) - indexed(log));
  }

  public boolean rebuildPending() {
    return index.read(context -> context.fetchExists(REBUILD, REBUILD.DONE.eq(0)));
  }

  private interface Question<T> {
    T ask(IndexView snapshot) throws SQLException;
  }

  private <T> T ask(LogName log, Question<T> question) {
    return index.read(
        context -> context.connectionResult(connection -> ask(connection, log, question)));
  }

  /** One transaction, so that every statement of a question sees the same state. */
  private <T> T ask(Connection connection, LogName log, Question<T> question) throws SQLException {
    Budget ofOne = new Budget(budget);
    try (Statements statements = new Statements(connection, ofOne)) {
      statements.run("begin");
      ofOne.watch(database, connection);
      try {
        return question.ask(new IndexView(statements, log.value()));
      } catch (SQLException | StorageFailure failure) {
        if (ofOne.isSpent()) {
          throw ofOne.tooLarge();
        }
        throw failure;
      } finally {
        database.endMeter(connection);
        statements.run("rollback");
      }
    }
  }

  @Override
  public void close() {
    index.close();
  }
}
