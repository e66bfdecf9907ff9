package dev.cadastre.ledger.store;

import java.util.function.Function;
import org.jooq.DSLContext;

/** Where queries run. */
@FunctionalInterface
public interface Reads {
  /**
   * Runs the query.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if the store cannot be read
   */
  <T> T read(Function<DSLContext, T> query);
}
