package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.store.Schema;

/** What the stores are called as files, and where their migrations are. */
public final class SqliteFile {
  private SqliteFile() {}

  /** The file's name within the cell's directory. */
  public static String name(Schema schema) {
    return folder(schema) + ".db";
  }

  /**
   * What SQLite keeps in the file's header at offset 68, so that {@code file(1)} and we know whose
   * file it is.
   */
  static int applicationId(Schema schema) {
    return switch (schema) {
      case LEDGER -> 0x43444c47;
      case VAULT -> 0x43445654;
      case INDEX -> 0x43444958;
    };
  }

  /** Where on the class path the migrations are. */
  static String migrations(Schema schema) {
    return "migrations/sqlite/" + folder(schema);
  }

  private static String folder(Schema schema) {
    return switch (schema) {
      case LEDGER -> "ledger";
      case VAULT -> "vault";
      case INDEX -> "index";
    };
  }
}
