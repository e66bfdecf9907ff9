package dev.cadastre.ledger.search.stored;

import dev.cadastre.ledger.model.StorageFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Prepared statements of one connection, prepared once each. Plain JDBC, not jOOQ: the indexer runs
 * several statements per event, and a query reads thousands of small rows, where building and
 * rendering a statement would cost more than running it.
 */
public final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Budget budget;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Statements(Connection connection) {
    this(connection, new Budget(Long.MAX_VALUE));
  }

  /**
   * @param budget of the question that they answer
   */
  public Statements(Connection connection, Budget budget) {
    this.connection = connection;
    this.budget = budget;
  }

  public Budget budget() {
    return budget;
  }

  /** The statement with these arguments: integers, longs, strings or byte arrays. */
  public PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int at, Object argument)
      throws SQLException {
    if (argument instanceof Integer number) {
      statement.setInt(at, number);
    } else if (argument instanceof Long number) {
      statement.setLong(at, number);
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else {
      statement.setString(at, (String) argument);
    }
  }

  public void run(String sql, Object... arguments) throws SQLException {
    Courtesy.letOthersRun();
    prepare(sql, arguments).executeUpdate();
  }

  /** The one number that the query gives; 0 if it gives no row. */
  public long one(String sql, Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }

  public static StorageFailure failed(SQLException e) {
    return new StorageFailure("cannot use the index: " + e.getMessage(), e);
  }
}
