package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.ledger.search.Breach;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.search.stored.TermText;
import dev.cadastre.ledger.search.stored.TermType;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The terms of one log: strings stored once, numbered from 1 in the order in which the log first
 * uses them.
 */
public final class Terms {
  private static final int REMEMBERED = 50_000;

  private final Statements statements;
  private final int log;
  private final Map<Key, Integer> known = new HashMap<>();
  private int last;

  private final Map<Parts, Integer> breaches = new HashMap<>();

  private record Key(TermType type, String text) {}

  private record Parts(int rule, Hop hop, int place, int key) {}

  private final TermCache cache = new TermCache();

  Terms(Statements statements, int log) throws SQLException {
    this.statements = statements;
    this.log = log;
    this.last = (int) statements.one("select coalesce(max(id), 0) from term where log = ?", log);
  }

  /** The term's number; a new term gets the next one. */
  int number(TermType type, String text) {
    Key key = new Key(type, TermText.cut(text));
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

  /** The number of a breach's term; its rule, place and key as terms, 0 for none. */
  int breach(int rule, Hop hop, int place, int key) {
    if (breaches.size() >= REMEMBERED) {
      breaches.clear();
    }
    return breaches.computeIfAbsent(
        new Parts(rule, hop, place, key),
        parts -> {
          Breach breach = new Breach(text(rule).orElse(""), hop, text(place), text(key));
          return storedOrNew(new Key(TermType.BREACH, breach.wire()));
        });
  }

  private Optional<String> text(int number) {
    if (number == 0) {
      return Optional.empty();
    }
    try (ResultSet rows =
        statements
            .prepare("select text from term where log = ? and id = ?", log, number)
            .executeQuery()) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
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
