package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.proof.detect.Memory;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the detectors carry over, of one log, in the index. Changes are gathered over a batch and
 * then stored in its transaction; what is looked up often is remembered.
 */
final class DetectorMemory implements Memory {
  private static final int REMEMBERED = 8_192;

  private record Name(Part part, String item) {}

  private final Statements statements;
  private final int log;
  private final Map<Name, Optional<String>> known = new HashMap<>();
  private final Map<Name, Optional<String>> changed = new HashMap<>();
  private final Map<Part, Long> counts = new EnumMap<>(Part.class);
  private final Map<Part, Long> bytes = new EnumMap<>(Part.class);

  DetectorMemory(Statements statements, int log) {
    this.statements = statements;
    this.log = log;
  }

  @Override
  public Optional<String> get(Part part, String item) {
    Name name = new Name(part, item);
    Optional<String> value = changed.get(name);
    if (value == null) {
      value = known.get(name);
    }
    return value != null ? value : remember(name, stored(name));
  }

  private Optional<String> remember(Name name, Optional<String> value) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(name, value);
    return value;
  }

  private Optional<String> stored(Name name) {
    try {
      PreparedStatement select =
          statements.prepare(
              "select value from detector_memory where log = ? and part = ? and item = ?",
              log,
              name.part.ordinal(),
              name.item);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  @Override
  public void put(Part part, String item, String text) {
    change(part, item, Optional.of(text));
  }

  @Override
  public void remove(Part part, String item) {
    change(part, item, Optional.empty());
  }

  private void change(Part part, String item, Optional<String> value) {
    long more = (value.isPresent() ? 1 : 0) - (get(part, item).isPresent() ? 1 : 0);
    counts.put(part, count(part) + more);
    bytes.put(part, nameBytes(part) + more * Memory.bytesOf(item));
    changed.put(new Name(part, item), value);
  }

  @Override
  public long count(Part part) {
    Long counted = counts.get(part);
    if (counted == null) {
      counted = stored("count(*)", part);
      counts.put(part, counted);
    }
    return counted;
  }

  @Override
  public long nameBytes(Part part) {
    Long counted = bytes.get(part);
    if (counted == null) {
      counted = stored("coalesce(sum(length(cast(item as blob))), 0)", part);
      bytes.put(part, counted);
    }
    return counted;
  }

  private long stored(String what, Part part) {
    try {
      return statements.one(
          "select " + what + " from detector_memory where log = ? and part = ?",
          log,
          part.ordinal());
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  @Override
  public SortedMap<String, String> all(Part part) {
    SortedMap<String, String> all = new TreeMap<>();
    try {
      PreparedStatement select =
          statements.prepare(
              "select item, value from detector_memory where log = ? and part = ?",
              log,
              part.ordinal());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          all.put(rows.getString(1), rows.getString(2));
        }
      }
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
    changed.forEach(
        (name, value) -> {
          if (name.part == part) {
            value.ifPresentOrElse(text -> all.put(name.item, text), () -> all.remove(name.item));
          }
        });
    return all;
  }

  /** Writes what changed. */
  void save() throws SQLException {
    for (Map.Entry<Name, Optional<String>> change : changed.entrySet()) {
      Name name = change.getKey();
      if (change.getValue().isPresent()) {
        statements.run(
            "insert or replace into detector_memory (log, part, item, value) values (?, ?, ?, ?)",
            log,
            name.part.ordinal(),
            name.item,
            change.getValue().get());
      } else {
        statements.run(
            "delete from detector_memory where log = ? and part = ? and item = ?",
            log,
            name.part.ordinal(),
            name.item);
      }
      remember(name, change.getValue());
    }
    changed.clear();
  }
}
