package dev.cadastre.ledger.store;

import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;

/** What one transaction inserts. */
public final class Rows {
  final List<TableRecord<?>> locks = new ArrayList<>();
  final List<TableRecord<?>> others = new ArrayList<>();
  final List<TableRecord<?>> ifAbsent = new ArrayList<>();

  /** A row whose key another appender may have taken: then the whole transaction is off. */
  public Rows lock(TableRecord<?> row) {
    locks.add(row);
    return this;
  }

  /** A row whose key must be free if the locks were. */
  public Rows add(TableRecord<?> row) {
    others.add(row);
    return this;
  }

  /** A row that may be there already and is then left as it is. */
  public Rows addIfAbsent(TableRecord<?> row) {
    ifAbsent.add(row);
    return this;
  }

  public boolean isEmpty() {
    return locks.isEmpty() && others.isEmpty() && ifAbsent.isEmpty();
  }
}
