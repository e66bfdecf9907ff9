package dev.cadastre.ledger.search.stored;

import dev.cadastre.ledger.store.Database;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How much one question may do in the index, however large the log is or whatever its senders wrote
 * into it. It is counted and not timed, so the same question has the same answer on a busy machine.
 * A unit is a step of the database, see {@link Database#meter}; what is unpacked outside of it is
 * reckoned in the same unit. Confined to a thread.
 */
public final class Budget {
  /** Some seconds of one processor. */
  public static final long DEFAULT = 200_000_000;

  /** Of the posting of a term, or of a block: a byte unpacked. */
  public static final int BYTE = 1;

  /** Of 256 rows of a block, unpacked. */
  public static final int PART = 4_000;

  /** Of what is held in memory until all of its kind are there to be sorted. */
  public static final int ROW_HELD = 2_000;

  private static final int LOOK_EVERY = 100_000;

  private final long most;
  private long spent;

  public Budget(long most) {
    this.most = most;
  }

  /** Counts what statements do on the connection until {@link Database#endMeter}. */
  public void watch(Database database, Connection connection) throws SQLException {
    int every = (int) Math.max(1, Math.min(LOOK_EVERY, most / 10));
    database.meter(
        connection,
        every,
        () -> {
          spent += every;
          return isSpent();
        });
  }

  public void spend(long units) {
    spent += units;
    if (isSpent()) {
      throw tooLarge();
    }
  }

  public boolean isSpent() {
    return spent > most;
  }

  /** Whether a scan that can go on later should rather end here. */
  public boolean isHalfSpent() {
    return spent > most / 2;
  }

  public QuestionTooLarge tooLarge() {
    return new QuestionTooLarge(most);
  }
}
