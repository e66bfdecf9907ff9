package dev.cadastre.ledger.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The three stores of one cell, wherever they are. A composition root hands them in. */
public interface Stores {
  /** What people who look for the store call it, such as a file's name. */
  String name(Schema schema);

  /** Whether there is one, whatever it holds. */
  boolean exists(Schema schema);

  /**
   * Opens a store, and makes it or brings it up to date as needed. Safe while other processes do
   * the same.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if it cannot be opened or belongs to something
   *     else
   */
  Database open(Schema schema);

  /**
   * A store as it is, which may be missing or damaged: that shows at the first read. Nothing is
   * made, brought up to date, repaired or removed.
   */
  Database look(Schema schema);

  /**
   * What is wrong with a store at first sight, beginning with its name, without opening it; empty
   * if that much is in order.
   *
   * @throws IOException if it cannot be read
   */
  Optional<String> fault(Schema schema) throws IOException;

  /**
   * All that is wrong with a store as such, one line each: its own integrity, whose it is, and that
   * its tables are those of this program.
   */
  List<String> faults(Schema schema, Snapshot store);

  /**
   * Removes a store that follows from others.
   *
   * @throws IOException if it is not gone
   */
  void drop(Schema schema) throws IOException;
}
