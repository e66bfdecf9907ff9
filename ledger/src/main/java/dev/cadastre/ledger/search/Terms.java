package dev.cadastre.ledger.search;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The terms of one log: strings stored once, numbered from 1 in the order in which the log first
 * uses them.
 */
final class Terms {
  /** Longer texts are cut; a filter for one is cut the same way. */
  static final int MAX_LENGTH = 512;

  private static final int REMEMBERED = 50_000;

  private final Statements statements;
  private final int log;
  private final Map<Key, Integer> known = new HashMap<>();
  private int last;

  private record Key(TermType type, String text) {}

  private final TermCache cache = new TermCache();

  Terms(Statements statements, int log) throws SQLException {
    this.statements = statements;
    this.log = log;
    this.last = (int) statements.one("select coalesce(max(id), 0) from term where log = ?", log);
  }

  static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, cutAt(text));
  }

  /** Never between the halves of a surrogate pair: SQLite keeps UTF-8. */
  private static int cutAt(String text) {
    return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
  }

  /** The term's number; a new term gets the next one. */
  int number(TermType type, String text) {
    Key key = new Key(type, cut(text));
    Integer number = known.get(key);
    return number != null ? number : remember(key, storedOrNew(key));
  }

  /** The same for a text as UTF-8. */
  int number(TermType type, byte[] utf8, int from, int to) {
    int cached = cache.get(type, utf8, from, to);
    if (cached != 0) {
      return cached;
    }
    int number = number(type, new String(utf8, from, to - from, StandardCharsets.UTF_8));
    cache.put(type, utf8, from, to, number);
    return number;
  }

  private int remember(Key key, int number) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(key, number);
    return number;
  }

  private int storedOrNew(Key key) {
    try {
      int stored = stored(key);
      if (stored != 0) {
        return stored;
      }
      last++;
      statements.run(
          "insert into term (log, id, type, text) values (?, ?, ?, ?)",
          log,
          last,
          key.type.code(),
          key.text);
      return last;
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  private int stored(Key key) throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "select id from term where log = ? and type = ? and text = ?",
            log,
            key.type.code(),
            key.text);
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
