package dev.cadastre.ledger;

import dev.cadastre.ledger.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** Another database, for tests that change a part of it. */
public class ForwardingDatabase implements Database {
  private final Database real;

  public ForwardingDatabase(Database real) {
    this.real = real;
  }

  @Override
  public Connection writer() throws SQLException {
    return real.writer();
  }

  @Override
  public Connection reader() throws SQLException {
    return real.reader();
  }

  @Override
  public Connection derivedWriter() throws SQLException {
    return real.derivedWriter();
  }

  @Override
  public void meter(Connection connection, int steps, BooleanSupplier end) throws SQLException {
    real.meter(connection, steps, end);
  }

  @Override
  public void endMeter(Connection connection) throws SQLException {
    real.endMeter(connection);
  }

  @Override
  public String begin() {
    return real.begin();
  }

  @Override
  public SQLDialect dialect() {
    return real.dialect();
  }

  @Override
  public void destroy(Consumer<DSLContext> change) {
    real.destroy(change);
  }

  @Override
  public boolean hasRoom() {
    return real.hasRoom();
  }

  @Override
  public Fault fault(Throwable failure) {
    return real.fault(failure);
  }
}
