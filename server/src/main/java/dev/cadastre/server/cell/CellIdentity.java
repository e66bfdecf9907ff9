package dev.cadastre.server.cell;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.files.PrivateFile;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a data directory is called, forever: both names are part of every log's origin, which is
 * what its keys and checkpoints are bound to.
 *
 * @param name the ledger's name, such as {@code ledger.example.com}
 * @param cell the cell's name, such as {@code eu-de}
 */
public record CellIdentity(String name, String cell) {
  public static final String DEFAULT_NAME = "cadastre.local";
  public static final String DEFAULT_CELL = "local";

  static final String FILE = "cell.json";
  private static final String FOUNDING = "founding";
  static final List<String> OTHERS =
      List.of(
          CellFiles.KEYS,
          SqliteFile.name(Schema.LEDGER),
          SqliteFile.name(Schema.VAULT),
          SignedHeadsFile.DIRECTORY);
  static final List<String> PARTS = Stream.concat(Stream.of(FILE), OTHERS.stream()).toList();
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
  private static final Pattern CELL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** The identity of an existing data directory; empty if it is none, or not yet one. */
  public static Optional<CellIdentity> of(Path data) throws IOException, Refused {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      requireNothingElse(data);
      return Optional.empty();
    }
    try {
      Json.Obj json = read(file);
      return Optional.of(parse(json.str("name"), json.str("cell")));
    } catch (Refused damaged) {
      throw new Refused(
          file + " is damaged: " + damaged.getMessage() + "; restore it from a backup", damaged);
    }
  }

  private static Json.Obj read(Path file) throws IOException, Refused {
    return Json.parseObject(Files.readAllBytes(file));
  }

  /** The identity comes first and goes last: a directory that lost it is no new one. */
  private static void requireNothingElse(Path data) throws Refused {
    for (String other : OTHERS) {
      if (Files.exists(data.resolve(other))) {
        throw new Refused(
            data
                + " holds "
                + other
                + " but no "
                + FILE
                + ", which says whose it is; put "
                + FILE
                + " back, or restore a backup (docs/backup.md)");
      }
    }
  }

  /**
   * Whether the cell is still being made, or its first start was broken off: its files may then be
   * missing. Afterwards none may.
   */
  static boolean founding(Path data) throws IOException, Refused {
    Path file = data.resolve(FILE);
    return Files.exists(file) && read(file).has(FOUNDING);
  }

  /** Notes that the cell is made to its end. */
  void founded(Path data) throws IOException {
    PrivateFile.replace(data.resolve(FILE), json().build().jcs());
  }

  /**
   * Gives the directory its identity, or checks that it has none other.
   *
   * @param name what the caller wants it to be called; empty takes what is there, or the default
   */
  public static CellIdentity settle(Path data, Optional<String> name, Optional<String> cell)
      throws IOException, Refused {
    OwnerOnly.makeDirectory(data);
    CellIdentity found = of(data).orElse(null);
    if (found == null) {
      CellIdentity wanted = parse(name.orElse(DEFAULT_NAME), cell.orElse(DEFAULT_CELL));
      PrivateFile.create(data.resolve(FILE), wanted.json().put(FOUNDING, true).build().jcs());
      found = of(data).orElseThrow();
    }
    same("name", name, found.name, data);
    same("cell", cell, found.cell, data);
    return found;
  }

  private static void same(String what, Optional<String> wanted, String found, Path data)
      throws Refused {
    if (wanted.isPresent() && !wanted.get().equals(found)) {
      throw new Refused(
          data
              + " belongs to the "
              + what
              + " "
              + found
              + " for good, and cannot become "
              + wanted.get()
              + "; leave the "
              + what
              + " out or take another directory");
    }
  }

  private static CellIdentity parse(String name, String cell) throws Refused {
    if (!NAME.matcher(name).matches()) {
      throw new Refused(
          "a ledger's name is 1 to 100 lower-case letters, digits, dots and hyphens, such as"
              + " ledger.example.com; found '"
              + name
              + "'");
    }
    if (!CELL.matcher(cell).matches()) {
      throw new Refused(
          "a cell's name is 1 to 63 lower-case letters, digits and hyphens, such as eu-de; found '"
              + cell
              + "'");
    }
    return new CellIdentity(name, cell);
  }

  private Json.Obj.Builder json() {
    return Json.Obj.builder().put("cell", cell).put("name", name);
  }
}
