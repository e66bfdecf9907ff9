package dev.cadastre.ledger;

import dev.cadastre.ledger.store.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real database whose n-th statement on a write connection fails, before or after it did its
 * work.
 */
public final class FaultyDatabase extends ForwardingDatabase {
  /** Which statement fails, counted over all databases that share it, and how. */
  public record Plan(AtomicInteger statementsLeft, boolean persisted) {
    public static Plan at(int statement, boolean persisted) {
      return new Plan(new AtomicInteger(statement), persisted);
    }
  }

  private final Plan plan;

  public FaultyDatabase(Database real, Plan plan) {
    super(real);
    this.plan = plan;
  }

  @Override
  public Connection writer() throws SQLException {
    return wrap(Connection.class, super.writer());
  }

  private <T> T wrap(Class<T> type, T target) {
    InvocationHandler handler = (proxy, method, args) -> invoke(target, method, args);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object invoke(Object target, Method method, Object[] args) throws Throwable {
    boolean fails =
        method.getName().startsWith("execute") && plan.statementsLeft.decrementAndGet() == 0;
    if (fails && !plan.persisted) {
      throw new SQLException("injected: did nothing");
    }
    try {
      Object result = method.invoke(target, args);
      if (fails) {
        throw new SQLException("injected: did its work");
      }
      return wrapped(result);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private Object wrapped(Object result) {
    if (result instanceof PreparedStatement statement) {
      return wrap(PreparedStatement.class, statement);
    }
    return result instanceof Statement statement ? wrap(Statement.class, statement) : result;
  }
}
