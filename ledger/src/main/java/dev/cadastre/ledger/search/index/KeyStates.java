package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.KeyStep;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.proof.detect.KeyAct;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last that was said of each key a batch names, folded in log order onto what is stored. */
final class KeyStates {
  private static final String COLUMNS =
      "custody, provider, place, first_time, last_time, used_time, refused_time, rotated_time,"
          + " disabled_time, enabled_time";

  private final Statements statements;
  private final int log;
  private final Map<Integer, State> states = new HashMap<>();

  /** Terms by number, 0 for none; times in unix nanoseconds, 0 for never. */
  private static final class State {
    private int custody;
    private int provider;
    private int place;
    private long first = Long.MAX_VALUE;
    private long last;
    private long used;
    private long refused;
    private long rotated;
    private long disabled;
    private long enabled;

    private void fold(Facts facts) {
      long time = facts.get(Column.TIME);
      int placed = (int) (facts.get(Column.KEY_PLACE) / Column.ASSURANCES);
      custody = facts.custody != 0 ? facts.custody : custody;
      provider = facts.provider != 0 ? facts.provider : provider;
      place = placed != 0 ? placed : place;
      first = Math.min(first, time);
      last = Math.max(last, time);
      step(facts.keyStep, time);
    }

    private void step(KeyStep step, long time) {
      switch (step) {
        case USE -> used = time;
        case REFUSAL -> refused = time;
        case ROTATION -> rotated = time;
        case DISABLING -> {
          disabled = disabled == 0 ? time : disabled;
          enabled = 0;
        }
        case ENABLING -> {
          disabled = 0;
          enabled = enabled == 0 ? time : enabled;
        }
        case MENTION, OTHER, INCONCLUSIVE -> {}
      }
    }
  }

  KeyStates(Statements statements, int log) {
    this.statements = statements;
    this.log = log;
  }

  void add(long index, Facts facts) throws SQLException {
    int key = (int) facts.get(Column.KEY);
    if (key == 0) {
      return;
    }
    State state = states.get(key);
    if (state == null) {
      state = stored(key);
      states.put(key, state);
    }
    state.fold(facts);
    if (facts.keyAct.isPresent()) {
      KeyAct act = facts.keyAct.get();
      revocations(index, key, 0, act.restored());
      revocations(index, key, 1, act.revoked());
    }
  }

  private void revocations(long index, int key, int revoked, List<KeyScope> scopes)
      throws SQLException {
    for (KeyScope scope : scopes) {
      statements.run(
          "insert or ignore into key_revocation values (?, ?, ?, ?, ?, ?)",
          log,
          key,
          index,
          revoked,
          scope.of().ordinal(),
          scope.name());
    }
  }

  private State stored(int key) throws SQLException {
    State state = new State();
    PreparedStatement select =
        statements.prepare(
            "select " + COLUMNS + " from key_state where log = ? and key = ?", log, key);
    try (ResultSet row = select.executeQuery()) {
      if (row.next()) {
        state.custody = row.getInt(1);
        state.provider = row.getInt(2);
        state.place = row.getInt(3);
        state.first = row.getLong(4);
        state.last = row.getLong(5);
        state.used = row.getLong(6);
        state.refused = row.getLong(7);
        state.rotated = row.getLong(8);
        state.disabled = row.getLong(9);
        state.enabled = row.getLong(10);
      }
    }
    return state;
  }

  void save() throws SQLException {
    for (Map.Entry<Integer, State> entry : states.entrySet()) {
      State state = entry.getValue();
      statements.run(
          "insert or replace into key_state (log, key, "
              + COLUMNS
              + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          log,
          entry.getKey(),
          state.custody,
          state.provider,
          state.place,
          state.first,
          state.last,
          state.used,
          state.refused,
          state.rotated,
          state.disabled,
          state.enabled);
    }
  }
}
