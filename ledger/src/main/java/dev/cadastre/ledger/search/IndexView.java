package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.search.stored.BlockRows;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.search.stored.TermText;
import dev.cadastre.ledger.search.stored.TermType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One log in the index as it stood when a query began. */
final class IndexView {
  private static final Assurance[] ASSURANCES = Assurance.values();
  private static final int TEXTS_SHOWN = 1_000;

  final Statements statements;
  final int log;
  final long indexed;
  private final Map<Integer, String> texts = new HashMap<>();

  /** A log that the index does not know yet looks like an empty one. */
  IndexView(Statements statements, String name) throws SQLException {
    this.statements = statements;
    this.log = (int) statements.one("select id from indexed_log where name = ?", name);
    this.indexed = statements.one("select position from indexed_log where name = ?", name);
  }

  /** The number of a term; 0 if the log never used it. */
  int term(TermType type, String text) throws SQLException {
    return (int)
        statements.one(
            "select id from term where log = ? and type = ? and text = ?",
            log,
            type.code(),
            type == TermType.BREACH ? text : TermText.cut(text));
  }

  /** Terms that contain {@code part}, ASCII letters of either case, rising. */
  int[] termsContaining(String part) throws SQLException {
    // SQLite limits a pattern's length, and takes it to end at a NUL.
    if (part.length() > TermText.MAX_LENGTH || part.indexOf('\0') >= 0) {
      return new int[0];
    }
    String pattern = "%" + part.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    PreparedStatement select =
        statements.prepare(
            "select id from term where log = ? and type <> ? and text like ? escape '\\' order by"
                + " id",
            log,
            TermType.SIDE.code(),
            pattern);
    IntStream.Builder terms = IntStream.builder();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        terms.add(rows.getInt(1));
      }
    }
    return terms.build().toArray();
  }

  /** The first terms of a type, sorted: as many as a menu can offer. */
  List<String> texts(TermType type) throws SQLException {
    List<String> all = new ArrayList<>();
    PreparedStatement select =
        statements.prepare(
            "select text from term where log = ? and type = ? order by text limit " + TEXTS_SHOWN,
            log,
            type.code());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  /** The text of a term; empty for number 0. */
  Optional<String> text(int term) {
    return term == 0 ? Optional.empty() : Optional.of(texts.computeIfAbsent(term, this::stored));
  }

  private String stored(int term) {
    try (ResultSet rows =
        statements
            .prepare("select text from term where log = ? and id = ?", log, term)
            .executeQuery()) {
      return rows.next() ? rows.getString(1) : "";
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  /** What a list shows of the entry at {@code index}, which is that row of the block. */
  EventRow row(long index, BlockRows block, int row) {
    return new EventRow(
        index,
        block.get(row, Column.TIME),
        block.get(row, Column.RECEIVED),
        text(block, row, Column.KIND).orElse(""),
        text(block, row, Column.SIDE).flatMap(Side::called),
        text(block, row, Column.OUTCOME).flatMap(Outcome::of),
        text(block, row, Column.RULE),
        text(block, row, Column.NAME),
        text(block, row, Column.ACTION),
        text(block, row, Column.RESULT),
        text(block, row, Column.ACTOR),
        text(block, row, Column.TARGET),
        text(block, row, Column.CATEGORY),
        text(block, row, Column.PURPOSE),
        text(block, row, Column.KEY),
        text(block, row, Column.OPERATION),
        text(block, row, Column.SERVICE),
        locations(block, row),
        Optional.of(Repeat.of(block.get(row, Column.REPEAT))).filter(Repeat::given));
  }

  private Optional<String> text(BlockRows block, int row, Column column) {
    return text(block.term(row, column));
  }

  private Map<Hop, Location> locations(BlockRows block, int row) {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (Hop hop : IndexTables.HOPS) {
      long placed = block.get(row, Column.of(hop));
      text((int) (placed / Column.ASSURANCES))
          .ifPresent(
              place ->
                  locations.put(
                      hop, new Location(place, ASSURANCES[(int) (placed % Column.ASSURANCES)])));
    }
    return locations;
  }
}
